import type { Task } from '#aws/ecs';

/** Why a task of the new version stopped, sorted into what it means for the rollout. */
export interface TaskFailure {
  readonly task: string;
  readonly kind: FailureKind;
  readonly stoppedReason: string;
  /** The container that failed, where one did. */
  readonly container?: string;
  readonly exitCode?: number;
  readonly containerReason?: string;
  readonly stoppedAt: number;
}

export type FailureKind =
  | 'image-not-found'
  | 'image-pull-denied'
  | 'image-pull-failed'
  | 'task-resources-missing'
  | 'out-of-memory'
  | 'crash-loop'
  | 'health-check-failed'
  | 'tasks-cannot-start';

/** These do not pass by trying again. Source: ECS developer guide, "Stopped tasks error codes". */
const fatal: ReadonlySet<FailureKind> = new Set(['image-not-found', 'image-pull-denied', 'task-resources-missing']);

export function isFatal(failure: TaskFailure): boolean {
  return fatal.has(failure.kind);
}

/** `Essential container in task exited (container api, exit code 1)` */
export function describeFailure({ stoppedReason, container, exitCode, containerReason }: TaskFailure): string {
  const details = [
    container === undefined ? undefined : `container ${container}`,
    exitCode === undefined ? undefined : `exit code ${exitCode}`,
    containerReason,
  ].filter(detail => detail !== undefined);
  return details.length === 0 ? stoppedReason : `${stoppedReason} (${details.join(', ')})`;
}

/**
 * The first that matches decides. A registry that refuses says in the same breath that the repository may not exist, so
 * refusals come first; a name or a network that does not answer now may answer in a minute, so it is never "not found".
 * Source: ECS developer guide, "CannotPullContainer task errors", "ResourceInitializationError", "Stopped tasks error messages".
 */
const patterns: readonly (readonly [RegExp, FailureKind])[] = [
  [/CannotPull.*(denied|forbidden|not authorized|unauthorized|no basic auth)/is, 'image-pull-denied'],
  [/CannotPull.*(no such host|i\/o timeout|toomanyrequests|too many requests|rate limit)/is, 'image-pull-failed'],
  [
    /CannotPull.*(not found|manifest unknown|does not exist|no such image|matching platform|no matching manifest)/is,
    'image-not-found',
  ],
  [/CannotPull/i, 'image-pull-failed'],
  [
    /ResourceInitializationError.*(timeout|timed out|connection|deadline exceeded|throttl|rate exceeded)/is,
    'tasks-cannot-start',
  ],
  [/ResourceInitializationError/i, 'task-resources-missing'],
  [/OutOfMemory/i, 'out-of-memory'],
  [/failed .*health checks|health checks failed/i, 'health-check-failed'],
];

/** Stopped by a person or by the infrastructure: whatever reason they wrote, it says nothing of the new version. */
const notOurs: ReadonlySet<string> = new Set(['UserInitiated', 'SpotInterruption', 'TerminationNotice']);

/**
 * The failure of a stopped task; undefined for one that was stopped on purpose (scaled in, replaced by a later deployment,
 * stopped by a person). Kills by a health check carry the same stop code as a scale-in: only the reason tells them apart.
 */
export function taskFailure(task: Task): TaskFailure | undefined {
  if (notOurs.has(task.stopCode ?? '')) return undefined;
  const stoppedReason = task.stoppedReason ?? '';
  const failed = failedContainer(task);
  const text = [stoppedReason, failed?.reason ?? ''].join('\n');
  const kind = patterns.find(([pattern]) => pattern.test(text))?.[1] ?? kindByStopCode(task, failed);
  if (kind === undefined) return undefined;
  return {
    task: task.taskArn ?? 'unknown',
    kind,
    stoppedReason,
    stoppedAt: task.stoppedAt?.getTime() ?? task.stoppingAt?.getTime() ?? 0,
    ...(failed?.name === undefined ? {} : { container: failed.name }),
    ...(failed?.exitCode === undefined ? {} : { exitCode: failed.exitCode }),
    ...(failed?.reason === undefined ? {} : { containerReason: failed.reason }),
  };
}

type Container = NonNullable<Task['containers']>[number];

/**
 * The container that failed, not one that was stopped on its account: its log is the one to read. Those are sent SIGTERM (143,
 * or 0 when they heed it) and SIGKILL (137, which may also be the kernel's answer to too much memory).
 */
function failedContainer(task: Task): Container | undefined {
  const containers = task.containers ?? [];
  const exited = (code: number) => containers.find(({ exitCode }) => exitCode === code);
  const essential = task.stopCode === 'EssentialContainerExited';
  return (
    containers.find(({ reason = '' }) => reason !== '') ??
    containers.find(({ exitCode = 0 }) => ![0, 137, 143].includes(exitCode)) ??
    containers.find(({ healthStatus }) => healthStatus === 'UNHEALTHY') ??
    exited(137) ??
    (essential ? exited(0) : undefined) ??
    exited(143) ??
    (essential ? containers[0] : undefined)
  );
}

function kindByStopCode(task: Task, failed: Container | undefined): FailureKind | undefined {
  switch (task.stopCode) {
    case 'EssentialContainerExited':
      return failed?.exitCode === 137 && /memory/i.test(failed.reason ?? '') ? 'out-of-memory' : 'crash-loop';
    case 'TaskFailedToStart':
      return 'tasks-cannot-start';
    default:
      return undefined;
  }
}
