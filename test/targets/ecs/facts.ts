import type { ServiceDeployment } from '#aws/ecs';
import type { RolloutFacts } from '#targets/ecs/judge';
import type { FailureKind, TaskFailure } from '#targets/ecs/task-failure';

export const START = Date.parse('2026-11-02T12:00:00.000Z');
export const MINUTE = 60_000;

/** `2/3` new tasks run of those that are asked for, with `old` ones still there. */
export function deploymentOf(
  status: ServiceDeployment['status'],
  counts = '1/3',
  change: Partial<ServiceDeployment> = {},
  old = 0,
): ServiceDeployment {
  const [running = 0, requested = 0] = counts.split('/').map(Number);
  const arn = 'arn:aws:ecs:eu-west-1:1:service-revision/main/api/2';
  return {
    status,
    serviceDeploymentArn: 'arn:aws:ecs:eu-west-1:1:service-deployment/main/api/d2',
    targetServiceRevision: {
      arn,
      requestedTaskCount: requested,
      runningTaskCount: running,
      pendingTaskCount: Math.max(0, requested - running),
    },
    sourceServiceRevisions:
      old === 0 ? [] : [{ arn, requestedTaskCount: old, runningTaskCount: old, pendingTaskCount: 0 }],
    ...change,
  };
}

export function failure(kind: FailureKind, index = 0): TaskFailure {
  return { task: `arn:task/${index}`, kind, stoppedReason: `${kind} happened`, stoppedAt: START + index };
}

export function failures(kind: FailureKind, count: number): readonly TaskFailure[] {
  return Array.from({ length: count }, (_, index) => failure(kind, index));
}

export function factsOf(deployment: ServiceDeployment, change: Partial<RolloutFacts> = {}): RolloutFacts {
  return {
    service: 'api',
    deployment,
    failures: [],
    newer: undefined,
    now: START + 5 * MINUTE,
    deadline: START + 30 * MINUTE,
    successSince: undefined,
    ...change,
  };
}
