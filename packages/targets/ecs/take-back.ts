import { findingOf } from '#aws/denied';
import { AwsCallError } from '#aws/errors';
import type { EcsContext } from './context.ts';
import { followRollout, type ServiceEnding } from './follow.ts';

interface Asked {
  /** Whether ECS is going back, or has ended by itself: both are worth following. */
  readonly worthFollowing: boolean;
  readonly text: string;
}

/** ROLLBACK is the only kind of stop that ECS offers; where it is too late for it, the rollout goes on by itself. */
export async function askForRollback({ ecs }: EcsContext, { rollout }: ServiceEnding): Promise<Asked> {
  try {
    await ecs.stopServiceDeployment(rollout.deploymentArn);
    return { worthFollowing: true, text: `ECS was asked to roll ${rollout.service} back.` };
  } catch (error) {
    if (!(error instanceof AwsCallError)) throw error;
    const { message, next } = findingOf(error);
    const text = [`ECS does not roll ${rollout.service} back: ${message}`, next].filter(part => part !== undefined);
    return { worthFollowing: error.kind === 'refused', text: text.join(' → ') };
  }
}

/** How long ECS may take for going back, in ms; it starts as many old tasks as it stopped. */
const rollbackTime = 30 * 60_000;

/** Where ECS cannot be asked, the rollout is left as it is: the next deployment of the service takes its place. */
export async function rollBack(context: EcsContext, ending: ServiceEnding): Promise<ServiceEnding> {
  const { ecs, clock, report } = context;
  const { deploymentArn, service } = ending.rollout;
  const { text, worthFollowing } = await askForRollback(context, ending);
  report({ subject: service, text, level: 'warning' });
  if (!worthFollowing) return ending;
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
