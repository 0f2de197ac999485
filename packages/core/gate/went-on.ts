import { isSame } from '../release.ts';
import type { RuleVerdict } from '../verdict.ts';
import { judgeEnded } from './asked-rollback.ts';
import type { GateFacts } from './facts.ts';
import { rule } from './rule.ts';

/** Two runs may take up the same parked release, or the same rollback: the one that comes second leaves it alone. */
export function judgeWentOn(facts: GateFacts): readonly RuleVerdict[] {
  const { plan, state, stage, lock } = facts;
  if (plan.operation === 'rollback') return judgeEnded(facts);
  const { release, goesOn, environment } = plan;
  const waits = state.parked.some(entry => isSame(entry.release, release));
  if (goesOn === undefined || stage === 'plan' || waits || lock.kind === 'mine') return [];
  if (!isSame(state.running?.release, release)) return [];
  const message = `${release.version} has gone on already: ${state.running?.run.url} brought it to ${environment.name}.`;
  return [rule('parked', 'fail', 'went-on-already', message, { run: state.running?.run.url ?? '' })];
}
