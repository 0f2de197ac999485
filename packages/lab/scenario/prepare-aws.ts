import type { CreateServiceRequest, LoadBalancer } from '@aws-sdk/client-ecs';
import type { AwsLab } from '../assembly/aws.ts';
import type { Applications } from '../assembly/build-actions.ts';
import { prepareApis } from './aws/apigateway/prepare.ts';
import { prepareStacks } from './aws/cloudformation/prepare.ts';
import { prepareTables } from './aws/dynamodb/play.ts';
import { prepareInstances } from './aws/ec2/play.ts';
import { prepareLambda } from './aws/lambda/prepare.ts';
import { prepareDatabases } from './aws/rds/play.ts';
import { prepareSites } from './aws/site/site.ts';
import { prepareTopics } from './aws/sns/play.ts';
import { pushImage } from './images.ts';
import { prepareRoles } from './prepare-roles.ts';
import type { ServiceSpec, World } from './schema.ts';
import { trafficOf } from './traffic.ts';

/** Makes the AWS of a scenario: services that have been running for an hour, with everything that they stand on. */
export function prepareAws(aws: AwsLab, scenario: World, applications: Applications): void {
  const { region, services, alarms = [], images = [], keys = [] } = scenario.aws;
  for (const { id, account } of keys) {
    aws.sts.addKey(id, { account, principal: `arn:aws:iam::${account}:user/${id.toLowerCase()}` });
  }
  for (const { account, name, state } of alarms) {
    aws.cloudwatch.at(account, region).putAlarm({ name, state: state ?? 'OK' });
  }
  prepareInstances(aws.ec2, scenario);
  prepareTables(aws, scenario);
  prepareDatabases(aws, scenario);
  prepareTopics(aws, scenario);
  prepareRoles(aws, scenario);
  const definitions = new Map<string, string>();
  for (const service of services) prepareService(aws, region, service, { applications, definitions });
  prepareLambda(aws, scenario, applications);
  prepareApis(aws, scenario);
  prepareSites(aws, scenario);
  for (const image of images) pushImage(aws, region, image, applications);
  for (const { account, host } of scenario.aws.domains ?? []) aws.httpApis.addDomain(account, host);
  prepareStacks(aws, scenario);
  for (const { account, repository, accounts } of scenario.aws.readers ?? []) {
    aws.ecr.letRead(account, region, repository, accounts);
  }
}

interface Preparation {
  readonly applications: Applications;
  /** What is registered already: services of one definition share its revision. */
  readonly definitions: Map<string, string>;
}

function prepareService(aws: AwsLab, region: string, spec: ServiceSpec, preparation: Preparation): void {
  const { account, repository } = spec;
  const place = { account, region };
  if (!aws.ecr.hasRepository(account, region, repository)) aws.ecr.createRepository(account, region, repository);
  const digest = pushImage(aws, region, spec, preparation.applications);
  const group = `/ecs/${repository}`;
  if (!aws.logs.at(account, region).hasGroup(group)) aws.logs.at(account, region).createGroup(group);
  const image = `${account}.dkr.ecr.${region}.amazonaws.com/${repository}@${digest}`;
  const definition = {
    family: repository,
    networkMode: 'awsvpc' as const,
    requiresCompatibilities: ['FARGATE' as const],
    cpu: '256',
    memory: '512',
    executionRoleArn: `arn:aws:iam::${account}:role/execution`,
    containerDefinitions: [{ ...container(spec, image, group, region), ...spec['container-definition'] }],
    ...spec.definition,
  };
  const key = JSON.stringify([account, definition]);
  const taskDefinition = preparation.definitions.get(key) ?? aws.ecs.registerTaskDefinition(place, definition);
  preparation.definitions.set(key, taskDefinition);
  const targetGroup =
    spec.host === undefined || spec['load-balancer'] === false ? undefined : prepareLoadBalancer(aws, region, spec);
  const request = createRequest(spec, taskDefinition, targetGroup);
  if (spec.fresh === true) aws.ecs.newService(place, request);
  else aws.ecs.steadyService(place, request);
  if (spec.host !== undefined) aws.ecs.expose(spec.host, { ...place, cluster: spec.cluster, service: spec.service });
  prepareMetrics(aws, region, spec);
}

function container(spec: ServiceSpec, image: string, group: string, region: string) {
  const healthCheck = { command: ['CMD-SHELL', 'wget -q -O- http://localhost:8080/health'], interval: 10, retries: 3 };
  return {
    name: spec.container,
    image,
    essential: true,
    portMappings: [{ containerPort: 8080, protocol: 'tcp' as const }],
    environment: [{ name: 'NODE_ENV', value: 'production' }],
    logConfiguration: {
      logDriver: 'awslogs' as const,
      options: { 'awslogs-group': group, 'awslogs-region': region, 'awslogs-stream-prefix': 'ecs' },
    },
    ...(spec['health-check'] === false ? {} : { healthCheck }),
  };
}

