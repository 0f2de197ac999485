import type { Service, ServiceDeployment } from '#aws/ecs';
import type { ChangeRow } from '#core/target';
import type { EcsContext } from './context.ts';
import { findServiceDeployment, isUnderWay, primaryOf } from './identity.ts';
import type { Wanted } from './wanted.ts';

/** What has to happen to one service. */
export type ServicePlan =
  | { readonly kind: 'same'; readonly service: Service }
  /** The wanted definition is being rolled out already: an earlier run, or somebody else, began it. */
  | { readonly kind: 'adopt'; readonly service: Service; readonly deployment: ServiceDeployment }
  | {
      readonly kind: 'update';
      readonly service: Service;
      readonly wanted: Wanted;
      readonly desiredCount?: number;
      readonly force: boolean;
    };

/**
 * Nothing has to happen only when the wanted definition runs *and* its deployment ended well: ECS answers an unchanged
 * update with the old deployment, which may be a failed one. An image without a digest is deployed again all the same: under
 * its name there may be another one by now.
 */
export async function planService(
  context: EcsContext,
  service: Service,
  wanted: Wanted,
  desiredCount: number | undefined,
  tagMayHaveMoved = false,
): Promise<ServicePlan> {
  const count = desiredCount === undefined || desiredCount === service.desiredCount ? {} : { desiredCount };
  const update = { kind: 'update', service, wanted, ...count } as const;
  const primary = primaryOf(service);
  if (primary?.id === undefined || wanted.kind === 'new' || wanted.arn !== primary.taskDefinition) {
    return { ...update, force: false };
  }
  const full = service.runningCount === service.desiredCount && count.desiredCount === undefined;
  const complete = full && !tagMayHaveMoved;
  const same = { kind: 'same', service } as const;
  // ECS shows service deployments for 90 days; what was completed before that is known by its rollout state alone.
  if (primary.rolloutState === 'COMPLETED') return complete ? same : { ...update, force: true };
  const deployment = await findServiceDeployment(context.ecs, context.clock, service, primary.id);
  // One that is under way for another number of tasks would prove nothing of what is wanted now.
  const fits = count.desiredCount === undefined;
  if (deployment !== undefined && isUnderWay(deployment) && fits) return { kind: 'adopt', service, deployment };
  return deployment?.status === 'SUCCESSFUL' && complete ? same : { ...update, force: true };
}

/** The table that people read before the change, and after it with the revisions that were registered. */
export function changeRows(
  plans: readonly ServicePlan[],
  registered: ReadonlyMap<Wanted, string> = new Map(),
): readonly ChangeRow[] {
  return plans.map(plan => ({
    what: `service ${plan.service.serviceName}`,
    before: shortName(plan.service.taskDefinition),
    after: afterOf(plan, registered),
  }));
}

function afterOf(plan: ServicePlan, registered: ReadonlyMap<Wanted, string>): string {
  switch (plan.kind) {
    case 'same':
      return plan.service.desiredCount === 0 ? 'left at zero' : 'unchanged';
    case 'adopt':
      return `${shortName(plan.service.taskDefinition)} (already rolling out)`;
    case 'update': {
      const { wanted } = plan;
      const arn = wanted.kind === 'existing' ? wanted.arn : registered.get(wanted);
      const definition = arn === undefined && wanted.kind === 'new' ? `a new ${wanted.family}` : shortName(arn);
      return plan.force ? `${definition} (deployed again)` : definition;
    }
  }
}

function shortName(arn: string | undefined): string {
  return arn?.split('/').at(-1) ?? 'nothing';
}
