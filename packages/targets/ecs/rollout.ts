import { AwsCallError } from '#aws/errors';
import type { Result } from '#core/outcome';
import { worst } from '#core/outcome';
import type { Ending, Rollout } from '#core/target';
import type { EcsContext } from './context.ts';
import { explainEnding } from './explain.ts';
import { followRollout, type ServiceEnding, type ServiceRollout } from './follow.ts';
import { observeServices, snapshotServices } from './observe.ts';
import { ecsSnapshot } from './snapshot.ts';
import type { Started } from './update.ts';

/** The rollout of all services of a component; each is followed by its own identity, all in one rhythm. */
export function createRollout(
  context: EcsContext,
  cluster: string,
  started: readonly Started[],
  deadline: number,
): Rollout {
  const rollouts = started.map(entry => ({ entry, rollout: serviceRollout(entry, deadline) }));
  let endings: readonly ServiceEnding[] = [];

  const end = async (results: readonly (ServiceEnding | Result)[]): Promise<Ending> => {
    endings = results.filter(result => 'rollout' in result);
    return endingOf(context, cluster, started, results);
  };

  return {
    identity: rollouts.flatMap(({ rollout }) => rollout?.deploymentArn ?? []),
    adopted: started.some(entry => entry.adopted),

    async follow() {
      return end(
        await Promise.all(
          rollouts.map(({ entry, rollout }) =>
            rollout === undefined || entry.deployment === undefined
              ? lostSight(entry)
              : followRollout(context, rollout, entry.deployment),
          ),
        ),
      );
    },

    async takeBack() {
      const open = endings.filter(ending => !ending.final);
      const back = await Promise.all(open.map(ending => rollBack(context, ending)));
      return end([...endings.filter(ending => ending.final), ...back]);
    },

    letGo: () => Promise.all(endings.filter(ending => !ending.final).map(ending => askForRollback(context, ending))),
  };
}

function serviceRollout({ service, deployment }: Started, deadline: number): ServiceRollout | undefined {
  if (deployment?.serviceDeploymentArn === undefined) return undefined;
  return {
    service: service.serviceName ?? '',
    serviceArn: service.serviceArn ?? '',
    deploymentArn: deployment.serviceDeploymentArn,
    deadline,
  };
}

/** ROLLBACK is the only kind of stop that ECS offers; where it is too late for it, the rollout goes on by itself. */
async function askForRollback(context: EcsContext, { rollout }: ServiceEnding): Promise<string> {
  try {
    await context.ecs.stopServiceDeployment(rollout.deploymentArn);
    return `ECS was asked to roll ${rollout.service} back.`;
  } catch (error) {
    if (!(error instanceof AwsCallError) || error.kind !== 'refused') throw error;
    return `ECS does not roll ${rollout.service} back: ${error.message}`;
  }
}

/** How long ECS may take for going back, in ms; it starts as many old tasks as it stopped. */
const rollbackTime = 30 * 60_000;

async function rollBack(context: EcsContext, ending: ServiceEnding): Promise<ServiceEnding> {
  const { ecs, clock, report } = context;
  const { deploymentArn, service } = ending.rollout;
  report({ subject: service, text: await askForRollback(context, ending), level: 'warning' });
  const [deployment = ending.deployment] = await ecs.describeServiceDeployments([deploymentArn]);
  const rollout = { ...ending.rollout, deadline: clock.now() + rollbackTime };
  const followed = await followRollout({ ...context, signal: new AbortController().signal }, rollout, deployment);
  // What made us take it back is the reason; how that went is the outcome.
  const failures = followed.failures.length > 0 ? followed.failures : ending.failures;
  if (followed.outcome !== 'rolled-back') return { ...followed, failures };
  return {
    ...followed,
    failures,
    reason: ending.reason,
    message: `${ending.message} ECS went back to ${backTo(followed)}.`,
  };
}

function backTo(ending: ServiceEnding): string {
  return ending.deployment.rollback?.serviceRevisionArn?.split('/').at(-1) ?? 'the revision before';
}

/** Never taken for a success: ECS did not show the deployment that it had just started. */
function lostSight({ service }: Started): Result {
  return {
    outcome: 'failed',
    reason: 'deployment-failed',
    message: `ECS did not show the deployment of ${service.serviceName} that it started, so nothing is known of it.`,
    evidence: { service: service.serviceName ?? '' },
    next: 'Start the run again: it takes up the rollout that is under way.',
  };
}

/** What all services came to together, why, and what runs now. */
export async function endingOf(
  context: EcsContext,
  cluster: string,
  started: readonly Started[],
  results: readonly (ServiceEnding | Result)[],
): Promise<Ending> {
  const plain = results.map(result => ('rollout' in result ? resultOf(result) : result));
  const deciding = worst(plain);
  const bad = results.filter(result => 'rollout' in result && result.outcome !== 'succeeded');
  const explanation = (
    await Promise.all(bad.map(result => ('rollout' in result ? explainEnding(context, result) : [])))
  ).flat();
  const observed = await observeServices(
    context,
    cluster,
    started.map(entry => entry.service.serviceName ?? ''),
  );
  const after = observed.ok
    ? ecsSnapshot({ cluster, services: await snapshotServices(context, observed.services) })
    : null;
  if (deciding === undefined) throw new Error('a rollout of no service cannot end');
  const message = plain.length === 1 ? deciding.message : summarise(plain, deciding);
  return { ...deciding, message, after, explanation };
}

function resultOf(ending: ServiceEnding): Result {
  const { outcome, reason, message, deployment, rollout } = ending;
  const failure = ending.failures.at(-1);
  return {
    outcome,
    reason,
    message,
    evidence: {
      service: rollout.service,
      deployment: rollout.deploymentArn,
      status: deployment.status ?? 'unknown',
      failedTasks: ending.failures.length,
      ...(failure === undefined ? {} : { stoppedReason: failure.stoppedReason }),
      ...(failure?.exitCode === undefined ? {} : { exitCode: failure.exitCode }),
    },
  };
}

function summarise(results: readonly Result[], deciding: Result): string {
  const well = results.filter(result => result.outcome === 'succeeded').length;
  return `${well} of ${results.length} services deployed. ${deciding.outcome === 'succeeded' ? '' : deciding.message}`.trim();
}
