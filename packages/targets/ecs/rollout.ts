import { findingOf } from '#aws/denied';
import { AwsCallError } from '#aws/errors';
import type { Result } from '#core/outcome';
import { worst } from '#core/outcome';
import type { Snapshot } from '#core/receipt';
import { few } from '#core/report/few';
import { type Ending, lostSight, type Rollout } from '#core/target';
import type { EcsContext } from './context.ts';
import { explainEnding } from './explain.ts';
import { followRollout, type ServiceEnding, type ServiceRollout } from './follow.ts';
import { observeServices, snapshotServices } from './observe.ts';
import { ecsSnapshot } from './snapshot.ts';
import { askForRollback, rollBack } from './take-back.ts';
import type { Started } from './update.ts';

/** The rollout of all services of a component; each is followed by its own identity, all in one rhythm. `done`: how a good end is called. */
export function createRollout(
  context: EcsContext,
  cluster: string,
  started: readonly Started[],
  deadline: number,
  done: 'deployed' | 'restored',
): Rollout {
  const rollouts = started.map(entry => ({ entry, rollout: serviceRollout(entry, deadline) }));
  let results: readonly (ServiceEnding | Result)[] = [];
  const open = () => results.filter(result => 'rollout' in result).filter(ending => !ending.final);

  const end = async (ended: readonly (ServiceEnding | Result)[]): Promise<Ending> => {
    results = ended;
    const ending = await endingOf(context, cluster, started, ended);
    return ending.outcome === 'succeeded' ? { ...ending, reason: done } : ending;
  };

  return {
    identity: rollouts.flatMap(({ rollout }) => rollout?.deploymentArn ?? []),
    adopted: started.some(entry => entry.adopted),

    async follow() {
      return end(
        await Promise.all(
          rollouts.map(({ entry, rollout }) =>
            rollout === undefined || entry.deployment === undefined
              ? notSeen(entry)
              : followRollout(context, rollout, entry.deployment).catch(error => notSeen(entry, error)),
          ),
        ),
      );
    },

    async takeBack() {
      const unfinished = open();
      const back = await Promise.all(unfinished.map(ending => rollBack(context, ending)));
      return end([...results.filter(result => !unfinished.some(ending => ending === result)), ...back]);
    },

    letGo: async () =>
      (await Promise.all(open().map(ending => askForRollback(context, ending)))).map(({ text }) => text),
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

/** Never taken for a success: from here on nothing is known of the rollout, which goes on by itself if it has begun. */
function notSeen({ service, trouble }: Started, thrown: unknown = trouble): Result {
  const evidence = { service: service.serviceName ?? '' };
  if (thrown === undefined) {
    return {
      outcome: 'failed',
      reason: 'deployment-failed',
      message: `ECS did not show the deployment of ${service.serviceName} that it started, so nothing is known of it.`,
      evidence,
      next: 'Start the run again: it takes up the rollout that is under way.',
    };
  }
  if (!(thrown instanceof AwsCallError)) throw thrown;
  const finding = findingOf(thrown);
  const lost = lostSight(finding, `The rollout of ${service.serviceName} cannot be followed any more.`);
  return { ...lost, evidence: { ...finding.evidence, ...evidence } };
}

/** Of how many services it is told why they failed: the others of one definition look alike. */
const explained = 5;

/** What all services came to together, why, and what runs now. */
export async function endingOf(
  context: EcsContext,
  cluster: string,
  started: readonly Started[],
  results: readonly (ServiceEnding | Result)[],
): Promise<Ending> {
  const plain = results.map(result => ('rollout' in result ? resultOf(result) : result));
  const deciding = worst(plain);
  const bad = results.filter(result => 'rollout' in result).filter(ending => ending.outcome !== 'succeeded');
  const told = await Promise.all(bad.slice(0, explained).map(ending => explainEnding(context, ending)));
  const others = bad.slice(explained).map(ending => ending.rollout.service);
  const explanation = [...told.flat(), ...(others.length === 0 ? [] : [`${few(others)} did not end well either`])];
  const after = await whatRunsNow(context, cluster, started);
  if (deciding === undefined) throw new Error('a rollout of no service cannot end');
  const message = plain.length === 1 ? deciding.message : summarise(plain, deciding);
  return { ...deciding, message, after, explanation };
}

/** Null where it cannot be seen: how a rollout ended must not get lost over that. */
async function whatRunsNow(
  context: EcsContext,
  cluster: string,
  started: readonly Started[],
): Promise<Snapshot | null> {
  const names = started.map(entry => entry.service.serviceName ?? '');
  try {
    const observed = await observeServices(context, cluster, names);
    if (!observed.ok) return null;
    const services = await snapshotServices(context, observed.services);
    return services.length > 0 ? ecsSnapshot({ cluster, services }) : null;
  } catch (error) {
    if (!(error instanceof AwsCallError)) throw error;
    return null;
  }
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
