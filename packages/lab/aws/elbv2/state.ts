/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealth.html */
export type TargetState = 'initial' | 'healthy' | 'unhealthy' | 'draining' | 'unused' | 'unavailable';

export interface Target {
  readonly id: string;
  readonly port: number;
  readonly zone?: string;
  readonly state: TargetState;
  /** Reason code and text; those that belong to the state when not said. */
  readonly reason?: string;
  readonly description?: string;
}

/** How a target group checks and drains its targets. Times in ms. */
export interface TargetGroupSettings {
  readonly port: number;
  readonly healthCheckPath: string;
  readonly interval: number;
  readonly unhealthyThreshold: number;
  readonly deregistrationDelay: number;
}

/** What the API gives a new target group of IP addresses: the pages of CreateTargetGroup and of its attributes. */
export const usualSettings: TargetGroupSettings = {
  port: 80,
  healthCheckPath: '/',
  interval: 30_000,
  unhealthyThreshold: 2,
  deregistrationDelay: 300_000,
};

export interface TargetGroup {
  readonly name: string;
  readonly arn: string;
  readonly settings: TargetGroupSettings;
  /** By `id:port`. */
  readonly targets: Map<string, Target>;
  /** Whoever registers targets of its own, asked at every look. */
  readonly sources: (() => readonly Target[])[];
}

export function targetsOf({ targets, sources }: TargetGroup): Target[] {
  return [...targets.values(), ...sources.flatMap(read => read())];
}

export interface LoadBalancer {
  readonly name: string;
  readonly arn: string;
  readonly dnsName: string;
  readonly createdAt: number;
}

export interface Listener {
  readonly arn: string;
  readonly loadBalancerArn: string;
  readonly port: number;
  /** Target group ARN to weight. */
  forward: ReadonlyMap<string, number>;
}

export interface ElbState {
  readonly loadBalancers: Map<string, LoadBalancer>;
  readonly targetGroups: Map<string, TargetGroup>;
  readonly listeners: Map<string, Listener>;
}

/** Reason and description that a load balancer gives with a state, but with `healthy`, which has none. */
export const reasons: Readonly<Record<TargetState, readonly [reason: string, description: string] | undefined>> = {
  healthy: undefined,
  initial: ['Elb.RegistrationInProgress', 'Target registration is in progress'],
  unhealthy: ['Target.FailedHealthChecks', 'Health checks failed'],
  draining: ['Target.DeregistrationInProgress', 'Target deregistration is in progress'],
  unused: ['Target.NotInUse', 'Target group is not configured to receive traffic from the load balancer'],
  unavailable: ['Target.HealthCheckDisabled', 'Health checks are disabled for this target group'],
};
