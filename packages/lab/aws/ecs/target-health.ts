import type { Engine } from './engine.ts';
import type { Task } from './state.ts';

/** One target as DescribeTargetHealth of elbv2 shows it. */
export interface TargetHealth {
  readonly id: string;
  readonly port: number;
  readonly state: 'initial' | 'healthy' | 'unhealthy' | 'draining';
  readonly reason?: string;
}

const reasons: Partial<Record<TargetHealth['state'], string>> = {
  initial: 'Elb.RegistrationInProgress',
  unhealthy: 'Target.FailedHealthChecks',
  draining: 'Target.DeregistrationInProgress',
};

export function targetHealth(engine: Engine, targetGroupArn: string): readonly TargetHealth[] {
  return [...engine.realms.values()]
    .flatMap(realm => [...realm.tasks.values()])
    .flatMap(task => {
      const port = portOf(task, targetGroupArn);
      if (port === undefined || task.target === 'none') return [];
      const reason = reasons[task.target];
      return [{ id: task.address, port, state: task.target, ...(reason === undefined ? {} : { reason }) }];
    });
}

function portOf({ rollout }: Task, targetGroupArn: string): number | undefined {
  if (rollout?.revision.targetGroups.includes(targetGroupArn) !== true) return undefined;
  const balancer = rollout.revision.workload.loadBalancers?.find(
    ({ targetGroupArn: main, advancedConfiguration }) =>
      main === targetGroupArn || advancedConfiguration?.alternateTargetGroupArn === targetGroupArn,
  );
  return balancer?.containerPort;
}
