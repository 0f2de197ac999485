import type { Happening } from '../journal/event.ts';
import type { AskedRollback, EnvironmentState } from '../journal/state.ts';
import type { Plan } from '../plan/plan.ts';
import { nameOf } from '../release.ts';
import { minuteOf } from '../report/minute.ts';
import type { RuleVerdict, Verdict } from '../verdict.ts';
import type { GateFacts } from './facts.ts';
import { rule } from './rule.ts';

/** The rollback that waits; at most one does, because a newer one drops it. */
export function waitingRollback({ rollbacks }: Pick<EnvironmentState, 'rollbacks'>): AskedRollback | undefined {
  return rollbacks.find(({ ended }) => ended === undefined);
}

/** As people know it: `the rollback to 1.3.0`. */
export function rollbackName({ release }: Pick<Plan, 'release'>): string {
  return `the rollback to ${nameOf(release)}`;
}

/** What the journal keeps of a rollback that lacks only somebody who agrees; the one that waited before is dropped. */
export function parkedRollback(
  plan: Plan,
  { reason, missing = [] }: Verdict,
  subject: string,
  state: EnvironmentState,
): readonly Happening[] {
  const { release, request, originators, why = '', from, only } = plan;
  if (request === undefined) return [];
  const wish = {
    id: request.id,
    why,
    originators,
    subject,
    ...(from === undefined ? {} : { from }),
    ...(only === undefined ? {} : { only }),
  };
  return [...droppedRollbacks(plan, state), { type: 'rollback-parked', release, reason, missing, request: wish }];
}

/** The rollback that waits is dropped by a newer one, and by a release that starts: it would go back from something else. */
export function droppedRollbacks(plan: Plan, state: EnvironmentState): readonly Happening[] {
  const waiting = waitingRollback(state);
  if (waiting === undefined || waiting.request.id === plan.request?.id) return [];
  const { release, request } = waiting;
  const note =
    plan.operation === 'rollback'
      ? `${rollbackName(plan)} has been asked for since`
      : `${nameOf(plan.release)} has started here since`;
  return [{ type: 'rollback-ended', release, request: request.id, how: 'dropped', note }];
}

/** What is written down with the lock: a rollback that waited does no longer, and nobody can start it a second time. */
export function startedRollback(plan: Plan, state: EnvironmentState): readonly Happening[] {
  const waiting = waitingRollback(state);
  if (waiting === undefined || waiting.request.id !== plan.request?.id) return droppedRollbacks(plan, state);
  const note = `${waiting.request.originators.join(', ')} asked for it and somebody else agreed`;
  return [{ type: 'rollback-ended', release: plan.release, request: waiting.request.id, how: 'started', note }];
}

/** A rollback that had to wait goes on once, and not at all when it was rejected or dropped; a run that was killed goes on with its own. */
export function judgeEnded({ plan, state }: Pick<GateFacts, 'plan' | 'state'>): readonly RuleVerdict[] {
  const { request, environment } = plan;
  const asked = state.rollbacks.find(entry => entry.request.id === request?.id);
  if (request === undefined || asked?.ended === undefined) return [];
  const { how, run } = asked.ended;
  if (how === 'started' && run.id === request.run) return [];
  const message = `${endOf(asked)}.`;
  const next = `Ask for a rollback of ${environment.name} again, where it is still needed.`;
  return [rule('parked', 'fail', reasons[how], message, { run: run.url }, next)];
}

const reasons = {
  started: 'went-on-already',
  dropped: 'rollback-dropped',
  rejected: 'rollback-rejected',
} as const;

/** What has become of one that waits no more, as a sentence without its end. */
export function endOf(asked: AskedRollback): string {
  const { ended } = asked;
  const name = `The rollback to ${nameOf(asked.release)} that ${asked.request.originators.join(', ')} asked for`;
  if (ended === undefined) return `${name} waits for ${asked.missing.join(', ')}`;
  const when = `${minuteOf(ended.at)} UTC`;
  switch (ended.how) {
    case 'started':
      return `${name} was started by ${ended.run.url} on ${when}`;
    case 'dropped':
      return `${name} was dropped on ${when}: ${ended.note}`;
    case 'rejected':
      return `${name} was rejected on ${when}: ${ended.note}`;
  }
}

/** Whoever approves a release sees that somebody wants to go back: the release would drop that when it starts. */
export function judgeWaitingRollback({ plan, state }: GateFacts): readonly RuleVerdict[] {
  const waiting = waitingRollback(state);
  if (plan.operation === 'rollback' || waiting === undefined) return [];
  const { release, request, since } = waiting;
  const { name } = plan.environment;
  const message = `⚠ ${request.originators.join(', ')} wants ${name} back to ${nameOf(release)} since ${minuteOf(since)} UTC: ${request.why}. This release drops that when it starts.`;
  return [rule('rollback that waits', 'pass', 'rollback-waits', message, { run: waiting.run.url })];
}
