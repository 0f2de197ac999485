import type { StackEvent } from '#aws/cloudformation';
import { formatDuration } from '#core/duration';
import type { Outcome } from '#core/outcome';
import type { Reason } from '#core/reasons';
import { sentence } from '#core/report/sentence';
import { describeFailure, failuresOf, isOfStack } from './failures.ts';

export interface OperationFacts {
  readonly stack: string;
  /** Everything that happened to the stack from the first event of this operation on, the oldest first. */
  readonly events: readonly StackEvent[];
  readonly now: number;
  readonly deadline: number;
}

export type Judgement =
  | { readonly kind: 'going'; readonly phase: string }
  | {
      /** `ended` by CloudFormation; `late` when our patience ended first. */
      readonly kind: 'ended' | 'late';
      readonly outcome: Outcome;
      readonly reason: Reason;
      readonly message: string;
    };

/**
 * A stack does one thing at a time: whatever it says of itself from the first event of an operation on, up to the first status that
 * lasts, is said of that operation and of its rollback. What comes later is somebody else’s.
 */
export function operationEvents(events: readonly StackEvent[], token: string): readonly StackEvent[] {
  const first = events.findIndex(event => event.ClientRequestToken === token);
  if (first === -1) return [];
  const own = events.slice(first);
  const end = own.findIndex(event => isOfStack(event) && isFinal(event.ResourceStatus));
  return end === -1 ? own : own.slice(0, end + 1);
}

function isFinal(status: string | undefined): boolean {
  return status !== undefined && !status.endsWith('_IN_PROGRESS');
}

/** Facts to an ending. CloudFormation’s own rollback is never a success, whatever the stack looks like afterwards. */
export function judgeOperation(facts: OperationFacts): Judgement {
  const { stack, events, now, deadline } = facts;
  const last = events.findLast(isOfStack);
  const status = last?.ResourceStatus;
  if (status !== undefined && isFinal(status)) return judgeEnd(facts, status, last?.ResourceStatusReason);
  if (now >= deadline) {
    const over = now > deadline ? ` (${formatDuration(now - deadline)} ago)` : '';
    const busy = underWay(events);
    const waits = busy.length === 0 ? '' : ` It still works at ${busy.join(', ')}.`;
    const message = `The time for changing ${stack} is up${over}: ${status ?? 'it has not begun'}.${waits}`;
    return { kind: 'late', outcome: 'timed-out', reason: 'timed-out', message };
  }
  return { kind: 'going', phase: status ?? 'waiting for CloudFormation to begin' };
}

function judgeEnd(facts: OperationFacts, status: string, statusReason = ''): Judgement {
  const { stack } = facts;
  switch (status) {
    case 'CREATE_COMPLETE':
    case 'UPDATE_COMPLETE':
    case 'IMPORT_COMPLETE':
      return {
        kind: 'ended',
        outcome: 'succeeded',
        reason: 'deployed',
        message: `The stack ${stack} is ${status}.${leftBehind(facts)}`,
      };
    case 'ROLLBACK_COMPLETE':
    case 'UPDATE_ROLLBACK_COMPLETE':
    case 'IMPORT_ROLLBACK_COMPLETE':
      return judgeRolledBack(facts, status);
    case 'ROLLBACK_FAILED':
    case 'UPDATE_ROLLBACK_FAILED':
    case 'IMPORT_ROLLBACK_FAILED': {
      const { inRollback } = failuresOf(facts.events);
      const stuck = inRollback.map(describeFailure).join('; ') || statusReason.trim();
      const message = `${whyOf(facts)} So did the way back, and the stack ${stack} is stuck in ${status}: ${sentence(stuck || 'no reason given')}`;
      return { kind: 'ended', outcome: 'failed', reason: 'rollback-failed', message };
    }
    case 'CREATE_FAILED':
    case 'UPDATE_FAILED':
      return {
        kind: 'ended',
        outcome: 'failed',
        reason: 'resource-failed',
        message: `${whyOf(facts)} The stack ${stack} was left in ${status}, without a rollback.`,
      };
    case 'DELETE_COMPLETE':
    case 'DELETE_FAILED':
      return {
        kind: 'ended',
        outcome: 'superseded',
        reason: 'superseded-by-another',
        message: `Somebody deleted the stack ${stack}.`,
      };
    default:
      return {
        kind: 'ended',
        outcome: 'failed',
        reason: 'deployment-failed',
        message: `The stack ${stack} ended in ${status}. ${sentence(statusReason)}`,
      };
  }
}

/** Without any failure of its own an update goes back only because somebody cancelled it. */
function judgeRolledBack(facts: OperationFacts, status: string): Judgement {
  const { stack, events } = facts;
  const cancelled = failuresOf(events).causes.length === 0 && /^User Initiated/i.test(rollbackReason(events));
  if (cancelled) {
    const message = `Somebody cancelled the change of ${stack}, and CloudFormation took it back (${status}).`;
    return { kind: 'ended', outcome: 'rolled-back', reason: 'stopped-by-person', message };
  }
  const back = status === 'ROLLBACK_COMPLETE' ? 'deleted what it had made' : 'took the change back';
  return {
    kind: 'ended',
    outcome: 'rolled-back',
    reason: 'resource-failed',
    message: `${whyOf(facts)} CloudFormation ${back} (${status}).`,
  };
}

function rollbackReason(events: readonly StackEvent[]): string {
  return (
    events.find(event => isOfStack(event) && /ROLLBACK_IN_PROGRESS$/.test(event.ResourceStatus ?? ''))
      ?.ResourceStatusReason ?? ''
  );
}

/** The cause first: the resource that failed by itself, not those that were cancelled because of it. */
function whyOf({ stack, events }: OperationFacts): string {
  const { causes } = failuresOf(events);
  const [first, ...others] = causes;
  if (first !== undefined) {
    const more = others.length === 0 ? '' : ` (and ${others.map(other => other.name).join(', ')})`;
    return `${sentence(describeFailure(first) + more)}`;
  }
  const reason = rollbackReason(events).trim();
  return `The change of ${stack} failed: ${sentence(reason === '' ? 'CloudFormation gives no reason' : reason)}`;
}

/** Old resources that could not be deleted after an update: the update stands, and they cost money. */
function leftBehind({ events }: OperationFacts): string {
  const names = events
    .filter(event => !isOfStack(event) && event.ResourceStatus === 'DELETE_FAILED')
    .map(event => `${event.LogicalResourceId} (${event.PhysicalResourceId})`);
  return names.length === 0 ? '' : ` Left behind, because they could not be deleted: ${names.join(', ')}.`;
}

function underWay(events: readonly StackEvent[]): readonly string[] {
  const latest = new Map(
    events.filter(event => !isOfStack(event)).map(event => [event.LogicalResourceId ?? '', event.ResourceStatus ?? '']),
  );
  return [...latest]
    .filter(([, status]) => status.endsWith('_IN_PROGRESS'))
    .map(([name, status]) => `${name} (${status})`);
}
