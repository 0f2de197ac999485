import type { Deployment, Service as ServiceView } from '@aws-sdk/client-ecs';
import { currentDeployment, isPending, isRunning, primaryOf, tasksOf, wantedTasks } from '../counts.ts';
import type { Engine } from '../engine.ts';
import type { Rollout, Service } from '../state.ts';
import { date } from './task.ts';

export function serviceView(engine: Engine, service: Service, withTags = false): ServiceView {
  const tasks = tasksOf(service);
  const isEcs = service.controller === 'ECS';
  return {
    serviceArn: service.arn,
    serviceName: service.name,
    clusterArn: service.cluster.arn,
    loadBalancers: [],
    serviceRegistries: [],
    status: service.status,
    desiredCount: service.desiredCount,
    runningCount: tasks.filter(isRunning).length,
    pendingCount: tasks.filter(isPending).length,
    launchType: 'FARGATE',
    platformVersion: 'LATEST',
    platformFamily: 'Linux',
    ...kept(service),
    ...workloadView(service),
    taskDefinition: service.definition.arn,
    deploymentConfiguration: {
      ...service.configuration,
      minimumHealthyPercent: service.configuration.minimumHealthyPercent ?? 100,
      maximumPercent: service.configuration.maximumPercent ?? 200,
      ...(isEcs ? { strategy: service.configuration.strategy ?? 'ROLLING' } : {}),
    },
    deployments: isEcs ? deploymentViews(service) : [],
    events: service.events.map(({ id, createdAt, message }) => ({ id, createdAt: date(createdAt), message })),
    createdAt: date(service.createdAt),
    ...(isEcs ? current(engine, service) : {}),
    placementConstraints: [],
    placementStrategy: [],
    schedulingStrategy: 'REPLICA',
    deploymentController: { type: service.controller },
    ...(withTags ? { tags: service.tags } : {}),
    createdBy: service.createdBy,
    enableECSManagedTags: service.kept.enableECSManagedTags ?? false,
    propagateTags: service.kept.propagateTags ?? 'NONE',
    enableExecuteCommand: service.kept.enableExecuteCommand ?? false,
    availabilityZoneRebalancing: service.kept.availabilityZoneRebalancing ?? 'ENABLED',
  };
}

function kept({ kept: given }: Service): Partial<ServiceView> {
  const { healthCheckGracePeriodSeconds } = given;
  return healthCheckGracePeriodSeconds === undefined ? {} : { healthCheckGracePeriodSeconds };
}

function workloadView({ workload }: Service): Partial<ServiceView> {
  const { launchType, platformVersion, loadBalancers, networkConfiguration, serviceRegistries } = workload;
  return {
    ...(launchType === undefined ? {} : { launchType }),
    ...(platformVersion === undefined ? {} : { platformVersion }),
    ...(loadBalancers === undefined ? {} : { loadBalancers }),
    ...(networkConfiguration === undefined ? {} : { networkConfiguration }),
    ...(serviceRegistries === undefined ? {} : { serviceRegistries }),
  };
}

/** `currentServiceDeployment` is in most answers, not in all: the setting says when. */
function current(engine: Engine, service: Service): Partial<ServiceView> {
  const deployment = currentDeployment(service);
  const habit = engine.settings.currentServiceDeployment;
  const age = deployment === undefined ? 0 : engine.clock.now() - deployment.createdAt;
  const named = habit === 'always' || (habit !== 'never' && age >= habit);
  return {
    ...(deployment !== undefined && named ? { currentServiceDeployment: deployment.arn } : {}),
    currentServiceRevisions: shown(service).map(rollout => ({
      arn: rollout.revision.arn,
      requestedTaskCount: requested(service, rollout),
      runningTaskCount: tasksOf(service, rollout).filter(isRunning).length,
      pendingTaskCount: tasksOf(service, rollout).filter(isPending).length,
    })),
  };
}

/** PRIMARY first, then the ACTIVE ones, newest first. */
const shown = (service: Service): Rollout[] =>
  service.rollouts
    .filter(rollout => rollout.status !== 'INACTIVE')
    .sort((a, b) => Number(b.status === 'PRIMARY') - Number(a.status === 'PRIMARY') || b.createdAt - a.createdAt);

export const requested = (service: Service, rollout: Rollout): number =>
  rollout === primaryOf(service) && rollout.state !== 'FAILED'
    ? service.desiredCount
    : wantedTasks(service, rollout).length;

function deploymentViews(service: Service): Deployment[] {
  const classic =
    service.workload.loadBalancers?.some(({ loadBalancerName }) => loadBalancerName !== undefined) === true;
  return shown(service).map(rollout => {
    const tasks = tasksOf(service, rollout);
    const { workload } = rollout.revision;
    return {
      id: rollout.id,
      status: rollout.status,
      taskDefinition: rollout.revision.definition.arn,
      desiredCount: requested(service, rollout),
      pendingCount: tasks.filter(isPending).length,
      runningCount: tasks.filter(isRunning).length,
      failedTasks: rollout.failures,
      createdAt: date(rollout.createdAt),
      updatedAt: date(rollout.updatedAt),
      launchType: workload.launchType ?? 'FARGATE',
      platformVersion: '1.4.0',
      platformFamily: 'Linux',
      ...(workload.networkConfiguration === undefined ? {} : { networkConfiguration: workload.networkConfiguration }),
      ...(classic ? {} : { rolloutState: rollout.state, rolloutStateReason: rollout.reason }),
    };
  });
}
