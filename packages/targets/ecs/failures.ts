import type { Ecs, ServiceDeployment } from '#aws/ecs';
import { type TaskFailure, taskFailure } from './task-failure.ts';

/**
 * The failed tasks of one deployment. ListTasks with `startedBy` lists RUNNING tasks only, so the stopped ones are listed by
 * service and picked by the deployment that started them.
 */
export async function failuresOf(ecs: Ecs, deployment: ServiceDeployment): Promise<readonly TaskFailure[]> {
  const { clusterArn = '', serviceArn = '', targetServiceRevision } = deployment;
  const number = targetServiceRevision?.arn?.split('/').at(-1);
  const arns = await ecs.listStoppedTasks(clusterArn, serviceArn.split('/').at(-1) ?? serviceArn);
  if (arns.length === 0) return [];
  const tasks = await ecs.describeTasks(clusterArn, arns);
  return tasks
    .filter(task => task.startedBy === `ecs-svc/${number}`)
    .flatMap(task => taskFailure(task) ?? [])
    .toSorted((one, other) => one.stoppedAt - other.stoppedAt);
}
