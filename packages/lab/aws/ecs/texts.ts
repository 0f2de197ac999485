import type { PullFailure } from './behaviour.ts';

/**
 * Words that ECS writes and that products read. Those marked *(i)* were found in no public recording: nobody should
 * compare them, and the README lists them.
 */
export const deploymentTexts = {
  inProgress: (id: string) => `ECS deployment ${id} in progress.`,
  completed: (id: string) => `ECS deployment ${id} completed.`,
  failedByBreaker: 'ECS deployment circuit breaker: tasks failed to start.',
  failedByAlarm: 'ECS deployment alarms: alarm detected.' /* (i) */,
  failedOtherwise: (cause: string) => `ECS deployment failed: ${cause}.` /* (i) */,
  rollingBack: (by: string, id: string) => `ECS deployment ${by}: rolling back to deploymentId ${id}.`,
};

export const statusReasons = {
  breaker: 'Service deployment rolled back because the circuit breaker threshold was exceeded.',
  alarms: 'Service deployment rolled back because of one or more active alarms.',
  hook: 'Service deployment rolled back because of a failed lifecycle hook.' /* (i) */,
  'hook-timeout': 'Service deployment rolled back because a lifecycle hook timed out.' /* (i) */,
  'stage-timeout': 'Service deployment rolled back because a lifecycle stage timed out.' /* (i) */,
  person: 'Service deployment rolled back because of a user request.' /* (i) */,
  noCandidate: 'No rollback candidate was found to run the rollback.',
  rollbackBroken: 'Service deployment rollback failed because the circuit breaker threshold was exceeded.' /* (i) */,
  superseded: 'Service deployment stopped because a new service deployment started.' /* (i) */,
  deleted: 'Service deployment stopped because the service was deleted.' /* (i) */,
  stoppedByBreaker: 'Service deployment stopped because the circuit breaker threshold was exceeded.' /* (i) */,
  stoppedByAlarms: 'Service deployment stopped because of one or more active alarms.' /* (i) */,
  stopped: 'Service deployment stopped.' /* (i) */,
};

const listed = (tasks: readonly string[]): string => tasks.map(task => `(task ${task})`).join(' ');

/** `events[].message`, after "(service NAME) ". */
export const eventTexts = {
  started: (tasks: readonly string[]) => `has started ${tasks.length} tasks: ${listed(tasks)}.`,
  stopped: (tasks: readonly string[]) => `has stopped ${tasks.length} running tasks: ${listed(tasks)}.`,
  stoppedPending: (count: number) => `stopped ${count} pending tasks.`,
  registered: (group: string) => `registered 1 targets in (target-group ${group})`,
  draining: (count: number) => `has begun draining connections on ${count} tasks.`,
  steady: 'has reached a steady state.',
  completed: (id: string) => `(deployment ${id}) deployment completed.`,
  failedToStart: (id: string) => `(deployment ${id}) deployment failed: tasks failed to start.`,
  alarmDetected: (id: string) => `(deployment ${id}) deployment failed: alarm detected.`,
  failedOtherwise: (id: string, cause: string) => `(deployment ${id}) deployment failed: ${cause}.` /* (i) */,
  rollingBack: (id: string) => `rolling back to deployment ${id}.`,
  notPlaced: (reason: string) => `was unable to place a task. Reason: ${reason}.`,
  impaired: 'is unable to consistently start tasks successfully.',
  containerUnhealthy: (task: string) => `(task ${task}) failed container health checks.`,
  targetUnhealthy: (task: string, port: number, group: string) =>
    `(task ${task}) (port ${port}) is unhealthy in (target-group ${group}) due to (reason Health checks failed)`,
};

/** `stoppedReason` of tasks. */
export const stopTexts = {
  essentialExited: 'Essential container in task exited',
  scaling: (id: string) => `Scaling activity initiated by (deployment ${id})`,
  containerHealth: 'Task failed container health checks',
  targetHealth: (group: string) => `Task failed ELB health checks in (target-group ${group})`,
  person: 'Task stopped by user' /* (i) */,
  missingSecret: (arn: string) =>
    'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: ' +
    'unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret ' +
    `${arn} from secrets manager: ResourceNotFoundException: Secrets Manager can't find the specified secret.`,
  missingLogGroup: (group: string) =>
    'ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: ' +
    'failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist. ' +
    `: exit status 1 (log group ${group})`,
  outOfMemory: 'OutOfMemoryError: Container killed due to memory usage',
};

/** `CannotPullContainerError: …` as Fargate writes it; `said` is the registry's part when the world knows better words. */
export function pullError(reference: string, failure: PullFailure, said?: string): string {
  const words: Record<PullFailure, { retried: number; what: string }> = {
    'not-found': { retried: 1, what: 'not found' },
    denied: {
      retried: 1,
      what:
        'pull access denied, repository does not exist or may require authorization: ' +
        'server message: insufficient_scope: authorization failed',
    },
    timeout: {
      retried: 5,
      what: `failed to do request: Head "https://${reference}": dial tcp 52.95.0.1:443: i/o timeout`,
    },
    'rate-limit': {
      retried: 5,
      what:
        'failed to copy: httpReadSeeker: failed open: unexpected status code: 429 Too Many Requests - Server message: ' +
        'toomanyrequests: You have reached your pull rate limit.',
    },
  };
  const { retried, what } = words[failure];
  return `CannotPullContainerError: pull image manifest has been retried ${retried} time(s): failed to resolve ref ${reference}: ${said ?? what}`;
}
