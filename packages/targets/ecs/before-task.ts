import type { Service, Task } from '#aws/ecs';
import type { Finding } from '#core/finding';
import type { EcsContext } from './context.ts';
import { tailOf } from './explain.ts';
import { clientToken } from './update.ts';

export interface BeforeTask {
  readonly service: Service;
  readonly taskDefinition: string;
  readonly container: string;
  readonly command: readonly string[];
  readonly deadline: number;
}

/** Between two looks at the task, in ms: six a minute. */
const pause = 10_000;

const untouched = 'No service was touched. Correct the cause and start the run again.';

/**
 * Runs a command (a migration) once on the new definition, in the service's own network, and waits for its exit code.
 * Undefined when it exited with 0. RunTask answers 200 with `failures` when it started nothing
 * (amazon-ecs-deploy-task-definition#757).
 */
export async function runBefore(context: EcsContext, before: BeforeTask): Promise<Finding | undefined> {
  const { ecs, clock, report } = context;
  const { service, taskDefinition, container, command, deadline } = before;
  const cluster = service.clusterArn ?? '';
  const { tasks, missing } = await ecs.runTask({
    cluster,
    taskDefinition,
    count: 1,
    clientToken: clientToken(context.runToken, taskDefinition, ...command),
    startedBy: 'release-actions',
    overrides: { containerOverrides: [{ name: container, command: [...command] }] },
    networkConfiguration: service.networkConfiguration,
    ...(service.capacityProviderStrategy !== undefined && service.capacityProviderStrategy.length > 0
      ? { capacityProviderStrategy: service.capacityProviderStrategy }
      : { launchType: service.launchType }),
  });
  const arn = tasks[0]?.taskArn;
  const words = command.join(' ');
  if (arn === undefined) {
    const reasons = missing.map(part => [part.arn, part.reason].filter(text => text !== '').join(': '));
    const message = `The one-off task “${words}” was not started: ${reasons.join('; ') || 'ECS gives no reason.'}`;
    return { reason: 'migration-failed', message, evidence: { command: words, failures: reasons }, next: untouched };
  }
  report({ subject: words, text: `one-off task ${arn.split('/').at(-1)} started`, level: 'info' });
  const ended = await untilStopped(context, cluster, arn, deadline);
  if (ended === undefined) return notEnded(context, words, arn);
  const exitCode = ended.containers?.find(candidate => candidate.name === container)?.exitCode;
  report({
    subject: words,
    text: `ended after ${Math.round((clock.now() - startOf(ended, clock.now())) / 1000)} s`,
    level: 'info',
  });
  if (exitCode === 0) return undefined;
  const lines = await tailOf(context, taskDefinition, container, arn);
  const how =
    exitCode === undefined ? `did not start: ${ended.stoppedReason ?? 'no reason given'}` : `exited with ${exitCode}`;
  return {
    reason: 'migration-failed',
    message: `The one-off task “${words}” ${how}.`,
    evidence: { command: words, task: arn, ...(exitCode === undefined ? {} : { exitCode }), log: lines },
    next: untouched,
  };
}

/** Nobody stops it: a migration that is cut off half-way may do more harm than one that ends unwatched. */
function notEnded({ signal }: EcsContext, words: string, task: string): Finding {
  const [reason, when] = signal.aborted
    ? (['cancelled', 'the run was cancelled'] as const)
    : (['timed-out', 'the time was up'] as const);
  return {
    reason,
    message: `The one-off task “${words}” had not ended when ${when}, and goes on by itself.`,
    evidence: { command: words, task },
    next: 'No service was touched. See how the task ends before the run is started again.',
  };
}

async function untilStopped(
  context: EcsContext,
  cluster: string,
  arn: string,
  deadline: number,
): Promise<Task | undefined> {
  const { ecs, clock, signal } = context;
  while (clock.now() < deadline && !signal.aborted) {
    const [task] = await ecs.describeTasks(cluster, [arn]);
    if (task?.lastStatus === 'STOPPED') return task;
    await clock.sleep(pause, signal).catch(() => undefined);
  }
  return undefined;
}

function startOf(task: Task, otherwise: number): number {
  return task.startedAt?.getTime() ?? task.createdAt?.getTime() ?? otherwise;
}
