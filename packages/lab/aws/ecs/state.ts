import type {
  ContainerDefinition,
  CreateServiceRequest,
  DeploymentConfiguration,
  DeploymentLifecycleHook,
  DeploymentLifecycleHookAction,
  DeploymentLifecycleHookStatus,
  HealthStatus,
  RegisterTaskDefinitionRequest,
  Rollback,
  ServiceDeploymentLifecycleStage,
  ServiceDeploymentRollbackMonitorsStatus,
  ServiceDeploymentStatus,
  Tag,
  TaskOverride,
  TaskStopCode,
} from '@aws-sdk/client-ecs';
import type { AppBehaviour } from './behaviour.ts';

/** Everything of one account and region. */
export interface Realm {
  readonly account: string;
  readonly region: string;
  readonly clusters: Map<string, Cluster>;
  /** Revisions of a family in order; revision n is at n − 1. */
  readonly families: Map<string, TaskDefinitionRecord[]>;
  readonly tasks: Map<string, Task>;
  readonly deployments: Map<string, ServiceDeployment>;
  readonly revisions: Map<string, Revision>;
  readonly tokens: Map<string, RunTaskReceipt>;
}

export interface RunTaskReceipt {
  readonly request: string;
  readonly tasks: readonly Task[];
}

export interface Cluster {
  readonly realm: Realm;
  readonly name: string;
  readonly arn: string;
  status: 'ACTIVE' | 'INACTIVE';
  /** By name. A deleted service stays as INACTIVE until one of the same name is created. */
  readonly services: Map<string, Service>;
  /** What the next RunTask calls answer instead of a task, one entry for each task wanted. */
  readonly placementFailures: { reason: string; detail?: string }[];
}

export interface TaskDefinitionRecord {
  readonly arn: string;
  readonly family: string;
  readonly revision: number;
  /** As registered, with members that this SDK does not know. */
  readonly input: RegisterTaskDefinitionRequest;
  readonly registeredAt: number;
  readonly registeredBy: string;
  status: 'ACTIVE' | 'INACTIVE';
  deregisteredAt?: number;
}

/** What a service revision is made of; a change to any of it makes a deployment. */
export type Workload = Pick<
  CreateServiceRequest,
  | 'launchType'
  | 'loadBalancers'
  | 'networkConfiguration'
  | 'platformVersion'
  | 'serviceConnectConfiguration'
  | 'serviceRegistries'
  | 'volumeConfigurations'
  | 'vpcLatticeConfigurations'
>;

export interface Revision {
  readonly arn: string;
  readonly number: string;
  readonly definition: TaskDefinitionRecord;
  readonly workload: Workload;
  readonly createdAt: number;
  /** Digest by container name, as far as they could be resolved. */
  readonly digests: Map<string, string>;
  /** The target groups that this revision's tasks are registered with. */
  readonly targetGroups: readonly string[];
}

/** One entry of `deployments[]` of DescribeServices: `ecs-svc/N`, the tasks of service revision N. */
export interface Rollout {
  readonly id: string;
  readonly revision: Revision;
  readonly createdAt: number;
  updatedAt: number;
  status: 'PRIMARY' | 'ACTIVE' | 'INACTIVE';
  state: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';
  reason: string;
  /** Failed tasks as the breaker counts them. */
  failures: number;
  /** Tasks in a row that never reached RUNNING. */
  startFailures: number;
  /** No task is launched before this time. */
  launchAfter: number;
  /** Percentages of production and test traffic; absent where traffic is not weighted. */
  weights?: { production: number; test: number };
}

export interface Monitor {
  status: ServiceDeploymentRollbackMonitorsStatus;
}

export interface HookRun {
  readonly id: string;
  readonly hook: DeploymentLifecycleHook;
  readonly expiresAt: number;
  readonly timeoutAction: DeploymentLifecycleHookAction;
  status: DeploymentLifecycleHookStatus;
  readonly done: (action: DeploymentLifecycleHookAction, status: DeploymentLifecycleHookStatus) => void;
}

/** The SDK's type of `lifecycleStage` lacks this one, which its documentation lists. */
export type Stage = ServiceDeploymentLifecycleStage | 'PRE_PRODUCTION_TRAFFIC_SHIFT';

