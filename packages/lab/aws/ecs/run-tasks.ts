import type { Failure, RunTaskRequest, TaskOverride } from '@aws-sdk/client-ecs';
import { NotModelled } from '../../wire/not-modelled.ts';
import type { Engine } from './engine.ts';
import { conflict, invalidParameter } from './errors.ts';
import { activeDefinition } from './services.ts';
import type { Cluster, Task, TaskDefinitionRecord } from './state.ts';
import { launchTask } from './tasks.ts';

interface Outcome {
  readonly tasks: readonly Task[];
  readonly failures: readonly Failure[];
}

/** One-off tasks. What finds no place is a failure under HTTP 200; the same token brings the same tasks. */
export function runTasks(engine: Engine, cluster: Cluster, input: RunTaskRequest): Outcome {
  const { clientToken, count = 1, overrides = {} } = input;
  const { tokens } = cluster.realm;
  const key = `${cluster.name}/${clientToken}`;
  const request = JSON.stringify(input);
  const earlier = clientToken === undefined ? undefined : tokens.get(key);
  if (earlier !== undefined) {
    if (earlier.request !== request) {
      const resourceIds = earlier.tasks.map(({ arn }) => arn);
      throw conflict('The clientToken is already in use with a different RunTask request.', { resourceIds });
    }
    return { tasks: earlier.tasks, failures: [] };
  }
  const definition = check(cluster, input);
  const tasks: Task[] = [];
  const failures: Failure[] = [];
  for (let wanted = 0; wanted < count; wanted += 1) {
    const failure = cluster.placementFailures.shift();
    if (failure === undefined) tasks.push(start(engine, cluster, input, definition, overrides));
    else failures.push(failure);
  }
  if (clientToken !== undefined && tasks.length > 0) tokens.set(key, { request, tasks });
  return { tasks, failures };
}

function check(cluster: Cluster, input: RunTaskRequest): TaskDefinitionRecord {
  const { count = 1, startedBy, clientToken, launchType = 'FARGATE', overrides } = input;
  if (count < 1 || count > 10) throw invalidParameter('Count must be between 1 and 10.');
  if (startedBy !== undefined && !/^[A-Za-z0-9_/-]{0,128}$/.test(startedBy)) {
    throw invalidParameter(
      'startedBy: up to 128 letters, numbers, hyphens, forward slashes and underscores are allowed.',
    );
  }
  if (clientToken !== undefined && !/^[\x21-\x7e]{1,64}$/.test(clientToken)) {
    throw invalidParameter('clientToken: up to 64 characters in the range of 33-126 are allowed.');
  }
  if (launchType !== 'FARGATE') throw new NotModelled(`with tasks of launch type ${launchType}`);
  if ((input.capacityProviderStrategy ?? []).length > 0) throw new NotModelled('with capacityProviderStrategy');
  const definition = activeDefinition(cluster.realm, input.taskDefinition ?? '');
  if (definition.input.networkMode === 'awsvpc' && input.networkConfiguration === undefined) {
    throw invalidParameter("Network Configuration must be provided when networkMode 'awsvpc' is specified.");
  }
  const names = definition.input.containerDefinitions?.map(({ name }) => name);
  for (const { name } of overrides?.containerOverrides ?? []) {
    if (names?.includes(name) !== true) {
      throw invalidParameter(`Override for container named ${name} is not a container in the TaskDefinition.`);
    }
  }
  return definition;
}

function start(
  engine: Engine,
  cluster: Cluster,
  input: RunTaskRequest,
  definition: TaskDefinitionRecord,
  overrides: TaskOverride,
): Task {
  return launchTask(engine, {
    cluster,
    definition,
    group: input.group ?? `family:${definition.family}`,
    ...(input.startedBy === undefined ? {} : { startedBy: input.startedBy }),
    overrides,
    tags: input.tags ?? [],
    observe: () => {},
  });
}
