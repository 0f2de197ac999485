import type { Service, ServiceRevision } from '#aws/ecs';
import { AwsCallError } from '#aws/errors';
import type { Finding } from '#core/finding';
import type { EcsContext } from './context.ts';
import { imagesOf } from './definition.ts';
import { primaryOf, revisionArn } from './identity.ts';
import type { ServiceSnapshot } from './snapshot.ts';

export type Observation =
  | { readonly ok: true; readonly services: readonly Service[] }
  | { readonly ok: false; readonly findings: readonly Finding[] };

/** The services as they are; every one that is missing or cannot be deployed this way is named at once. */
export async function observeServices(
  context: Pick<EcsContext, 'ecs'>,
  cluster: string,
  names: readonly string[],
): Promise<Observation> {
  const described = await describeOrMiss(context, cluster, names);
  if ('reason' in described) return { ok: false, findings: [described] };
  const { found, missing } = described;
  const findings = [
    ...missing.map(part => notFound(cluster, part.arn)),
    ...found.flatMap(service => undeployable(service) ?? []),
  ];
  return findings.length > 0 ? { ok: false, findings } : { ok: true, services: found };
}

/** ECS says that a cluster is not there without saying which. */
async function describeOrMiss({ ecs }: Pick<EcsContext, 'ecs'>, cluster: string, names: readonly string[]) {
  try {
    return await ecs.describeServices(cluster, names);
  } catch (error) {
    if (!(error instanceof AwsCallError) || error.code !== 'ClusterNotFoundException') throw error;
    const finding: Finding = {
      reason: 'not-found',
      message: `There is no cluster ${cluster}.`,
      evidence: { cluster },
      next: 'Correct the name, or check that account and region are those of the cluster.',
      where: { kind: 'call', call: error.action },
    };
    return finding;
  }
}

function notFound(cluster: string, arn: string): Finding {
  const service = arn.split('/').at(-1) ?? arn;
  return {
    reason: 'not-found',
    message: `There is no service ${service} in the cluster ${cluster}.`,
    evidence: { cluster, service },
    next: 'Correct the name, or check that account and region are those of the service.',
    where: { kind: 'call', call: 'ecs:DescribeServices' },
  };
}

function undeployable(service: Service): Finding | undefined {
  const name = service.serviceName ?? '';
  const where = { kind: 'call', call: 'ecs:DescribeServices' } as const;
  if (service.status !== 'ACTIVE') {
    const message = `The service ${name} is ${service.status}.`;
    return { reason: 'service-not-active', message, evidence: { service: name, status: service.status ?? '' }, where };
  }
  const controller = service.deploymentController?.type ?? 'ECS';
  if (controller !== 'ECS') {
    const message = `The service ${name} is deployed by the controller ${controller}; this action deploys services of the controller ECS.`;
    return { reason: 'controller-unsupported', message, evidence: { service: name, controller }, where };
  }
  return undefined;
}

/**
 * What runs, or ran before a rollout that is still under way: the last deployment that was completed. A service that has never
 * completed one is left out: there is nothing to come back to.
 */
export async function snapshotServices(
  context: EcsContext,
  services: readonly Service[],
): Promise<readonly ServiceSnapshot[]> {
  const standing = services.flatMap(service => {
    const deployment = completedOf(service);
    return deployment === undefined ? [] : { service, deployment };
  });
  const arns = standing.flatMap(({ service, deployment }) =>
    deployment.id === undefined ? [] : revisionArn(service.serviceArn ?? '', deployment.id),
  );
  const revisions = await context.ecs.describeServiceRevisions(arns);
  return Promise.all(
    standing.map(async ({ service, deployment }) => {
      const taskDefinition = deployment.taskDefinition ?? service.taskDefinition ?? '';
      const revision = revisions.find(candidate =>
        candidate.serviceRevisionArn?.endsWith(`/${deployment.id?.split('/').at(-1)}`),
      );
      const images =
        pinnedImages(revision) ?? imagesOf((await context.ecs.describeTaskDefinition(taskDefinition)).definition);
      return { service: service.serviceName ?? '', taskDefinition, images, desiredCount: service.desiredCount ?? 0 };
    }),
  );
}

function completedOf(service: Service): NonNullable<Service['deployments']>[number] | undefined {
  const primary = primaryOf(service);
  // Behind a Classic Load Balancer there is no rollout state at all.
  if (primary?.rolloutState === undefined || primary.rolloutState === 'COMPLETED') return primary;
  return (service.deployments ?? []).find(({ rolloutState }) => rolloutState === 'COMPLETED');
}

/** `repository@sha256:…` for every container, from the digests that ECS resolved when it deployed the revision. */
function pinnedImages(revision: ServiceRevision | undefined): Readonly<Record<string, string>> | undefined {
  const images = revision?.containerImages;
  if (images === undefined || images.length === 0) return undefined;
  return Object.fromEntries(
    images.map(({ containerName = '', image = '', imageDigest }) => [
      containerName,
      imageDigest === undefined ? image : `${image.replace(/@.*$/, '').replace(/:[^/:]*$/, '')}@${imageDigest}`,
    ]),
  );
}
