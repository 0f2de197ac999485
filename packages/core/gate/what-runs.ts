import { isSame } from '../release.ts';
import type { RuleVerdict } from '../verdict.ts';
import type { GateFacts } from './facts.ts';
import { rule } from './rule.ts';

/** A person approved a change from what ran when the page was made; from anywhere else it is another change. */
export function judgeStart({ plan, state }: GateFacts): readonly RuleVerdict[] {
  const now = state.running?.release;
  if (plan.environment.approve === undefined || isSame(now, plan.runs) || isSame(now, plan.release)) return [];
  const { name } = plan.environment;
  const message = `${name} ran ${plan.runs?.version ?? 'nothing'} when the page was made that was approved; now it runs ${now?.version ?? 'nothing'}.`;
  return [rule('what runs', 'fail', 'start-changed', message, { before: plan.runs?.sha ?? '', now: now?.sha ?? '' })];
}
