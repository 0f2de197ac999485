import type { EcsContext } from './context.ts';
import type { ServiceEnding } from './follow.ts';
import { describeFailure, type TaskFailure } from './task-failure.ts';

/** How many log lines of a failed container are shown. */
const tailLines = 12;
/** How many different failures are explained; the rest look alike. */
const explained = 3;

/** Log events can be read some seconds after they were written, in ms. */
const lateness = 10_000;

/** Why a rollout failed, line by line: stopped reason, exit code, and the last words of the container. */
export async function explainEnding(context: EcsContext, ending: ServiceEnding): Promise<readonly string[]> {
  const kinds = [...Map.groupBy(ending.failures, signatureOf).values()];
  const lines: string[] = [];
  for (const alike of kinds.slice(-explained)) {
    const { failure, words } = await lastWords(context, ending, alike.toReversed());
    if (failure === undefined) continue;
    lines.push(`${alike.length} × ${describeFailure(failure)} · task ${failure.task.split('/').at(-1)}`);
    lines.push(...words.map(line => `  │ ${line}`));
  }
  return lines;
}

function signatureOf(failure: TaskFailure): string {
  return [failure.kind, failure.container, failure.exitCode].join('|');
}

interface LastWords {
  readonly failure: TaskFailure | undefined;
  readonly words: readonly string[];
}

/** The tail of the container's own log, where its definition says that it goes to CloudWatch Logs. `alike`: the newest first. */
async function lastWords(
  context: EcsContext,
  ending: ServiceEnding,
  alike: readonly TaskFailure[],
): Promise<LastWords> {
  const [failure] = alike;
  const revision = ending.deployment.targetServiceRevision?.arn;
  if (failure?.container === undefined || revision === undefined) return { failure, words: [] };
  try {
    const [described] = await context.ecs.describeServiceRevisions([revision]);
    if (described?.taskDefinition === undefined) return { failure, words: [] };
    const log = await containerLog(context, described.taskDefinition, failure.container);
    if (log === undefined) return { failure, words: [noLog] };
    return await wordsOf(context, log, failure, alike);
  } catch (error) {
    const words = [`(the log could not be read: ${error instanceof Error ? error.message : String(error)})`];
    return { failure, words };
  }
}

/** Of the newest of them whose words have arrived; only where none has, they are waited for. */
async function wordsOf(
  { clock, signal }: EcsContext,
  log: ContainerLog,
  newest: TaskFailure,
  alike: readonly TaskFailure[],
): Promise<LastWords> {
  for (const failure of alike.slice(0, explained)) {
    const words = await log.tail(failure.task);
    if (words.length > 0) return { failure, words };
  }
  const early = newest.stoppedAt + lateness - clock.now();
  // A container that never ran has written nothing.
  if (newest.exitCode !== undefined && early > 0) await clock.sleep(early, signal).catch(() => undefined);
  const words = await log.tail(newest.task);
  return { failure: newest, words: words.length > 0 ? words : [log.nothing(newest.task)] };
}

/** The last lines that a container of a task wrote; a sentence in brackets where there are none. */
export async function tailOf(
  context: EcsContext,
  taskDefinition: string,
  container: string,
  task: string,
): Promise<readonly string[]> {
  const log = await containerLog(context, taskDefinition, container);
  if (log === undefined) return [noLog];
  const lines = await log.tail(task);
  return lines.length > 0 ? lines : [log.nothing(task)];
}

const noLog = '(this container has no awslogs configuration, so its log cannot be shown)';

interface ContainerLog {
  tail(task: string): Promise<readonly string[]>;
  nothing(task: string): string;
}

/** Stream names are `prefix/container/task`. */
async function containerLog(
  context: EcsContext,
  taskDefinition: string,
  container: string,
): Promise<ContainerLog | undefined> {
  const { definition } = await context.ecs.describeTaskDefinition(taskDefinition);
  const destination = logDestination(definition, container);
  if (destination === undefined) return undefined;
  const logs = await context.logs();
  const stream = (task: string) => `${destination.prefix}/${container}/${task.split('/').at(-1)}`;
  return {
    tail: task => logs.tail(destination.group, stream(task), tailLines),
    nothing: task => `(no log lines in ${destination.group} ${stream(task)})`,
  };
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
