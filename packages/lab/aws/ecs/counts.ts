import type { Rollout, Service, ServiceDeployment, Task } from './state.ts';

/** Tasks of the service that ECS wants to run. */
export function wantedTasks(service: Service, rollout?: Rollout): readonly Task[] {
  return tasksOf(service, rollout).filter(task => task.desiredStatus === 'RUNNING');
}

/** All tasks of the service that are not gone yet. */
export function tasksOf(service: Service, rollout?: Rollout): readonly Task[] {
  const all = [...service.tasks];
  return rollout === undefined ? all : all.filter(task => task.rollout === rollout);
}

export const isRunning = (task: Task): boolean => task.lastStatus === 'RUNNING';

/** `pendingCount` counts what is on its way to RUNNING. */
export const isPending = (task: Task): boolean =>
  task.desiredStatus === 'RUNNING' && task.lastStatus !== 'RUNNING' && task.startedAt === undefined;

/** Whether containers of it may still be alive. */
export const isAlive = (task: Task): boolean => task.executionStoppedAt === undefined;

export const primaryOf = (service: Service): Rollout | undefined =>
  service.rollouts.find(rollout => rollout.status === 'PRIMARY');

export const currentDeployment = (service: Service): ServiceDeployment | undefined => service.deployments.at(-1);

export const isOver = (deployment: ServiceDeployment): boolean =>
  ['SUCCESSFUL', 'STOPPED', 'ROLLBACK_SUCCESSFUL', 'ROLLBACK_FAILED'].includes(deployment.status);

/** Tasks that carry the service now: healthy and wanted. */
export const healthyTasks = (service: Service, rollout?: Rollout): readonly Task[] =>
  wantedTasks(service, rollout).filter(task => task.healthy);
