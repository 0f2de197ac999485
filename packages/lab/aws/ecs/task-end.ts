import type { TaskStopCode } from '@aws-sdk/client-ecs';
import { cancelAll, type Engine, later } from './engine.ts';
import type { Task, TaskContainer, TaskStatus } from './state.ts';
import { turnTarget } from './target-health.ts';

export interface End {
  readonly code: TaskStopCode;
  readonly reason: string;
  /** The container that ended it by itself; the others are stopped after it. */
  readonly exited?: { readonly container: TaskContainer; readonly exitCode: number; readonly reason?: string };
}

/** Ends the task at once: whatever ran has exited. */
export function endTask(engine: Engine, task: Task, end: End): void {
  if (task.desiredStatus === 'STOPPED' && task.executionStoppedAt !== undefined) return;
  markStopping(engine, task, end);
  cancelAll(task);
  exitContainers(engine, task, end.exited);
  deprovision(engine, task);
  task.observe({ kind: 'stopping' }, task);
}

/** Stops the task as the scheduler or a person does: drains its targets, signals, then ends. */
export function stopTask(engine: Engine, task: Task, end: Omit<End, 'exited'>): void {
  if (task.desiredStatus === 'STOPPED') return;
  if (task.startedAt === undefined) {
    endTask(engine, task, end);
    return;
  }
  markStopping(engine, task, end);
  cancelAll(task);
  const drain = task.target === 'none' ? 0 : deregistrationDelay(engine, task);
  if (drain > 0) {
    enter(task, 'DEACTIVATING');
    turnTarget(engine, task, 'draining');
  }
  later(engine, task, drain, () => {
    enter(task, 'STOPPING');
    turnTarget(engine, task, 'none');
    later(engine, task, engine.settings.stopping, () => {
      exitContainers(engine, task);
      deprovision(engine, task);
    });
  });
  task.observe({ kind: 'stopping' }, task);
}

function markStopping(engine: Engine, task: Task, { code, reason }: Omit<End, 'exited'>): void {
  if (task.desiredStatus === 'STOPPED') return;
  task.desiredStatus = 'STOPPED';
  task.stopCode = code;
  task.stoppedReason = reason;
  task.stoppingAt = engine.clock.now();
  task.healthy = false;
  task.version += 1;
}

const SIGTERM = 143;

function exitContainers(engine: Engine, task: Task, exited?: End['exited']): void {
  task.executionStoppedAt = engine.clock.now();
  turnTarget(engine, task, 'none');
  for (const container of task.containers) {
    const ran = container.lastStatus === 'RUNNING';
    if (container === exited?.container) {
      container.exitCode = exited.exitCode;
      if (exited.reason !== undefined) container.reason = exited.reason;
    } else if (ran) {
      container.exitCode = SIGTERM;
    }
    container.lastStatus = 'STOPPED';
  }
}

function deprovision(engine: Engine, task: Task): void {
  enter(task, 'DEPROVISIONING');
  later(engine, task, engine.settings.deprovisioning, () => {
    enter(task, 'STOPPED');
    task.stoppedAt = engine.clock.now();
    task.observe({ kind: 'stopped' }, task);
  });
}

export function enter(task: Task, status: TaskStatus): void {
  task.lastStatus = status;
  task.version += 1;
}

function deregistrationDelay(engine: Engine, task: Task): number {
  const groups = task.rollout?.revision.targetGroups ?? [];
  return Math.max(0, ...groups.map(group => engine.ports.targets.group(group)?.deregistrationDelay ?? 0));
}
