import { arns } from './arn.ts';
import { currentDeployment, isOver, primaryOf } from './counts.ts';
import type { Engine } from './engine.ts';
import type { Revision, Rollout, Service, ServiceDeployment } from './state.ts';
import { deploymentTexts } from './texts.ts';

/** A new service revision of what the service is now, as its PRIMARY, and the service deployment that carries it. */
export function openDeployment(engine: Engine, service: Service): ServiceDeployment {
  const sources = sourcesOf(service);
  const target = newRollout(engine, service);
  const now = engine.clock.now();
  const deployment: ServiceDeployment = {
    arn: arns.serviceDeployment(
      service.realm,
      service.cluster.name,
      service.name,
      engine.ids.token('service-deployment', 21),
    ),
    service,
    target,
    sources,
    configuration: structuredClone(service.configuration),
    createdAt: now,
    updatedAt: now,
    status: 'PENDING',
    breaker: { status: 'DISABLED' },
    alarms: { status: 'DISABLED', triggered: [] },
    hooks: [],
    bake: 'ahead',
    cancellations: [],
  };
  service.deployments.push(deployment);
  service.realm.deployments.set(deployment.arn, deployment);
  return deployment;
}

/** What runs now; last the one that carries the production traffic: the completed one, or else the newest. */
function sourcesOf(service: Service): Rollout[] {
  const running = service.rollouts.filter(rollout => rollout.status !== 'INACTIVE');
  return running.sort((a, b) => Number(a === service.completed) - Number(b === service.completed));
}

/** A rollout that becomes PRIMARY; the one before it goes on as ACTIVE. */
export function newRollout(engine: Engine, service: Service): Rollout {
  const primary = primaryOf(service);
  const revision = newRevision(engine, service, primary);
  const now = engine.clock.now();
  const id = `ecs-svc/${revision.number}`;
  const rollout: Rollout = {
    id,
    revision,
    createdAt: now,
    updatedAt: now,
    status: 'PRIMARY',
    state: 'IN_PROGRESS',
    reason: deploymentTexts.inProgress(id),
    failures: 0,
    startFailures: 0,
    launchAfter: 0,
  };
  if (primary !== undefined) {
    primary.status = 'ACTIVE';
    primary.updatedAt = now;
  }
  service.rollouts.push(rollout);
  service.steady = false;
  return rollout;
}

function newRevision(engine: Engine, service: Service, source?: Rollout): Revision {
  const number = engine.ids.decimal('revision');
  const revision: Revision = {
    arn: arns.serviceRevision(service.realm, service.cluster.name, service.name, number),
    number,
    definition: service.definition,
    workload: structuredClone(service.workload),
    createdAt: engine.clock.now(),
    digests: new Map(),
    targetGroups: targetGroupsOf(service, source?.revision),
  };
  service.realm.revisions.set(revision.arn, revision);
  return revision;
}

/** Rolling updates share a target group; blue and green take turns with its alternate. */
function targetGroupsOf(service: Service, source?: Revision): readonly string[] {
  const weighted = (service.configuration.strategy ?? 'ROLLING') !== 'ROLLING';
  return (service.workload.loadBalancers ?? []).flatMap(({ targetGroupArn, advancedConfiguration }) => {
    if (targetGroupArn === undefined) return [];
    const alternate = advancedConfiguration?.alternateTargetGroupArn;
    return weighted && alternate !== undefined && source?.targetGroups.includes(targetGroupArn) === true
      ? [alternate]
      : [targetGroupArn];
  });
}

/** The deployment of the service that is not over yet. */
export function ongoing(service: Service): ServiceDeployment | undefined {
  const deployment = currentDeployment(service);
  return deployment === undefined || isOver(deployment) ? undefined : deployment;
}
