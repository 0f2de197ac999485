import type { Ecs, Service, ServiceDeployment } from '#aws/ecs';
import type { Clock } from '#core/clock';

/** The deployment that new tasks belong to. Its id, `ecs-svc/N`, carries the number of its service revision. */
export function primaryOf(service: Service): NonNullable<Service['deployments']>[number] | undefined {
  return (service.deployments ?? []).find(deployment => deployment.status === 'PRIMARY');
}

/** Before its end, and before anybody asked for it to stop or go back. */
export function isUnderWay({ status }: ServiceDeployment): boolean {
  return status === 'PENDING' || status === 'IN_PROGRESS';
}

/** `arn:…:service-revision/cluster/service/N` from the service and its deployment id. */
export function revisionArn(serviceArn: string, deploymentId: string): string {
  return `${serviceArn.replace(':service/', ':service-revision/')}/${numberOf(deploymentId)}`;
}

/** ListServiceDeployments lags behind UpdateService: how often and how long it is asked again, in ms. */
const lag = { pause: 2_000, patience: 60_000 } as const;

/**
 * The service deployment that belongs to a PRIMARY deployment id. `currentServiceDeployment` names it in most answers; the list does
 * otherwise, late. Undefined when ECS does not show it within a minute.
 */
export async function findServiceDeployment(
  ecs: Ecs,
  clock: Clock,
  service: Service,
  deploymentId: string,
): Promise<ServiceDeployment | undefined> {
  const started = clock.now();
  const named = service.currentServiceDeployment;
  for (;;) {
    const candidates = named !== undefined && clock.now() === started ? [named] : await recentDeployments(ecs, service);
    const found = (await ecs.describeServiceDeployments(candidates)).find(candidate =>
      leadsTo(candidate, deploymentId),
    );
    if (found !== undefined) return found;
    if (clock.now() - started >= lag.patience) return undefined;
    await clock.sleep(lag.pause);
  }
}

/** The newest few are enough: ours has only just been made. */
async function recentDeployments(ecs: Ecs, service: Service): Promise<string[]> {
  const briefs = await ecs.listServiceDeployments(service.clusterArn ?? '', service.serviceArn ?? '');
  return briefs
    .toSorted((one, other) => (other.createdAt?.getTime() ?? 0) - (one.createdAt?.getTime() ?? 0))
    .slice(0, 10)
    .flatMap(brief => brief.serviceDeploymentArn ?? []);
}

function leadsTo(deployment: ServiceDeployment, deploymentId: string): boolean {
  return deployment.targetServiceRevision?.arn?.endsWith(`/${numberOf(deploymentId)}`) ?? false;
}

function numberOf(deploymentId: string): string {
  return deploymentId.replace(/^ecs-svc\//, '');
}

/** A deployment of the same service that began after this one; null when there is none. */
export async function findNewer(ecs: Ecs, deployment: ServiceDeployment): Promise<string | null> {
  const { clusterArn = '', serviceArn = '', createdAt } = deployment;
  const briefs = await ecs.listServiceDeployments(clusterArn, serviceArn, createdAt);
  const newer = briefs.filter(
    brief =>
      brief.serviceDeploymentArn !== deployment.serviceDeploymentArn &&
      (brief.createdAt?.getTime() ?? 0) >= (createdAt?.getTime() ?? 0),
  );
  return newer[0]?.serviceDeploymentArn ?? null;
}
