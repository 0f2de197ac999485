import type { CreateServiceRequest, RegisterTaskDefinitionRequest, UpdateServiceRequest } from '@aws-sdk/client-ecs';
import { currentDeployment, wantedTasks } from './counts.ts';
import { type Engine, realmOf } from './engine.ts';
import { theCluster, theService } from './lookups.ts';
import { createCluster } from './operations/clusters.ts';
import type { PastClock } from './past.ts';
import { type FailureCause, fail } from './service-deployments.ts';
import { createService, updateService } from './services.ts';
import type { EcsSettings } from './settings.ts';
import { settle } from './settle.ts';
import type { Service, Task } from './state.ts';
import { type TargetHealth, targetHealth } from './target-health.ts';
import { register } from './task-definitions.ts';
import { endTask } from './task-end.ts';
import type { Application, Traffic } from './traffic.ts';

export interface Place {
  readonly account: string;
  readonly region: string;
}

export interface ServicePlace extends Place {
  readonly cluster: string;
  readonly service: string;
}

/** What a scenario can do to the world besides calling ECS: prepare it, and let things happen to it. */
export interface EcsWorld {
  readonly settings: EcsSettings;
  createCluster(place: Place, name: string): void;
  /** Registers a task definition and returns its ARN. */
  registerTaskDefinition(place: Place, input: RegisterTaskDefinitionRequest): string;
  /** A service that has been there for a while: all tasks healthy, its first deployment SUCCESSFUL an hour ago. */
  steadyService(place: Place, input: CreateServiceRequest): Service;
  /** A service made just now: its first deployment begins. */
  newService(place: Place, input: CreateServiceRequest): Service;
  /** Somebody else calls UpdateService. */
  updateService(place: ServicePlace, change: Omit<UpdateServiceRequest, 'service' | 'cluster'>): void;
  /** The n-th wanted task of the service exits with the code, out of the blue. */
  killTask(place: ServicePlace, nth?: number, exitCode?: number): void;
  /** The present deployment of the service fails as if ECS had noticed it by that. */
  failDeployment(place: ServicePlace, cause?: FailureCause): void;
  /** What the next RunTask calls answer instead of tasks: `{ reason: 'RESOURCE:MEMORY' }`, capacity messages … */
  failPlacements(place: Place, cluster: string, failures: readonly { reason: string; detail?: string }[]): void;
  /** What the Lambda function of lifecycle hooks answers, call by call; the last one from then on. */
  answerHooks(functionArn: string, answers: readonly ('SUCCEEDED' | 'FAILED' | 'IN_PROGRESS')[]): void;
  /** The live record, for expectations of a scenario. */
  service(place: ServicePlace): Service;
  /** Tasks of the service that ECS still remembers: those that run, and those that stopped within the last hour. */
  tasksOf(place: ServicePlace): readonly Task[];
  /** Targets that ECS has registered with the target group, now or at a time of the last hour. */
  targetHealth(targetGroupArn: string, time?: number): readonly TargetHealth[];
  /** Requests to `host` reach the service. `test`: through the test listener. */
  expose(host: string, place: ServicePlace, traffic?: Traffic): void;
  application(host: string): Application | undefined;
}

export function createWorld(engine: Engine, clock: PastClock): EcsWorld {
  const applications = new Map<string, { place: ServicePlace; application?: Application; traffic: Traffic }>();
  const realm = ({ account, region }: Place) => realmOf(engine, account, region);
  const find = (place: ServicePlace): Service => theService(theCluster(realm(place), place.cluster), place.service);

  return {
    settings: engine.settings,
    createCluster: (place, name) => {
      createCluster(realm(place), name);
    },
    registerTaskDefinition: (place, input) =>
      register(realm(place), input, { now: engine.clock.now(), principal: rootOf(place) }).arn,
    steadyService: (place, input) => {
      const cluster = createCluster(realm(place), input.cluster ?? 'default');
      return settle(engine, clock, cluster, input, rootOf(place));
    },
    newService: (place, input) =>
      createService(engine, createCluster(realm(place), input.cluster ?? 'default'), input, rootOf(place)),
    updateService: (place, change) => updateService(engine, find(place), { ...change, service: place.service }),
    killTask: (place, nth = 1, exitCode = 137) => {
      const task = theNth(wantedTasks(find(place)), nth, place.service);
      const container = task.containers.find(each => each.essential);
      endTask(engine, task, {
        code: 'EssentialContainerExited',
        reason: 'Essential container in task exited',
        ...(container === undefined ? {} : { exited: { container, exitCode } }),
      });
    },
    failDeployment: (place, cause = 'breaker') => {
      const deployment = currentDeployment(find(place));
      if (deployment === undefined) throw new Error(`${place.service} has no deployment that could fail`);
      fail(engine, deployment, cause);
      engine.wake(deployment.service);
    },
    failPlacements: (place, cluster, failures) => {
      theCluster(realm(place), cluster).placementFailures.push(...failures);
    },
    answerHooks: (functionArn, answers) => {
      engine.lambdaAnswers.set(functionArn, [...answers]);
    },
    service: find,
    tasksOf(place) {
      const service = find(place);
      return [...realm(place).tasks.values()].filter(task => task.service === service);
    },
    targetHealth: (targetGroupArn, time) => targetHealth(engine, targetGroupArn, time),
    expose: (host, place, traffic = 'production') => {
      applications.set(host, { place, traffic });
    },
    application: host => {
      const exposed = applications.get(host);
      if (exposed === undefined) return undefined;
      const service = find(exposed.place);
      if (exposed.application?.service !== service) {
        exposed.application = { service, traffic: exposed.traffic, counts: new Map() };
      }
      return exposed.application;
    },
  };
}

const rootOf = ({ account }: Place): string => `arn:aws:iam::${account}:root`;

function theNth(tasks: readonly Task[], nth: number, service: string): Task {
  const task = tasks[nth - 1];
  if (task === undefined) throw new Error(`${service} has ${tasks.length} tasks, there is no task ${nth} to kill`);
  return task;
}
