import { createHash } from 'node:crypto';
import type { Service, ServiceDeployment } from '#aws/ecs';
import { AwsCallError } from '#aws/errors';
import type { EcsContext } from './context.ts';
import { sameDefinition } from './definition.ts';
import { findServiceDeployment, primaryOf } from './identity.ts';
import type { ServicePlan } from './plan.ts';
import type { Wanted } from './wanted.ts';

/** Registers a definition, or finds the one that a call without an answer has registered. Answers its ARN. */
export async function register(context: EcsContext, wanted: Wanted): Promise<string> {
  if (wanted.kind === 'existing') return wanted.arn;
  const { ecs, report } = context;
  try {
    const registered = await ecs.registerTaskDefinition(wanted.definition);
    const arn = String(registered.taskDefinitionArn);
    report({ subject: wanted.family, text: `registered ${arn.split('/').at(-1)}`, level: 'info' });
    return arn;
  } catch (error) {
    if (!(error instanceof AwsCallError) || error.kind !== 'unknown-effect') throw error;
    const newest = await newestOf(context, wanted.family);
    if (newest !== undefined && sameDefinition(wanted.definition, newest.definition, newest.tags)) {
      return String(newest.definition.taskDefinitionArn);
    }
    const again = await ecs.registerTaskDefinition(wanted.definition);
    return String(again.taskDefinitionArn);
  }
}

/** The newest revision of a family; undefined where it has none: ECS answers ClientException. */
async function newestOf({ ecs }: EcsContext, family: string) {
  try {
    return await ecs.describeTaskDefinition(family);
  } catch (error) {
    if (error instanceof AwsCallError && error.kind === 'refused') return undefined;
    throw error;
  }
}

export interface Started {
  readonly service: Service;
  readonly deployment: ServiceDeployment | undefined;
  readonly adopted: boolean;
  /** Why it is not known how it went on, or whether it began at all. */
  readonly trouble?: AwsCallError;
}

/** Starts all of them. Throws only where none has begun: after that, nobody may say that nothing was changed. */
export async function startRollouts(
  context: EcsContext,
  plans: readonly OpenPlan[],
  definitions: ReadonlyMap<Wanted, string>,
): Promise<readonly Started[]> {
  const attempts = await Promise.allSettled(
    plans.map(plan => startRollout(context, plan, plan.kind === 'update' ? (definitions.get(plan.wanted) ?? '') : '')),
  );
  const begun = attempts.some(attempt => attempt.status === 'fulfilled');
  return attempts.flatMap((attempt, index) => {
    if (attempt.status === 'fulfilled') return attempt.value;
    const { reason }: { readonly reason: unknown } = attempt;
    if (!begun || !(reason instanceof AwsCallError)) throw reason;
    const service = plans[index]?.service;
    return service === undefined ? [] : { service, deployment: undefined, adopted: false, trouble: reason };
  });
}

export type OpenPlan = Extract<ServicePlan, { kind: 'update' | 'adopt' }>;

/** Starts the rollout of one service, or takes up the one that is under way. */
export async function startRollout(context: EcsContext, plan: OpenPlan, taskDefinition: string): Promise<Started> {
  if (plan.kind === 'adopt') {
    context.report({
      subject: plan.service.serviceName ?? '',
      text: 'adopting the rollout that is under way',
      level: 'info',
    });
    return { service: plan.service, deployment: plan.deployment, adopted: true };
  }
  const service = await updateService(context, plan, taskDefinition);
  const id = primaryOf(service)?.id;
  if (id === undefined) return { service, deployment: undefined, adopted: false };
  try {
    const deployment = await findServiceDeployment(context.ecs, context.clock, service, id);
    return { service, deployment, adopted: false };
  } catch (error) {
    if (!(error instanceof AwsCallError)) throw error;
    return { service, deployment: undefined, adopted: false, trouble: error };
  }
}

/** After a call without an answer the service itself says whether the update has happened. */
async function updateService(
  context: EcsContext,
  plan: Extract<ServicePlan, { kind: 'update' }>,
  taskDefinition: string,
): Promise<Service> {
  const { ecs } = context;
  const { clusterArn: cluster, serviceArn, serviceName = '' } = plan.service;
  const update = () =>
    ecs.updateService({
      cluster,
      service: serviceArn,
      taskDefinition,
      ...(plan.desiredCount === undefined ? {} : { desiredCount: plan.desiredCount }),
      ...(plan.force ? { forceNewDeployment: true } : {}),
    });
  try {
    return await update();
  } catch (error) {
    if (!(error instanceof AwsCallError) || error.kind !== 'unknown-effect') throw error;
    const [now] = (await ecs.describeServices(cluster ?? '', [serviceName])).found;
    const primary = now === undefined ? undefined : primaryOf(now);
    const happened = primary?.taskDefinition === taskDefinition && primary.id !== primaryOf(plan.service)?.id;
    return now !== undefined && happened ? now : update();
  }
}

/** The same for the same work of the same run, so that a repeated RunTask finds the first one's task. */
export function clientToken(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32);
}
