import type {
  ContainerDefinition,
  CreateServiceRequest,
  DeploymentConfiguration,
  Service,
  ServiceDeployment,
  Task,
} from '@aws-sdk/client-ecs';
import type { AppBehaviour, PullFailure } from '../../../packages/lab/aws/ecs/behaviour.ts';
import { createEcs } from '../../../packages/lab/aws/ecs/ecs.ts';
import type { AlarmState } from '../../../packages/lab/aws/ecs/ports.ts';
import type { EcsSettings } from '../../../packages/lab/aws/ecs/settings.ts';
import { NotModelled } from '../../../packages/lab/wire/not-modelled.ts';
import type { Call } from '../../../packages/lab/wire/service.ts';
import { ServiceError } from '../../../packages/lab/wire/service.ts';
import { manualClock, START } from './manual-clock.ts';

export const place = { account: '333333333333', region: 'ap-southeast-2' };
export const api = { ...place, cluster: 'prod', service: 'api' };
export const repository = `${place.account}.dkr.ecr.${place.region}.amazonaws.com/api`;
export const targetGroup = `arn:aws:elasticloadbalancing:${place.region}:${place.account}:targetgroup/api/1`;
export const greenGroup = `arn:aws:elasticloadbalancing:${place.region}:${place.account}:targetgroup/api-green/2`;
export const second = 1_000;
export const minute = 60 * second;

export const digestOf = (version: string): string => `sha256:${Buffer.from(version).toString('hex').padEnd(64, '0')}`;

export interface WorldOptions {
  readonly settings?: Partial<EcsSettings>;
  /** Lab time at the beginning. */
  readonly start?: number;
}

/** One account with a cluster `prod`, a log group, two target groups, and images that `push` declares. */
export function ecsWorld({ settings = {}, start = START }: WorldOptions = {}) {
  const clock = manualClock(start);
  const tags = new Map<string, string>();
  const behaviours = new Map<string, AppBehaviour>();
  const failures = new Map<string, PullFailure>();
  const logs: { stream: string; time: number; message: string }[] = [];
  const groups = new Set(['/ecs/api']);
  const alarms = new Map<string, AlarmState>();
  const watchers: { name: string; changed: (state: AlarmState) => void }[] = [];

  const { service, world } = createEcs({
    clock,
    settings,
    behaviour: digest => {
      const behaviour = behaviours.get(digest);
      if (behaviour === undefined) throw new Error(`nobody said what ${digest} does`);
      return behaviour;
    },
    images: {
      resolve: (_account, _region, reference) => {
        const [name = '', pinned] = reference.split('@');
        const tag = name.slice(repository.length + 1);
        const failure = failures.get(tag);
        if (failure !== undefined) return { failure };
        const digest = pinned ?? tags.get(tag);
        return digest !== undefined && behaviours.has(digest) ? { digest } : { failure: 'not-found' };
      },
    },
    logs: {
      groupExists: (_account, _region, group) => groups.has(group),
      createGroup: (_account, _region, group) => {
        groups.add(group);
      },
      append: (_account, _region, _group, stream, time, message) => {
        logs.push({ stream, time, message });
      },
    },
    alarms: {
      state: (_account, _region, name) => alarms.get(name),
      watch: (_account, _region, name, changed) => {
        const watcher = { name, changed };
        watchers.push(watcher);
        return () => {
          watchers.splice(watchers.indexOf(watcher), 1);
        };
      },
    },
    targets: {
      group: arn =>
        [targetGroup, greenGroup].includes(arn)
          ? { interval: 10_000, unhealthyThreshold: 3, deregistrationDelay: 10_000 }
          : undefined,
    },
  });
  world.createCluster(place, 'prod');

  /** Calls an operation as the wire layer would. */
  function call<Output = Record<string, never>>(operation: string, input: object): Output {
    const behaviour = service.operations[operation];
    if (behaviour === undefined) throw new Error(`${operation} is not modelled`);
    const context: Call = { now: clock.now(), ...place, principal: `arn:aws:iam::${place.account}:role/release` };
    // The wire layer hands over what its schema let through; here the test does.
    return behaviour(input as never, context) as Output;
  }

  /** The error of a call that must be refused, as `Code: message`. */
  function refusal(operation: string, input: object): string {
    try {
      call(operation, input);
    } catch (error) {
      if (error instanceof ServiceError) return `${error.code}: ${error.message}`;
      if (error instanceof NotModelled) return `NotModelled: ${error.message}`;
      throw error;
    }
    throw new Error(`${operation} was not refused`);
  }

  function push(version: string, behaviour: Omit<AppBehaviour, 'version'> = {}, tag = version): string {
    const digest = digestOf(version);
    tags.set(tag, digest);
    behaviours.set(digest, { version, ...behaviour });
    return digest;
  }

  const register = (tag: string, container: Partial<ContainerDefinition> = {}): string =>
    world.registerTaskDefinition(place, definition(tag, container));

  function steady(
    version = 'v1',
    input: Partial<CreateServiceRequest> = {},
    behaviour: Omit<AppBehaviour, 'version'> = {},
  ) {
    push(version, behaviour);
    world.steadyService(place, { ...serviceInput(register(version)), ...input });
  }

  const update = (change: object): Service =>
    call<{ service: Service }>('UpdateService', { cluster: 'prod', service: 'api', ...change }).service;

  /** Registers the image's definition and deploys it; returns the ARN of the service deployment. */
  function deploy(tag: string, change: object = {}, container: Partial<ContainerDefinition> = {}): string {
    return update({ taskDefinition: register(tag, container), ...change }).currentServiceDeployment ?? '';
  }

  const describe = (): Service =>
    call<{ services: Service[] }>('DescribeServices', { cluster: 'prod', services: ['api'] }).services[0] ?? {};

  const deployment = (arn: string): ServiceDeployment =>
    call<{ serviceDeployments: ServiceDeployment[] }>('DescribeServiceDeployments', { serviceDeploymentArns: [arn] })
      .serviceDeployments[0] ?? {};

  const reaches = (arn: string, status: string, limit?: number): ServiceDeployment => {
    clock.until(() => deployment(arn).status === status, limit);
    return deployment(arn);
  };

  function tasks(filter: object): Task[] {
    const { taskArns } = call<{ taskArns: string[] }>('ListTasks', { cluster: 'prod', ...filter });
    if (taskArns.length === 0) return [];
    return call<{ tasks: Task[] }>('DescribeTasks', { cluster: 'prod', tasks: taskArns }).tasks;
  }

  return {
    clock,
    service,
    world,
    logs,
    groups,
    call,
    refusal,
    push,
    register,
    steady,
    update,
    deploy,
    describe,
    deployment,
    reaches,
    tasks,
    stopped: () => tasks({ serviceName: 'api', desiredStatus: 'STOPPED' }),
    running: () => tasks({ serviceName: 'api' }),
    events: () => (describe().events ?? []).map(({ message }) => message),
    breakPull: (tag: string, failure: PullFailure) => failures.set(tag, failure),
    setAlarm: (name: string, state: AlarmState) => {
      alarms.set(name, state);
      for (const watcher of [...watchers]) if (watcher.name === name) watcher.changed(state);
    },
    watched: () => watchers.map(({ name }) => name),
  };
}

