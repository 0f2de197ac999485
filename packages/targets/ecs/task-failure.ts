import type { Task } from '#aws/ecs';
import type { Reason } from '#core/reasons';

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

export function reasonOf(kind: FailureKind): Reason {
  return kind;
}

const patterns: readonly (readonly [RegExp, FailureKind])[] = [
  [
    /CannotPull(Container|ImageManifest)?\w*:?.*(not found|manifest unknown|does not exist|no such (image|host))/is,
    'image-not-found',
  ],
  [/CannotPull\w*:?.*(denied|forbidden|not authorized|unauthorized|no basic auth)/is, 'image-pull-denied'],
  [/CannotPull/i, 'image-pull-failed'],
  [/ResourceInitializationError.*(timeout|timed out|connection)/is, 'tasks-cannot-start'],
  [/ResourceInitializationError/i, 'task-resources-missing'],
  [/OutOfMemory/i, 'out-of-memory'],
  [
    /failed (container|ELB|\(elb|load balancer)? ?health checks|failed ELB health checks|health checks/i,
    'health-check-failed',
  ],
];

/**
 * The failure of a stopped task; undefined for one that was stopped on purpose (scaled in, replaced by a later deployment,
 * stopped by a person). Kills by a health check carry the same stop code as a scale-in: only the reason tells them apart.
 */
export function taskFailure(task: Task): TaskFailure | undefined {
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

function failedContainer(task: Task): Container | undefined {
  const containers = task.containers ?? [];
  return (
    containers.find(container => (container.exitCode ?? 0) !== 0 || container.reason !== undefined) ??
    containers.find(container => container.healthStatus === 'UNHEALTHY') ??
    (task.stopCode === 'EssentialContainerExited' ? containers[0] : undefined)
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
