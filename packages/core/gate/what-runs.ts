import type { Lock } from '../journal/event.ts';
import type { LockJudgement } from '../journal/lock.ts';
import type { EnvironmentState } from '../journal/state.ts';
import type { Plan } from '../plan/plan.ts';
import { isSame } from '../release.ts';
import type { RuleVerdict } from '../verdict.ts';
import type { GateFacts } from './facts.ts';
import { rule } from './rule.ts';

/** A person approved a change from what ran when the page was made; from anywhere else it is another change. */
export function judgeStart({ plan, state, lock }: Pick<GateFacts, 'plan' | 'state' | 'lock'>): readonly RuleVerdict[] {
  if (plan.environment.approve === undefined) return [];
  const now = state.running?.release;
  const { name } = plan.environment;
  if (!isSame(now, plan.runs) && !isSame(now, plan.release)) {
    const message = `${name} ran ${plan.runs?.version ?? 'nothing'} when the page was made that was approved; now it runs ${now?.version ?? 'nothing'}.`;
    return [rule('what runs', 'fail', 'start-changed', message, { before: plan.runs?.sha ?? '', now: now?.sha ?? '' })];
  }
  const begun = begunSince(plan, state);
  if (begun !== undefined) {
    const message = `${begun.version} has begun in ${name} since the page was made that was approved, and how far it came is not written down.`;
    return [rule('what runs', 'fail', 'start-changed', message, { before: plan.runs?.sha ?? '', begun: begun.sha })];
  }
  const left = leftSince(plan, lock);
  if (left === undefined) return [];
  const message = `A ${left.reason} has begun in ${name} since the page was made that was approved; its run, ${left.run.url}, has ended, and how far it came is not written down.`;
  return [rule('what runs', 'fail', 'start-changed', message, { before: plan.runs?.sha ?? '', run: left.run.url })];
}

/** A way back is no attempt: where its run has died before it wrote down what it changed, there is only its lock. */
function leftSince({ made }: Plan, lock: LockJudgement): Lock | undefined {
  if (lock.kind !== 'abandoned' || Date.parse(lock.lock.since) < Date.parse(made)) return undefined;
  return lock.lock;
}

/** Another release whose run has died after its change and before its receipt has left no other trace. */
function begunSince({ made, release }: Plan, { attempt }: EnvironmentState) {
  if (attempt === null || isSame(attempt.release, release)) return undefined;
  return Date.parse(attempt.since) < Date.parse(made) ? undefined : attempt.release;
}
