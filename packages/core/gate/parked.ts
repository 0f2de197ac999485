import type { Happening } from '../journal/event.ts';
import type { EnvironmentState } from '../journal/state.ts';
import { componentsOf, type Plan } from '../plan/plan.ts';
import { isSame, type RunReference } from '../release.ts';
import type { Verdict } from '../verdict.ts';
import { droppedRollbacks, parkedRollback, waitingRollback } from './asked-rollback.ts';
import { supersededBy } from './queue.ts';

/** What the journal keeps of a release, or of a rollback, that lacks only time or people. `subject`: the digest of what would be done. */
export function parkedBy(plan: Plan, verdict: Verdict, subject: string, state: EnvironmentState): readonly Happening[] {
  if (plan.operation === 'rollback') return parkedRollback(plan, verdict, subject, state);
  const { release, ref, originators, artifacts, glass } = plan;
  if (ref === undefined) return [];
  const { reason, missing = [], until } = verdict;
  const components = componentsOf(plan).map(({ name }) => name);
  const request = { ref, originators, components, subject, ...(glass === undefined ? {} : { glass }) };
  const time = until === undefined ? {} : { until };
  return [...droppedBy(plan, state), { type: 'parked', release, reason, missing, request, artifacts, ...time }];
}

/** What nobody waits for any more once this release, or this rollback, is on its way. */
export function droppedBy(plan: Plan, state: EnvironmentState): readonly Happening[] {
  if (plan.operation === 'rollback') return droppedRollbacks(plan, state);
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

/** What the journal has of this release, or of this rollback, while it waits: which run has shown what. */
export function waitingFor(
  { operation, release, request }: Plan,
  state: EnvironmentState,
): { readonly run: RunReference; readonly request: { readonly subject: string } } | undefined {
  if (operation === 'release') return state.parked.find(entry => isSame(entry.release, release));
  const waiting = waitingRollback(state);
  return waiting?.request.id === request?.id ? waiting : undefined;
}
