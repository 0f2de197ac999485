import type { Engine } from './engine.ts';
import type { TargetState, Task } from './state.ts';

/** One target as DescribeTargetHealth of elbv2 shows it. */
export interface TargetHealth {
  readonly id: string;
  readonly port: number;
  readonly state: Exclude<TargetState, 'none'>;
  readonly reason?: string;
}

const reasons: Partial<Record<TargetState, string>> = {
  initial: 'Elb.RegistrationInProgress',
  unhealthy: 'Target.FailedHealthChecks',
  draining: 'Target.DeregistrationInProgress',
};

/** What the task is to its load balancer from now on; what it was before stays known, for metrics of minutes past. */
export function turnTarget(engine: Engine, task: Task, state: TargetState): void {
  task.target = state;
  task.targetStates.push({ since: engine.clock.now(), state });
}

export function targetAt({ targetStates }: Task, time: number): TargetState {
  return targetStates.findLast(({ since }) => since <= time)?.state ?? 'none';
}

/** The targets of a group at a time: of tasks that ECS still remembers, for an hour after they have stopped. */
export function targetHealth(
  engine: Engine,
  targetGroupArn: string,
  time: number = engine.clock.now(),
): readonly TargetHealth[] {
  return [...engine.realms.values()]
    .flatMap(realm => [...realm.tasks.values()])
    .flatMap(task => {
      const port = portOf(task, targetGroupArn);
      const state = targetAt(task, time);
      if (port === undefined || state === 'none') return [];
      const reason = reasons[state];
      return [{ id: task.address, port, state, ...(reason === undefined ? {} : { reason }) }];
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
