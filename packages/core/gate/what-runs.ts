import type { Evidence } from '../finding.ts';
import { isSameRun } from '../journal/lock.ts';
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
  const [begun] = begunIn({ plan, state, lock }).filter(({ since }) => !(Date.parse(since) < Date.parse(plan.made)));
  if (begun === undefined) return [];
  const message = `${begun.name} has begun in ${name} since the page was made that was approved, and how far it came is not written down.`;
  return [rule('what runs', 'fail', 'start-changed', message, { before: plan.runs?.sha ?? '', ...begun.evidence })];
}

interface Begun {
  /** As people know it: `1.3.1`, or `A rollback to 1.3.0, whose run … has ended,`. */
  readonly name: string;
  /** ISO 8601. */
  readonly since: string;
  readonly evidence: Evidence;
}

/**
 * What else has begun and not said how far it came: another release; or a way back, which is no attempt, so that there is only the lock
 * that its run has left. What is known to run may not be what runs; so whoever approved before that approved something else.
 */
export function begunIn({
  plan,
  state: { attempt },
  lock,
}: Pick<GateFacts, 'plan' | 'state' | 'lock'>): readonly Begun[] {
  const other = attempt === null || isSame(attempt.release, plan.release) ? [] : [attempt];
  const left =
    lock.kind !== 'abandoned' || (attempt !== null && isSameRun(attempt.run, lock.lock.run)) ? [] : [lock.lock];
  return [
    ...other.map(({ release, since }) => ({ name: release.version, since, evidence: { begun: release.sha } })),
    ...left.map(({ reason, since, run }) => {
      const name = `A ${reason}, whose run ${run.url} has ended,`;
      return { name, since, evidence: { run: run.url } };
    }),
  ];
}
