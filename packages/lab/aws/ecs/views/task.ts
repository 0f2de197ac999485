import type { Container, Task as TaskView } from '@aws-sdk/client-ecs';
import { arns } from '../arn.ts';
import type { Task, TaskContainer } from '../state.ts';

export const date = (time: number): Date => new Date(time);

/** The member, when there is a time for it. */
export function when<Name extends string>(name: Name, time: number | undefined): { [Key in Name]?: Date } {
  // A computed key loses its literal type; the object holds exactly `name` or nothing.
  return (time === undefined ? {} : { [name]: date(time) }) as { [Key in Name]?: Date };
}

export function taskView(task: Task, withTags: boolean): TaskView {
  const { input } = task.definition;
  return {
    attachments: [
      {
        id: task.id,
        type: 'ElasticNetworkInterface',
        status: task.lastStatus === 'STOPPED' ? 'DELETED' : 'ATTACHED',
        details: [{ name: 'privateIPv4Address', value: task.address }],
      },
    ],
    availabilityZone: `${task.realm.region}a`,
    clusterArn: task.cluster.arn,
    connectivity: 'CONNECTED',
    containers: task.containers.map(container => containerView(task, container)),
    ...(input.cpu === undefined ? {} : { cpu: input.cpu }),
    ...(input.memory === undefined ? {} : { memory: input.memory }),
    createdAt: date(task.createdAt),
    desiredStatus: task.desiredStatus,
    enableExecuteCommand: false,
    ...when('executionStoppedAt', task.executionStoppedAt),
    group: task.group,
    healthStatus: healthOf(task),
    lastStatus: task.lastStatus,
    launchType: task.launchType === 'EC2' ? 'EC2' : 'FARGATE',
    overrides: {
      containerOverrides: [],
      inferenceAcceleratorOverrides: [],
      ...task.overrides,
    },
    platformVersion: '1.4.0',
    platformFamily: 'Linux',
    ...when('pullStartedAt', task.pullStartedAt),
    ...when('pullStoppedAt', task.pullStoppedAt),
    ...when('startedAt', task.startedAt),
    ...(task.startedBy === undefined ? {} : { startedBy: task.startedBy }),
    ...(task.stopCode === undefined ? {} : { stopCode: task.stopCode }),
    ...when('stoppedAt', task.stoppedAt),
    ...(task.stoppedReason === undefined ? {} : { stoppedReason: task.stoppedReason }),
    ...when('stoppingAt', task.stoppingAt),
    ...(withTags ? { tags: [...task.tags] } : { tags: [] }),
    taskArn: task.arn,
    taskDefinitionArn: task.definition.arn,
    version: task.version,
  };
}

function containerView(task: Task, container: TaskContainer): Container {
  const { definition, digest, exitCode, reason } = container;
  return {
    containerArn: arns.container(task.realm, task.cluster.name, task.id, container.id),
    taskArn: task.arn,
    name: definition.name,
    image: definition.image,
    ...(digest === undefined ? {} : { imageDigest: digest }),
    ...(task.startedAt === undefined ? {} : { runtimeId: `${task.id}-${container.id.slice(0, 10)}` }),
    lastStatus: container.lastStatus,
    ...(exitCode === undefined ? {} : { exitCode }),
    ...(reason === undefined ? {} : { reason }),
    networkBindings: [],
    networkInterfaces: [{ attachmentId: task.id, privateIpv4Address: task.address }],
    healthStatus: container.health,
    cpu: String(definition.cpu ?? 0),
  };
}

/** UNKNOWN unless every essential container has a health check of its own. */
function healthOf(task: Task): 'HEALTHY' | 'UNHEALTHY' | 'UNKNOWN' {
  const health = task.containers.filter(container => container.essential).map(container => container.health);
  if (health.includes('UNHEALTHY')) return 'UNHEALTHY';
  return health.includes('UNKNOWN') ? 'UNKNOWN' : 'HEALTHY';
}
