import type { CreateServiceRequest, UpdateServiceRequest } from '@aws-sdk/client-ecs';
import { NotModelled } from '../../wire/not-modelled.ts';
import { arns } from './arn.ts';
import { checkConfiguration, checkLoadBalancers } from './check-configuration.ts';
import type { Engine } from './engine.ts';
import { clientError, invalidParameter } from './errors.ts';
import { newRollout, ongoing } from './open-deployment.ts';
import { deploy, stopDeployment } from './service-deployments.ts';
import type { Cluster, Realm, Service, TaskDefinitionRecord, Workload } from './state.ts';
import { findDefinition } from './task-definitions.ts';
import { deploymentTexts, statusReasons } from './texts.ts';

/** The ACTIVE task definition of that name, as UpdateService and RunTask want it. */
export function activeDefinition(realm: Realm, reference: string): TaskDefinitionRecord {
  const record = findDefinition(realm, reference);
  if (record === undefined) throw clientError('TaskDefinition not found.');
  if (record.status !== 'ACTIVE') throw clientError('TaskDefinition is inactive');
  return record;
}

const workloadMembers = [
  'launchType',
  'loadBalancers',
  'networkConfiguration',
  'platformVersion',
  'serviceConnectConfiguration',
  'serviceRegistries',
  'volumeConfigurations',
  'vpcLatticeConfigurations',
] as const satisfies readonly (keyof Workload)[];

function workloadOf(input: Partial<CreateServiceRequest>): Workload {
  return Object.fromEntries(workloadMembers.flatMap(name => (input[name] === undefined ? [] : [[name, input[name]]])));
}

/** Members that this world only keeps and answers again. */
const keptMembers = [
  'availabilityZoneRebalancing',
  'enableECSManagedTags',
  'enableExecuteCommand',
  'healthCheckGracePeriodSeconds',
  'propagateTags',
] as const satisfies readonly (keyof CreateServiceRequest)[];

const keptOf = (input: Partial<CreateServiceRequest>): Partial<CreateServiceRequest> =>
  Object.fromEntries(keptMembers.flatMap(name => (input[name] === undefined ? [] : [[name, input[name]]])));

export function createService(
  engine: Engine,
  cluster: Cluster,
  input: CreateServiceRequest,
  principal: string,
): Service {
  const { serviceName = '', desiredCount, deploymentConfiguration = {}, tags = [] } = input;
  refuseUnmodelled(input);
  if (!/^[A-Za-z0-9_-]{1,255}$/.test(serviceName)) throw invalidParameter('Invalid service name.');
  const known = cluster.services.get(serviceName);
  if (known?.status === 'ACTIVE') throw invalidParameter('Creation of service was not idempotent.');
  if (known?.status === 'DRAINING') throw invalidParameter('Unable to Start a service that is still Draining.');
  if (input.taskDefinition === undefined) throw invalidParameter('TaskDefinition can not be blank.');
  if (desiredCount === undefined || desiredCount < 0)
    throw invalidParameter('Desired count must be given and not negative.');
  const definition = activeDefinition(cluster.realm, input.taskDefinition);
  const workload = workloadOf(input);
  checkWorkload(engine, workload, definition);
  checkConfiguration(deploymentConfiguration, workload);
  const service: Service = {
    realm: cluster.realm,
    cluster,
    name: serviceName,
    arn: arns.service(cluster.realm, cluster.name, serviceName),
    createdAt: engine.clock.now(),
    createdBy: principal,
    controller: input.deploymentController?.type ?? 'ECS',
    status: 'ACTIVE',
    desiredCount,
    definition,
    workload,
    configuration: deploymentConfiguration,
    kept: keptOf(input),
    tags,
    rollouts: [],
    deployments: [],
    events: [],
    tasks: new Set(),
    steady: false,
    reconciling: 'no',
    keepSourcesUntil: 0,
  };
  cluster.services.set(serviceName, service);
  if (service.controller === 'ECS') {
    deploy(engine, service);
  } else {
    // Other controllers have no deployments that ECS would judge; their tasks just run.
    const rollout = newRollout(engine, service);
    rollout.state = 'COMPLETED';
    rollout.reason = deploymentTexts.completed(rollout.id);
    engine.wake(service);
  }
  return service;
}

