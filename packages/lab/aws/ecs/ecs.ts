import * as model from '@aws-sdk/client-ecs';
import type { LabClock } from '../../clock/clock.ts';
import type { Service } from '../../wire/service.ts';
import type { Engine } from './engine.ts';
import { createIds } from './ids.ts';
import { clusterOperations } from './operations/clusters.ts';
import { deploymentOperations } from './operations/deployments.ts';
import { serviceOperations } from './operations/services.ts';
import { taskDefinitionOperations } from './operations/task-definitions.ts';
import { taskOperations } from './operations/tasks.ts';
import { createPastClock } from './past.ts';
import type { EcsPorts } from './ports.ts';
import { resourceOf } from './resources.ts';
import { reconcile } from './scheduler.ts';
import { defaultSettings, type EcsSettings } from './settings.ts';
import { createWorld, type EcsWorld } from './world.ts';

export interface EcsOptions extends EcsPorts {
  readonly clock: LabClock;
  readonly settings?: Partial<EcsSettings>;
  /** Worlds with the same seed hand out the same identifiers. */
  readonly seed?: string;
}

export function createEcs(options: EcsOptions): { service: Service; world: EcsWorld } {
  const { clock: labClock, settings, seed = 'ecs', ...ports } = options;
  const clock = createPastClock(labClock);
  const engine: Engine = {
    clock,
    ports,
    settings: { ...defaultSettings(), ...settings },
    ids: createIds(seed),
    realms: new Map(),
    starts: new Map(),
    lambdaAnswers: new Map(),
    wake: service => reconcile(engine, service),
  };
  const service: Service = {
    id: 'ecs',
    model,
    resource: resourceOf,
    operations: {
      ...clusterOperations(engine),
      ...taskDefinitionOperations(engine),
      ...serviceOperations(engine),
      ...deploymentOperations(engine),
      ...taskOperations(engine),
    },
    buckets: [
      { operations: ['UpdateService'], burst: 50, refill: 5 },
      { operations: ['RegisterTaskDefinition'], burst: 20, refill: 1 },
      { operations: ['DescribeServiceDeployments', 'ListServiceDeployments'], burst: 50, refill: 20 },
      { operations: ['DescribeServices'], burst: 100, refill: 20 },
      { operations: ['ListTasks', 'DescribeTasks'], burst: 100, refill: 20 },
    ],
  };
  return { service, world: createWorld(engine, clock) };
}