export interface ServiceDeployment {
  readonly arn: string;
  readonly service: Service;
  readonly target: Rollout;
  /** The one that carries production traffic is the last. */
  readonly sources: readonly Rollout[];
  /** As it was when the deployment was created. */
  readonly configuration: DeploymentConfiguration;
  readonly createdAt: number;
  updatedAt: number;
  startedAt?: number;
  finishedAt?: number;
  stoppedAt?: number;
  status: ServiceDeploymentStatus;
  reason?: string;
  rollback?: Rollback;
  readonly breaker: Monitor;
  readonly alarms: Monitor & { triggered: string[] };
  stage?: Stage;
  hooks: HookRun[];
  /** What the strategy waits for before it goes on. */
  awaiting?: { condition: 'target-healthy' | 'sources-gone'; proceed: () => void };
  /** Tasks wanted of source and target while a weighted strategy runs. */
  wanted?: { sources: boolean; target: boolean };
  bake: 'ahead' | 'running' | 'done';
  /** Cancellations of everything that would still happen to it. */
  cancellations: (() => void)[];
}

export interface Service {
  readonly realm: Realm;
  readonly cluster: Cluster;
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly createdBy: string;
  readonly controller: 'ECS' | 'CODE_DEPLOY' | 'EXTERNAL';
  status: 'ACTIVE' | 'DRAINING' | 'INACTIVE';
  desiredCount: number;
  definition: TaskDefinitionRecord;
  workload: Workload;
  configuration: DeploymentConfiguration;
  /** Members of the service that change nothing here and are answered as they were given. */
  kept: Partial<CreateServiceRequest>;
  tags: Tag[];
  /** Oldest first, the inactive ones too. */
  readonly rollouts: Rollout[];
  /** Oldest first. */
  readonly deployments: ServiceDeployment[];
  /** Where a failed deployment goes back to: absent before the first completed one and while a rollback runs. */
  completed?: Rollout;
  /** Newest first. */
  readonly events: { id: string; createdAt: number; message: string }[];
  /** Tasks that have not reached STOPPED. */
  readonly tasks: Set<Task>;
  steady: boolean;
  reconciling: 'no' | 'running' | 'again';
  /** After early success the kept source tasks stay until then. */
  keepSourcesUntil: number;
}

export type TaskStatus =
  | 'PROVISIONING'
  | 'PENDING'
  | 'ACTIVATING'
  | 'RUNNING'
  | 'DEACTIVATING'
  | 'STOPPING'
  | 'DEPROVISIONING'
  | 'STOPPED';

export interface TaskContainer {
  readonly id: string;
  readonly definition: ContainerDefinition;
  readonly essential: boolean;
  behaviour?: AppBehaviour;
  /** How often this image has been started in this world, this start included. */
  start: number;
  digest?: string;
  lastStatus: 'PENDING' | 'RUNNING' | 'STOPPED';
  exitCode?: number;
  reason?: string;
  health: HealthStatus;
}

/** What the owner of a task is told. `stopping`: it will not come back; `stopped`: it is gone. */
export type TaskEvent =
  | { readonly kind: 'running' | 'healthy' | 'stopping' | 'stopped' }
  | { readonly kind: 'unhealthy'; readonly by: 'container' | 'target' };

export type TargetState = 'none' | 'initial' | 'healthy' | 'unhealthy' | 'draining';

export interface Task {
  readonly realm: Realm;
  readonly cluster: Cluster;
  readonly id: string;
  readonly arn: string;
  readonly definition: TaskDefinitionRecord;
  readonly group: string;
  readonly startedBy?: string;
  readonly rollout?: Rollout;
  readonly service?: Service;
  readonly launchType: string;
  readonly overrides: TaskOverride;
  readonly tags: readonly Tag[];
  readonly address: string;
  readonly createdAt: number;
  readonly containers: readonly TaskContainer[];
  readonly observe: (event: TaskEvent, task: Task) => void;
  desiredStatus: 'RUNNING' | 'STOPPED';
  lastStatus: TaskStatus;
  /** Counts towards the minimum healthy percent. */
  healthy: boolean;
  /** Has counted towards it at some time. */
  wasHealthy: boolean;
  target: TargetState;
  /** What it has been to its load balancer, and since when; `turnTarget` writes it. */
  readonly targetStates: { readonly since: number; readonly state: TargetState }[];
  version: number;
  pullStartedAt?: number;
  pullStoppedAt?: number;
  startedAt?: number;
  stoppingAt?: number;
  executionStoppedAt?: number;
  stoppedAt?: number;
  stopCode?: TaskStopCode;
  stoppedReason?: string;
  cancellations: (() => void)[];
}
