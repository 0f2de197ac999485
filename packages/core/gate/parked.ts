import type { Happening } from '../journal/event.ts';
import type { EnvironmentState } from '../journal/state.ts';
import { componentsOf, type Plan } from '../plan/plan.ts';
import { isSame } from '../release.ts';
import type { Verdict } from '../verdict.ts';
import { supersededBy } from './queue.ts';

/** What the journal keeps of a release that lacks only time or people. `subject`: the digest of what would be done. */
export function parkedBy(plan: Plan, verdict: Verdict, subject: string, state: EnvironmentState): readonly Happening[] {
  const { release, ref, originators, artifacts, glass } = plan;
  // A rollback does not wait.
  if (ref === undefined) return [];
  const { reason, missing = [], until } = verdict;
  const components = componentsOf(plan).map(({ name }) => name);
  const request = { ref, originators, components, subject, ...(glass === undefined ? {} : { glass }) };
  const time = until === undefined ? {} : { until };
  return [...droppedBy(plan, state), { type: 'parked', release, reason, missing, request, artifacts, ...time }];
}

/** What nobody waits for any more once this release is on its way. */
export function droppedBy(plan: Plan, state: EnvironmentState): readonly Happening[] {
  const note = `${plan.release.version} has come after it`;
  return supersededBy(plan, state).map(({ release }) => ({ type: 'dropped', release, reason: 'superseded', note }));
}

/** What is looked at hour by hour, and waits for the same as before, is no news. */
export function stillWaits(plan: Plan, verdict: Verdict, subject: string, state: EnvironmentState): boolean {
  if (verdict.verdict !== 'wait' || plan.goesOn?.by !== 'go') return false;
  const parked = state.parked.find(entry => isSame(entry.release, plan.release));
  const { reason, until, missing = [] } = verdict;
  return (
    parked?.reason === reason &&
    parked.until === until &&
    parked.request.subject === subject &&
    parked.missing.join('\n') === missing.join('\n')
  );
}