function refuseUnmodelled(input: Partial<CreateServiceRequest> & UpdateService): void {
  if ((input.launchType ?? 'FARGATE') !== 'FARGATE')
    throw new NotModelled(`with services of launch type ${input.launchType}`);
  if ((input.schedulingStrategy ?? 'REPLICA') !== 'REPLICA')
    throw new NotModelled('with the DAEMON scheduling strategy');
  for (const name of [
    'capacityProviderStrategy',
    'placementConstraints',
    'placementStrategy',
    'gatewayConnectors',
  ] as const) {
    if ((input[name] ?? []).length > 0) throw new NotModelled(`with ${name}`);
  }
  if (input.monitoring !== undefined) throw new NotModelled('with monitoring configurations of services');
}

type UpdateService = Partial<UpdateServiceRequest>;

function checkWorkload(engine: Engine, workload: Workload, definition: TaskDefinitionRecord): void {
  if (definition.input.networkMode === 'awsvpc' && workload.networkConfiguration === undefined) {
    throw invalidParameter("Network Configuration must be provided when networkMode 'awsvpc' is specified.");
  }
  checkLoadBalancers(workload, definition, group => engine.ports.targets.group(group) !== undefined);
}

/** Everything is checked before anything changes. Only a changed workload, or force, makes a deployment. */
export function updateService(engine: Engine, service: Service, input: UpdateServiceRequest): void {
  refuseUnmodelled(input);
  refuseForeignController(service, input);
  const { desiredCount, taskDefinition, deploymentConfiguration } = input;
  if (desiredCount !== undefined && desiredCount < 0) throw invalidParameter('Desired count must not be negative.');
  const definition =
    taskDefinition === undefined ? service.definition : activeDefinition(service.realm, taskDefinition);
  const workload = { ...service.workload, ...workloadOf(input) };
  const configuration = { ...service.configuration, ...deploymentConfiguration };
  checkWorkload(engine, workload, definition);
  checkConfiguration(configuration, workload);

  const changed = definition !== service.definition || JSON.stringify(workload) !== JSON.stringify(service.workload);
  service.desiredCount = desiredCount ?? service.desiredCount;
  service.definition = definition;
  service.workload = workload;
  service.configuration = configuration;
  service.kept = { ...service.kept, ...keptOf(input) };
  if (changed || input.forceNewDeployment === true) deploy(engine, service);
  engine.wake(service);
}

function refuseForeignController({ controller }: Service, input: UpdateServiceRequest): void {
  if (input.deploymentController !== undefined && input.deploymentController.type !== controller) {
    throw new NotModelled('with the migration of a service to another deployment controller');
  }
  if (controller === 'ECS') return;
  const [article, way] =
    controller === 'CODE_DEPLOY'
      ? ['a', 'Use AWS CodeDeploy to trigger a new deployment.']
      : ['an', 'Create a new task set instead.'];
  const owner = `on services with ${article} ${controller} deployment controller. ${way}`;
  if (input.taskDefinition !== undefined) throw invalidParameter(`Unable to update task definition ${owner}`);
  if (input.forceNewDeployment === true) throw invalidParameter(`Cannot force a new deployment ${owner}`);
  if (workloadMembers.some(name => name !== 'launchType' && input[name] !== undefined)) {
    throw invalidParameter(`Unable to update network parameters ${owner}`);
  }
}

export function deleteService(engine: Engine, service: Service, force: boolean): void {
  if (service.desiredCount > 0 && !force) {
    throw invalidParameter('The service cannot be stopped while it is scaled above 0.');
  }
  service.status = 'DRAINING';
  service.desiredCount = 0;
  const deployment = ongoing(service);
  if (deployment !== undefined) stopDeployment(engine, deployment, statusReasons.deleted);
  engine.wake(service);
}
