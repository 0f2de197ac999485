import type { Tag, TaskOverride } from '@aws-sdk/client-ecs';
import { arns } from './arn.ts';
import { happens, startsAfter } from './behaviour.ts';
import { type Engine, later } from './engine.ts';
import { pull } from './images.ts';
import { missingLogGroup } from './logs.ts';
import type { Cluster, Rollout, Service, Task, TaskContainer, TaskDefinitionRecord } from './state.ts';
import { endTask, enter } from './task-end.ts';
import { runTask } from './task-run.ts';
import { stopTexts } from './texts.ts';

export interface TaskSpec {
  readonly cluster: Cluster;
  readonly definition: TaskDefinitionRecord;
  readonly group: string;
  readonly startedBy?: string;
  readonly owner?: { readonly service: Service; readonly rollout: Rollout };
  readonly overrides?: TaskOverride;
  readonly tags?: readonly Tag[];
  readonly launchType?: string;
  readonly observe: Task['observe'];
}

/** A task in PROVISIONING with nothing scheduled yet. */
export function newTask(engine: Engine, spec: TaskSpec): Task {
  const { cluster, definition, owner } = spec;
  const { realm } = cluster;
  const id = engine.ids.hex('task');
  const task: Task = {
    realm,
    cluster,
    id,
    arn: arns.task(realm, cluster.name, id),
    definition,
    group: spec.group,
    ...(spec.startedBy === undefined ? {} : { startedBy: spec.startedBy }),
    ...(owner === undefined ? {} : { rollout: owner.rollout, service: owner.service }),
    launchType: spec.launchType ?? 'FARGATE',
    overrides: spec.overrides ?? {},
    tags: spec.tags ?? [],
    address: address(engine),
    createdAt: engine.clock.now(),
    containers: (definition.input.containerDefinitions ?? []).map(container => ({
      id: engine.ids.hex('container'),
      definition: container,
      essential: container.essential !== false,
      start: 0,
      lastStatus: 'PENDING',
      health: 'UNKNOWN',
    })),
    observe: spec.observe,
    desiredStatus: 'RUNNING',
    lastStatus: 'PROVISIONING',
    healthy: false,
    wasHealthy: false,
    target: 'none',
    targetStates: [],
    version: 1,
    cancellations: [],
  };
  realm.tasks.set(id, task);
  owner?.service.tasks.add(task);
  return task;
}

/** PROVISIONING → PENDING → RUNNING, or to the end for want of an image, a secret or a log group. */
export function launchTask(engine: Engine, spec: TaskSpec): Task {
  const task = newTask(engine, spec);
  later(engine, task, engine.settings.provisioning, () => becomePending(engine, task));
  return task;
}

function becomePending(engine: Engine, task: Task): void {
  enter(task, 'PENDING');
  task.pullStartedAt = engine.clock.now();
  const failure = prepare(engine, task);
  if (failure !== undefined) {
    later(engine, task, engine.settings.startFailure, () => failToStart(engine, task, failure));
    return;
  }
  const longest = Math.max(...task.containers.map(({ behaviour }) => (behaviour ? startsAfter(behaviour) : 0)));
  const remaining = Math.max(0, longest - engine.settings.provisioning);
  later(engine, task, remaining / 2, () => {
    task.pullStoppedAt = engine.clock.now();
  });
  later(engine, task, remaining, () => runTask(engine, task));
}

interface StartFailure {
  readonly reason: string;
  /** The container whose image cannot be pulled; resource initialisation belongs to the task. */
  readonly container?: TaskContainer;
}

function prepare(engine: Engine, task: Task): StartFailure | undefined {
  for (const container of task.containers) {
    const reason = pull(engine, task.realm, container, task.rollout?.revision);
    if (reason !== undefined) return { reason, container };
  }
  for (const { behaviour, start } of task.containers) {
    const secret = behaviour?.missingSecret;
    if (secret !== undefined && happens(secret, start)) return { reason: stopTexts.missingSecret(secret.arn) };
  }
  const group = missingLogGroup(engine, task);
  return group === undefined ? undefined : { reason: stopTexts.missingLogGroup(group) };
}

function failToStart(engine: Engine, task: Task, { reason, container }: StartFailure): void {
  if (container !== undefined) container.reason = reason;
  task.pullStoppedAt = engine.clock.now();
  endTask(engine, task, { code: 'TaskFailedToStart', reason });
}

function address(engine: Engine): string {
  const [a = 0, b = 0] = Buffer.from(engine.ids.hex('address'), 'hex');
  return `10.0.${a}.${Math.max(4, b)}`;
}
