import type { Ecs, Service } from '#aws/ecs';
import type { TargetGroup as Described, LoadBalancing } from '#aws/elbv2';
import { type Finding, FindingError } from '#core/finding';
import type { ApiStage, FunctionAlias } from '#core/flow/names';
import type { Balanced, Subjects, TargetGroup } from '#core/watch/subjects';
import { nameOf, type WatchedService } from './services.ts';

/** What the limits are about, as far as somebody named it. Names or ARNs. */
export interface Named {
  readonly services: readonly WatchedService[];
  readonly targetGroups: readonly string[];
  readonly loadBalancers: readonly string[];
  readonly databases: readonly string[];
  readonly apis: readonly ApiStage[];
  readonly functions: readonly FunctionAlias[];
  /** Functions that the release has deployed: watched where no others are named. */
  readonly released: readonly FunctionAlias[];
}

type Found = Pick<Subjects, 'services' | 'balanced' | 'databases'>;

/** Finds the dimensions: target groups and load balancers of services through ECS, those that are named by their names. */
export async function findSubjects(ecs: Ecs, balancing: LoadBalancing, named: Named): Promise<Found> {
  const ofServices = await Promise.all(named.services.map(each => balancedOf(ecs, balancing, each)));
  const groups = await Promise.all(named.targetGroups.map(reference => findGroup(balancing, reference)));
  const balancers = await Promise.all(named.loadBalancers.map(reference => findBalancer(balancing, reference)));
  // What is named wins: a service can have target groups of its own that the limits are not about.
  const explicit = [
    ...groups.map(
      (group): Balanced => ({ name: nameOfGroup(group), targetGroups: dimensionsOf(group), loadBalancers: [] }),
    ),
    ...balancers.map((name): Balanced => ({ name, targetGroups: [], loadBalancers: [name] })),
  ];
  return {
    services: named.services.map(({ cluster, service }) => ({ cluster: nameOf(cluster), service: nameOf(service) })),
    balanced: explicit.length > 0 ? explicit : ofServices.filter(each => each.targetGroups.length > 0),
    databases: named.databases,
  };
}

async function balancedOf(ecs: Ecs, balancing: LoadBalancing, { cluster, service }: WatchedService): Promise<Balanced> {
  const { found } = await ecs.describeServices(cluster, [service]);
  const arns = [...new Set(found.flatMap(targetGroupArnsOf))];
  const groups = arns.length === 0 ? [] : await balancing.targetGroups(arns);
  return { name: nameOf(service), targetGroups: groups.flatMap(dimensionsOf), loadBalancers: [] };
}

/** Blue/green deployments move between two target groups: both count, whichever has the traffic. */
function targetGroupArnsOf({ loadBalancers = [] }: Service): readonly string[] {
  return loadBalancers.flatMap(each =>
    [each.targetGroupArn, each.advancedConfiguration?.alternateTargetGroupArn].filter(arn => arn !== undefined),
  );
}

/** One entry for each load balancer that forwards to the group; none while it is behind none. */
function dimensionsOf({ TargetGroupArn: arn = '', LoadBalancerArns = [] }: Described): readonly TargetGroup[] {
  const targetGroup = arn.split(':').at(-1) ?? arn;
  return LoadBalancerArns.map(balancer => ({ arn, targetGroup, loadBalancer: balancerDimension(balancer) }));
}

function balancerDimension(arn: string): string {
  return arn.replace(/^.*:loadbalancer\//, '');
}

async function findGroup(balancing: LoadBalancing, reference: string): Promise<Described> {
  if (!reference.startsWith('arn:'))
    return found('target-group', reference, await balancing.targetGroupNamed(reference));
  const [group] = await balancing.targetGroups([reference]);
  return found('target-group', reference, group);
}

async function findBalancer(balancing: LoadBalancing, reference: string): Promise<string> {
  if (reference.startsWith('arn:')) return balancerDimension(reference);
  if (reference.startsWith('app/')) return reference;
  const { LoadBalancerArn = '' } = found('load-balancer', reference, await balancing.loadBalancerNamed(reference));
  return balancerDimension(LoadBalancerArn);
}

function found<T>(input: string, reference: string, value: T | undefined): T {
  if (value !== undefined) return value;
  const where = { kind: 'input', input } as const;
  const message = `There is no ${input.replace('-', ' ')} ${reference}.`;
  const finding: Finding = { reason: 'not-found', message, evidence: { [input]: reference }, where };
  throw new FindingError([finding]);
}

function nameOfGroup({ TargetGroupName, TargetGroupArn = '' }: Described): string {
  return TargetGroupName ?? TargetGroupArn;
}
