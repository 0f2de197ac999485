import type { EcsContext } from './context.ts';
import type { ServiceEnding } from './follow.ts';
import { describeFailure, type TaskFailure } from './task-failure.ts';

/** How many log lines of a failed container are shown. */
const tailLines = 12;
/** How many different failures are explained; the rest look alike. */
const explained = 3;

/** Why a rollout failed, line by line: stopped reason, exit code, and the last words of the container. */
export async function explainEnding(context: EcsContext, ending: ServiceEnding): Promise<readonly string[]> {
  const distinct = new Map(ending.failures.map(failure => [signatureOf(failure), failure]));
  const lines: string[] = [];
  for (const failure of [...distinct.values()].slice(-explained)) {
    const alike = ending.failures.filter(other => signatureOf(other) === signatureOf(failure)).length;
    lines.push(`${alike} × ${describeFailure(failure)} · task ${failure.task.split('/').at(-1)}`);
    lines.push(...(await lastWords(context, ending, failure)).map(line => `  │ ${line}`));
  }
  return lines;
}

function signatureOf(failure: TaskFailure): string {
  return [failure.kind, failure.container, failure.exitCode].join('|');
}

/** The tail of the container's own log, where its definition says that it goes to CloudWatch Logs. */
async function lastWords(context: EcsContext, ending: ServiceEnding, failure: TaskFailure): Promise<readonly string[]> {
  const { container } = failure;
  const revision = ending.deployment.targetServiceRevision?.arn;
  if (container === undefined || revision === undefined) return [];
  try {
    const [described] = await context.ecs.describeServiceRevisions([revision]);
    if (described?.taskDefinition === undefined) return [];
    return await tailOf(context, described.taskDefinition, container, failure.task);
  } catch (error) {
    return [`(the log could not be read: ${error instanceof Error ? error.message : String(error)})`];
  }
}

/** The last lines that a container of a task wrote. Stream names are `prefix/container/task`. */
export async function tailOf(
  context: EcsContext,
  taskDefinition: string,
  container: string,
  task: string,
): Promise<readonly string[]> {
  const { definition } = await context.ecs.describeTaskDefinition(taskDefinition);
  const destination = logDestination(definition, container);
  if (destination === undefined) return ['(this container has no awslogs configuration, so its log cannot be shown)'];
  const logs = await context.logs();
  const stream = `${destination.prefix}/${container}/${task.split('/').at(-1)}`;
  const lines = await logs.tail(destination.group, stream, tailLines);
  return lines.length > 0 ? lines : [`(no log lines in ${destination.group} ${stream})`];
}

function logDestination(
  definition: Readonly<Record<string, unknown>>,
  container: string,
): { readonly group: string; readonly prefix: string } | undefined {
  const containers = definition.containerDefinitions;
  if (!Array.isArray(containers)) return undefined;
  for (const candidate of containers as LoggingContainer[]) {
    const { name, logConfiguration } = candidate;
    if (name !== container || logConfiguration?.logDriver !== 'awslogs') continue;
    const group = logConfiguration.options?.['awslogs-group'];
    const prefix = logConfiguration.options?.['awslogs-stream-prefix'];
    if (group !== undefined && prefix !== undefined) return { group, prefix };
  }
  return undefined;
}

interface LoggingContainer {
  readonly name?: string;
  readonly logConfiguration?: {
    readonly logDriver?: string;
    readonly options?: Readonly<Record<string, string>>;
  };
}
