import type { DeploymentCircuitBreaker } from '@aws-sdk/client-ecs';
import { invalidParameter } from './errors.ts';
import type { Task } from './state.ts';
import { hasChecks } from './task-run.ts';

/**
 * Failed tasks that trip the breaker, at the service's latest desired count. "Deployment circuit breaker": a percentage
 * is rounded up; BOUNDED_PERCENT (50 % by default) is kept between 3 and 200.
 */
export function thresholdOf(breaker: DeploymentCircuitBreaker | undefined, desiredCount: number): number {
  const { type = 'BOUNDED_PERCENT', value = 50 } = breaker?.thresholdConfiguration ?? {};
  const share = Math.ceil((desiredCount * value) / 100);
  switch (type) {
    case 'COUNT':
      return value;
    case 'UNBOUNDED_PERCENT':
      return Math.max(1, share);
    case 'BOUNDED_PERCENT':
      return Math.min(200, Math.max(3, share));
    default:
      throw invalidParameter(`Invalid threshold type: ${String(type)}`);
  }
}

/**
 * A task that ended counts when it never ran, or was stopped for its health checks, or exited before its first healthy
 * check. One that had no health check at all and ran does not: that crash loop may go on for ever.
 */
export function countsAsFailure(task: Task): boolean {
  switch (task.stopCode) {
    case 'TaskFailedToStart':
      return true;
    case 'EssentialContainerExited':
      return task.startedAt === undefined || (hasChecks(task) && !task.wasHealthy);
    case 'ServiceSchedulerInitiated':
      return task.stoppedReason?.includes('health checks') === true;
    default:
      return false;
  }
}
