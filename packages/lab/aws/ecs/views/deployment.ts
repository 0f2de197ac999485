import type {
  DeploymentLifecycleHookDetail,
  ServiceDeploymentBrief,
  ServiceDeployment as ServiceDeploymentView,
  ServiceRevisionSummary,
  ServiceRevision as ServiceRevisionView,
} from '@aws-sdk/client-ecs';
import { thresholdOf } from '../breaker.ts';
import { isPending, isRunning, tasksOf } from '../counts.ts';
import { repositoryOf } from '../images.ts';
import type { HookRun, Revision, Rollout, Service, ServiceDeployment, Stage } from '../state.ts';
import { requested } from './service.ts';
import { date, when } from './task.ts';

type View = Omit<ServiceDeploymentView, 'lifecycleStage'> & { lifecycleStage?: Stage };

export function deploymentView(deployment: ServiceDeployment): View {
  const { service, target, sources, breaker, alarms, configuration, reason, rollback, stage } = deployment;
  return {
    ...times(deployment),
    updatedAt: date(deployment.updatedAt),
    serviceDeploymentArn: deployment.arn,
    serviceArn: service.arn,
    clusterArn: service.cluster.arn,
    ...when('stoppedAt', deployment.stoppedAt),
    sourceServiceRevisions: sources.map(source => summary(service, source)),
    targetServiceRevision: summary(service, target),
    status: deployment.status,
    ...(reason === undefined ? {} : { statusReason: reason }),
    ...(stage === undefined ? {} : { lifecycleStage: stage }),
    ...(deployment.hooks.length === 0 ? {} : { lifecycleHookDetails: deployment.hooks.map(hookView) }),
    deploymentConfiguration: {
      minimumHealthyPercent: 100,
      maximumPercent: 200,
      strategy: 'ROLLING',
      ...configuration,
    },
    ...(rollback === undefined ? {} : { rollback }),
    deploymentCircuitBreaker: {
      status: breaker.status,
      failureCount: breaker.status === 'DISABLED' ? 0 : target.failures,
      threshold: thresholdOf(configuration.deploymentCircuitBreaker, service.desiredCount),
    },
    alarms: {
      status: alarms.status,
      alarmNames: configuration.alarms?.alarmNames ?? [],
      triggeredAlarmNames: alarms.triggered,
    },
  };
}

export function deploymentBrief(deployment: ServiceDeployment): ServiceDeploymentBrief {
  return {
    ...times(deployment),
    serviceDeploymentArn: deployment.arn,
    serviceArn: deployment.service.arn,
    clusterArn: deployment.service.cluster.arn,
    targetServiceRevisionArn: deployment.target.revision.arn,
    status: deployment.status,
    ...(deployment.reason === undefined ? {} : { statusReason: deployment.reason }),
  };
}

const times = ({ createdAt, startedAt, finishedAt }: ServiceDeployment) => ({
  createdAt: date(createdAt),
  ...when('startedAt', startedAt),
  ...when('finishedAt', finishedAt),
});

function summary(service: Service, rollout: Rollout): ServiceRevisionSummary {
  const tasks = tasksOf(service, rollout);
  return {
    arn: rollout.revision.arn,
    requestedTaskCount: requested(service, rollout),
    runningTaskCount: tasks.filter(isRunning).length,
    pendingTaskCount: tasks.filter(isPending).length,
    ...(rollout.weights === undefined
      ? {}
      : {
          requestedProductionTrafficWeight: rollout.weights.production,
          requestedTestTrafficWeight: rollout.weights.test,
        }),
  };
}

function hookView({ id, hook, status, expiresAt, timeoutAction }: HookRun): DeploymentLifecycleHookDetail {
  return {
    hookId: id,
    targetType: hook.targetType ?? 'AWS_LAMBDA',
    ...(hook.hookTargetArn === undefined ? {} : { targetArn: hook.hookTargetArn }),
    status,
    expiresAt: date(expiresAt),
    timeoutAction,
  };
}

export function revisionView(service: Service, revision: Revision): ServiceRevisionView {
  const { workload, definition } = revision;
  return {
    serviceRevisionArn: revision.arn,
    serviceArn: service.arn,
    clusterArn: service.cluster.arn,
    taskDefinition: definition.arn,
    launchType: workload.launchType ?? 'FARGATE',
    platformVersion: '1.4.0',
    platformFamily: 'Linux',
    loadBalancers: workload.loadBalancers ?? [],
    ...(workload.networkConfiguration === undefined ? {} : { networkConfiguration: workload.networkConfiguration }),
    containerImages: (definition.input.containerDefinitions ?? []).map(({ name = '', image = '' }) => {
      const imageDigest = revision.digests.get(name);
      return imageDigest === undefined
        ? { containerName: name, image }
        : { containerName: name, image: pinned(image, imageDigest), imageDigest };
    }),
    guardDutyEnabled: false,
    createdAt: date(revision.createdAt),
  };
}

const pinned = (image: string, digest: string): string =>
  image.includes('@') ? image : `${repositoryOf(image)}@${digest}`;
