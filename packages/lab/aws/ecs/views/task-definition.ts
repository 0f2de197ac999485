import type { TaskDefinition } from '@aws-sdk/client-ecs';
import type { TaskDefinitionRecord } from '../state.ts';
import { date, when } from './task.ts';

/** Everything as registered, empty values and unknown members too, and the read-only members. */
export function taskDefinitionView(record: TaskDefinitionRecord): TaskDefinition {
  const { tags: _, ...registered } = record.input;
  return {
    volumes: [],
    placementConstraints: [],
    ...registered,
    containerDefinitions: (registered.containerDefinitions ?? []).map(container => ({
      cpu: 0,
      portMappings: [],
      essential: true,
      environment: [],
      mountPoints: [],
      volumesFrom: [],
      ...container,
    })),
    taskDefinitionArn: record.arn,
    revision: record.revision,
    status: record.status,
    requiresAttributes: [],
    compatibilities: registered.networkMode === 'awsvpc' ? ['EC2', 'FARGATE'] : ['EC2'],
    registeredAt: date(record.registeredAt),
    registeredBy: record.registeredBy,
    ...when('deregisteredAt', record.deregisteredAt),
  };
}