export function definition(tag: string, container: Partial<ContainerDefinition> = {}) {
  return {
    family: 'api',
    networkMode: 'awsvpc' as const,
    requiresCompatibilities: ['FARGATE' as const],
    cpu: '256',
    memory: '512',
    executionRoleArn: `arn:aws:iam::${place.account}:role/execution`,
    containerDefinitions: [
      {
        name: 'api',
        image: tag.startsWith('sha256:') ? `${repository}@${tag}` : `${repository}:${tag}`,
        essential: true,
        portMappings: [{ containerPort: 8080 }],
        logConfiguration: {
          logDriver: 'awslogs' as const,
          options: {
            'awslogs-group': '/ecs/api',
            'awslogs-region': place.region,
            'awslogs-stream-prefix': 'api',
          },
        },
        ...container,
      },
    ],
  };
}

export const network = { awsvpcConfiguration: { subnets: ['subnet-1'], securityGroups: ['sg-1'] } };

export const serviceInput = (taskDefinition: string): CreateServiceRequest => ({
  cluster: 'prod',
  serviceName: 'api',
  taskDefinition,
  desiredCount: 2,
  launchType: 'FARGATE',
  networkConfiguration: network,
});

export const balanced = {
  loadBalancers: [{ targetGroupArn: targetGroup, containerName: 'api', containerPort: 8080 }],
};

export const healthCheck = { healthCheck: { command: ['CMD-SHELL', 'curl -f localhost'], interval: 10, retries: 3 } };

export const breaker = (rollback: boolean, rest: object = {}): DeploymentConfiguration => ({
  deploymentCircuitBreaker: { enable: true, rollback, ...rest },
});
