import type { StackEvent } from '#aws/cloudformation';

/** A resource that failed, as its event tells. */
export interface ResourceFailure {
  readonly name: string;
  readonly type: string;
  readonly physicalId: string;
  /** `CREATE_FAILED` and the like. */
  readonly status: string;
  readonly reason: string;
}

export interface Failures {
  /** Those that failed by themselves, the first one first. */
  readonly causes: readonly ResourceFailure[];
  /** Given up because of the others. */
  readonly cancelled: readonly string[];
  /** Those that failed on the way back. */
  readonly inRollback: readonly ResourceFailure[];
}

/** The event of the stack itself: it bears the stack’s own ARN as its physical id. */
export function isOfStack({ PhysicalResourceId, StackId }: StackEvent): boolean {
  return PhysicalResourceId !== undefined && PhysicalResourceId === StackId;
}

/** `Resource creation cancelled`, `Resource update cancelled`: what CloudFormation says of those that the first failure stopped. */
const cancelled = /^Resource (creation|update) cancelled/i;

/** `events`: those of one operation, the oldest first. */
export function failuresOf(events: readonly StackEvent[]): Failures {
  const turn = events.findIndex(event => isOfStack(event) && /ROLLBACK_IN_PROGRESS$/.test(event.ResourceStatus ?? ''));
  const failed = (part: readonly StackEvent[]) =>
    part.filter(event => !isOfStack(event) && /_FAILED$/.test(event.ResourceStatus ?? '')).map(failureOf);
  const before = failed(turn === -1 ? events : events.slice(0, turn));
  return {
    causes: before.filter(failure => !cancelled.test(failure.reason) && failure.status !== 'DELETE_FAILED'),
    cancelled: before.filter(failure => cancelled.test(failure.reason)).map(failure => failure.name),
    inRollback: turn === -1 ? [] : failed(events.slice(turn)),
  };
}

function failureOf(event: StackEvent): ResourceFailure {
  return {
    name: event.LogicalResourceId ?? 'unknown',
    type: event.ResourceType ?? 'unknown',
    physicalId: event.PhysicalResourceId ?? '',
    status: event.ResourceStatus ?? '',
    reason: event.ResourceStatusReason ?? 'no reason given',
  };
}

const verbs: Readonly<Record<string, string>> = {
  CREATE_FAILED: 'could not be created',
  UPDATE_FAILED: 'could not be changed',
  DELETE_FAILED: 'could not be deleted',
  IMPORT_FAILED: 'could not be imported',
};

export function describeFailure({ name, type, status, reason }: ResourceFailure): string {
  return `${name} (${type}) ${verbs[status] ?? `ended in ${status}`}: ${reason.trim()}`;
}
