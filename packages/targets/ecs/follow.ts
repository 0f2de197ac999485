import type { Service, ServiceDeployment } from '#aws/ecs';
import type { Outcome } from '#core/outcome';
import type { Reason } from '#core/reasons';
import type { EcsContext } from './context.ts';
import { failuresOf } from './failures.ts';
import { findNewer, isUnderWay } from './identity.ts';
import { countsOf, judgeRollout } from './judge.ts';
import type { TaskFailure } from './task-failure.ts';

/** One service's rollout, known by its service deployment. */
export interface ServiceRollout {
  readonly service: string;
  readonly serviceArn: string;
  readonly deploymentArn: string;
  readonly deadline: number;
}

export interface ServiceEnding {
  readonly rollout: ServiceRollout;
  readonly outcome: Outcome;
  readonly reason: Reason;
  readonly message: string;
  readonly deployment: ServiceDeployment;
  readonly failures: readonly TaskFailure[];
  /** False: given up on while the service still works at it. */
  readonly final: boolean;
}

/**
 * Every so many beats the service itself is asked how many tasks failed: crashes after RUNNING trip no breaker. Five beats take a minute
 * at least.
 */
const beatsPerLook = 5;

/** Follows one rollout to its end, or to the moment when it can only fail. */
export async function followRollout(
  context: EcsContext,
  rollout: ServiceRollout,
  first: ServiceDeployment,
): Promise<ServiceEnding> {
  const { ecs, clock } = context;
  const { service, deadline } = rollout;
  let deployment = first;
  let failures: readonly TaskFailure[] = [];
  let newer: string | null | undefined;
  let successSince: number | undefined;
  let phase = '';
  let warned = false;
  const signs = createSigns();

  for (let beat = 0; ; beat += 1) {
    if (deployment.status === 'SUCCESSFUL') successSince ??= clock.now();
    // Why a success lacks new tasks is what people ask, and no count of ECS tells; old ones that are still there need no reason.
    const { running, requested } = countsOf(deployment);
    const lacking = deployment.status === 'SUCCESSFUL' && running < requested;
    const look = beat > 0 && beat % beatsPerLook === 0 && (lacking || isUnderWay(deployment));
    const told = signs.rose(deployment);
    if (told || (look && (lacking || (await failedTasksRose(context, rollout, deployment, signs))))) {
      failures = merged(failures, await failuresOf(ecs, deployment));
    }
    let judgement = judgeRollout({ service, deployment, failures, newer, now: clock.now(), deadline, successSince });
    if (judgement.kind === 'look-for-newer') {
      newer = await findNewer(ecs, deployment);
      judgement = judgeRollout({ service, deployment, failures, newer, now: clock.now(), deadline, successSince });
    }
    if (judgement.kind === 'ended' || judgement.kind === 'hopeless') {
      const { outcome, reason, message, kind } = judgement;
      return { rollout, outcome, reason, message, deployment, failures, final: kind === 'ended' };
    }
    if (context.signal.aborted) {
      const message = `Cancelled while ${service} was ${deployment.status ?? 'under way'}.`;
      return { rollout, outcome: 'stopped', reason: 'cancelled', message, deployment, failures, final: false };
    }
    if (!warned && ignoresAlarms(deployment)) {
      warned = true;
      const text = 'ECS watches none of its deployment alarms this time: one of them was in ALARM when it started.';
      context.report({ subject: service, text, level: 'warning' });
    }
    if (judgement.kind === 'going' && judgement.phase !== phase) {
      phase = judgement.phase;
      context.report({ subject: service, text: phase, level: 'info' });
    }
    // At the next beat, or at once and without an answer when the run is cancelled.
    deployment = (await context.deployments.next(rollout.deploymentArn)) ?? deployment;
  }
}

/** One alarm that is red at the start makes ECS ignore the whole alarm configuration of that deployment. */
function ignoresAlarms({ status, alarms, deploymentConfiguration }: ServiceDeployment): boolean {
  const { enable, alarmNames = [] } = deploymentConfiguration?.alarms ?? {};
  return status === 'IN_PROGRESS' && enable === true && alarmNames.length > 0 && alarms?.status === 'DISABLED';
}

interface Signs {
  /** Whether the deployment itself shows a failed task that was not there before. */
  rose(deployment: ServiceDeployment): boolean;
  failedTasks: number;
}

function createSigns(): Signs {
  let failureCount = 0;
  let most = 0;
  let status: string | undefined;
  return {
    failedTasks: 0,
    rose(deployment) {
      const count = deployment.deploymentCircuitBreaker?.failureCount ?? 0;
      const { running } = countsOf(deployment);
      const ends = deployment.status !== status && /ROLLBACK|STOP/.test(deployment.status ?? '');
      const rose = count > failureCount || running < most || ends;
      failureCount = Math.max(failureCount, count);
      most = running;
      status = deployment.status;
      return rose;
    },
  };
}

/**
 * A task that crashes after RUNNING without a health check raises no count of ECS at all: only the service's events tell
 * that more tasks were started than are wanted.
 */
async function failedTasksRose(
  context: EcsContext,
  rollout: ServiceRollout,
  deployment: ServiceDeployment,
  signs: Signs,
): Promise<boolean> {
  const service = await context.services.next(rollout.serviceArn);
  const primary = service?.deployments?.find(candidate => candidate.status === 'PRIMARY');
  const replaced = tasksStarted(service, deployment.createdAt) - countsOf(deployment).requested;
  const failed = Math.max(primary?.failedTasks ?? 0, replaced);
  const rose = failed > signs.failedTasks;
  signs.failedTasks = Math.max(signs.failedTasks, failed);
  return rose;
}

/** From `(service api) has started 2 tasks: (task 1) (task 2).` */
function tasksStarted(service: Service | undefined, since: Date | undefined): number {
  return (service?.events ?? [])
    .filter(event => (event.createdAt?.getTime() ?? 0) >= (since?.getTime() ?? 0))
    .reduce((sum, event) => sum + Number(/has started (\d+) tasks/.exec(event.message ?? '')?.[1] ?? 0), 0);
}

/** ECS forgets stopped tasks after an hour; what was seen once stays known. */
function merged(known: readonly TaskFailure[], seen: readonly TaskFailure[]): readonly TaskFailure[] {
  const byTask = new Map([...known, ...seen].map(failure => [failure.task, failure]));
  return [...byTask.values()].toSorted((one, other) => one.stoppedAt - other.stoppedAt);
}