function createRequest(
  spec: ServiceSpec,
  taskDefinition: string,
  groups: TargetGroups | undefined,
): CreateServiceRequest {
  const { cluster, service: serviceName, tasks: desiredCount, breaker = 'rollback', alarms } = spec;
  return {
    cluster,
    serviceName,
    taskDefinition,
    desiredCount,
    launchType: 'FARGATE',
    networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-0a', 'subnet-0b'], securityGroups: ['sg-0a'] } },
    deploymentConfiguration: {
      maximumPercent: 200,
      minimumHealthyPercent: 100,
      deploymentCircuitBreaker: { enable: breaker !== 'off', rollback: breaker === 'rollback' },
      ...(alarms === undefined ? {} : { alarms: { alarmNames: alarms, enable: true, rollback: true } }),
      ...(spec['bake-time'] === undefined ? {} : { bakeTimeInMinutes: spec['bake-time'] / 60_000 }),
      ...spec.deployment,
    },
    ...(spec.controller === undefined ? {} : { deploymentController: { type: spec.controller } }),
    ...(groups === undefined
      ? {}
      : { loadBalancers: [{ ...groups, containerName: spec.container, containerPort: 8080 }] }),
  };
}

/** The target group of a service, and where it shifts traffic, the one that takes turns with it. */
type TargetGroups = Pick<LoadBalancer, 'targetGroupArn' | 'advancedConfiguration'>;

function prepareLoadBalancer(aws: AwsLab, region: string, spec: ServiceSpec): TargetGroups {
  const elb = aws.elb.at(spec.account, region);
  const loadBalancer = elb.addLoadBalancer(spec.cluster);
  const group = elb.addTargetGroup(spec.service.slice(0, 32), {});
  elb.addListener(loadBalancer, 443, { [group]: 1 });
  elb.followTargets(group, () => aws.ecs.targetHealth(group));
  const advancedConfiguration = shiftsTraffic(spec) ? alternate(aws, region, spec, loadBalancer) : undefined;
  const [, balancerName = ''] = loadBalancer.split('loadbalancer/');
  const groupName = group.split(':').at(-1) ?? '';
  const cloudwatch = aws.cloudwatch.at(spec.account, region);
  const namespace = 'AWS/ApplicationELB';
  const perBalancer = { LoadBalancer: balancerName };
  const perTarget = { TargetGroup: groupName, LoadBalancer: balancerName };
  const place = { account: spec.account, region, cluster: spec.cluster, service: spec.service };
  const traffic = trafficOf(aws, place, spec.requests);
  for (const dimensions of [perBalancer, perTarget]) {
    cloudwatch.putSeries({ namespace, name: 'RequestCount', dimensions, at: traffic.requests });
    cloudwatch.putSeries({ namespace, name: 'HTTPCode_Target_5XX_Count', dimensions, at: traffic.errors });
    cloudwatch.putSeries({ namespace, name: 'TargetResponseTime', dimensions, at: traffic.latency });
  }
  cloudwatch.putSeries({ namespace, name: 'HTTPCode_ELB_5XX_Count', dimensions: perBalancer, at: traffic.ownErrors });
  const unhealthy = (time: number) =>
    aws.ecs.targetHealth(group, time).filter(target => target.state === 'unhealthy').length;
  cloudwatch.putSeries({ namespace, name: 'UnHealthyHostCount', dimensions: perTarget, at: unhealthy });
  return { targetGroupArn: group, ...(advancedConfiguration === undefined ? {} : { advancedConfiguration }) };
}

function shiftsTraffic({ deployment }: ServiceSpec): boolean {
  return deployment?.strategy !== undefined && deployment.strategy !== 'ROLLING';
}

function alternate(aws: AwsLab, region: string, { account, service }: ServiceSpec, loadBalancer: string) {
  const elb = aws.elb.at(account, region);
  const alternateTargetGroupArn = elb.addTargetGroup(`${service.slice(0, 26)}-green`, {});
  elb.followTargets(alternateTargetGroupArn, () => aws.ecs.targetHealth(alternateTargetGroupArn));
  return {
    alternateTargetGroupArn,
    productionListenerRule: `${loadBalancer.replace(':loadbalancer/', ':listener-rule/')}/production`,
    roleArn: `arn:aws:iam::${account}:role/ecs-load-balancers`,
  };
}

/** A service at rest: a third of its processor, half of its memory. */
function prepareMetrics(aws: AwsLab, region: string, { account, cluster, service }: ServiceSpec): void {
  const cloudwatch = aws.cloudwatch.at(account, region);
  const dimensions = { ClusterName: cluster, ServiceName: service };
  cloudwatch.putSeries({ namespace: 'AWS/ECS', name: 'CPUUtilization', dimensions, at: () => 33 });
  cloudwatch.putSeries({ namespace: 'AWS/ECS', name: 'MemoryUtilization', dimensions, at: () => 50 });
}
