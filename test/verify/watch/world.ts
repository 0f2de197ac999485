import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { jest } from '@jest/globals';
import type { Clock } from '#core/clock';
import { createApiGateway } from '#lab/aws/apigateway/apigateway';
import { createCloudWatch } from '#lab/aws/cloudwatch/cloudwatch';
import type { AppBehaviour } from '#lab/aws/ecs/behaviour';
import { createEcs } from '#lab/aws/ecs/ecs';
import { reply } from '#lab/aws/ecs/traffic';
import { createElbv2 } from '#lab/aws/elbv2/elbv2';
import { createLambda } from '#lab/aws/lambda/lambda';
import { createFaults } from '#lab/wire/faults';
import { createAwsHandler } from '#lab/wire/handler';
import { manualClock } from '../../lab/ecs/manual-clock.ts';

export const minute = 60_000;
const place = { account: '333333333333', region: 'ap-southeast-2' };
export const api = { ...place, cluster: 'unifocus-prod-cluster', service: 'unifocus-prod-api-service' };
export const released = `sha256:${'1'.repeat(64)}`;
export const start = Date.UTC(2026, 10, 2, 9, 0, 20);

/** The lab's AWS over HTTP, with a service behind a load balancer; the clock of the action lets lab time pass while it sleeps. */
export async function watchWorld(behaviour: AppBehaviour = { version: '1.3.0' }) {
  const lab = manualClock(start);
  const defects: Error[] = [];
  const cloudWatch = createCloudWatch({ clock: lab });
  const elb = createElbv2({ clock: lab });
  const ecs = createEcs({
    clock: lab,
    behaviour: () => behaviour,
    images: { resolve: () => ({ digest: released }) },
    logs: { groupExists: () => true, createGroup: () => undefined, append: () => undefined },
    alarms: { state: () => undefined, watch: () => () => undefined },
    targets: { group: () => ({ interval: 10_000, unhealthyThreshold: 3, deregistrationDelay: 10_000 }) },
  });
  const apis = createApiGateway({ clock: lab, invoke: () => reply({}) });
  const lambda = createLambda({
    clock: lab,
    images: { resolve: () => ({ digest: released }) },
    objects: { get: () => ({ failure: 'NoSuchBucket' }) },
    logs: { createGroup: () => undefined, append: () => undefined },
    imageBehaviour: () => behaviour,
    packageBehaviour: () => behaviour,
  });
  const faults = createFaults();
  const aws = createAwsHandler({
    ...{ clock: lab, faults, services: [ecs.service, cloudWatch.service, elb.service, apis.service, lambda.service] },
    credentials: {
      resolve: () => ({ account: place.account, principal: `arn:aws:iam::${place.account}:role/release` }),
    },
    onDefect: defect => defects.push(defect),
  });
  const server = createServer(aws.handle).listen(0, '127.0.0.1');
  await once(server, 'listening');
  // An address of a server that listens on a port is never a string.
  const { port } = server.address() as AddressInfo;

  // The SDK signs by Date: it has to follow lab time. Everything else stays real.
  jest.useFakeTimers({
    now: start,
    doNotFake: [
      'hrtime',
      'nextTick',
      'performance',
      'queueMicrotask',
      'setImmediate',
      'clearImmediate',
      'setInterval',
      'clearInterval',
      'setTimeout',
      'clearTimeout',
    ],
  });
  const clock: Clock = {
    now: lab.now,
    async sleep(milliseconds, signal) {
      signal?.throwIfAborted();
      lab.pass(milliseconds);
      jest.setSystemTime(lab.now());
    },
  };
  const env = { ...process.env };
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    AWS_REGION: place.region,
    AWS_ACCESS_KEY_ID: 'AKIALAB',
    AWS_SECRET_ACCESS_KEY: 'not checked',
  });

  const balancing = elb.at(place.account, place.region);
  const loadBalancer = balancing.addLoadBalancer('edge');
  const targetGroup = balancing.addTargetGroup('api');
  balancing.addListener(loadBalancer, 443, { [targetGroup]: 1 });
  balancing.setTarget(targetGroup, { id: '10.0.0.1', port: 8080, state: 'healthy' });
  ecs.world.createCluster(place, api.cluster);
  const taskDefinition = ecs.world.registerTaskDefinition(place, {
    family: 'api',
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    ...{ cpu: '256', memory: '512', executionRoleArn: `arn:aws:iam::${place.account}:role/execution` },
    containerDefinitions: [{ name: 'api', image: `registry/api@${released}`, portMappings: [{ containerPort: 8080 }] }],
  });
  ecs.world.steadyService(place, {
    ...{ cluster: api.cluster, serviceName: api.service, taskDefinition, desiredCount: 2, launchType: 'FARGATE' },
    networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } },
    loadBalancers: [{ targetGroupArn: targetGroup, containerName: 'api', containerPort: 8080 }],
  });

  const files = { function: { ...place, name: 's3-files-function' }, alias: 'LIVE' };
  lambda.world.createFunction(files.function, {
    ...{ code: { image: `registry/files@${released}` }, settings: {}, alias: files.alias },
  });
  const makeApi = () => apis.createApi({ ...place, name: 's3-files', stage: 'live', integration: files });
  makeApi();

  const metrics = cloudWatch.at(place.account, place.region);
  const dimensions = {
    ecs: { ClusterName: api.cluster, ServiceName: api.service },
    alb: { TargetGroup: afterColon(targetGroup), LoadBalancer: afterColon(loadBalancer).replace('loadbalancer/', '') },
    rds: (name: string) => ({ DBInstanceIdentifier: name }),
    api: { ApiName: 's3-files', Stage: 'live' },
    function: { FunctionName: 's3-files-function', Resource: 's3-files-function:LIVE' },
  };

  return {
    ...{ lab, clock, aws, faults, ecs: ecs.world, balancing, targetGroup, makeApi, defects, metrics, dimensions },
    /** A metric by the minutes since the beginning: what it is at each of them, a minute late. */
    metric(
      namespace: string,
      name: string,
      by: Readonly<Record<string, string>>,
      at: (minutes: number) => number | undefined,
    ) {
      metrics.putSeries({
        ...{ namespace, name, dimensions: by },
        at: time => at(Math.floor((time - start) / minute)),
      });
    },
    /** Lets something happen so many minutes from the beginning. */
    later: (minutes: number, event: () => void) => void lab.at(start + minutes * minute, event),
    async close() {
      jest.useRealTimers();
      process.env = env;
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
      if (defects.length > 0) throw new AggregateError(defects, 'the lab has a defect');
    },
  };
}

export type WatchWorld = Awaited<ReturnType<typeof watchWorld>>;

function afterColon(arn: string): string {
  return arn.split(':').at(-1) ?? arn;
}
