import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  ContinueServiceDeploymentCommand,
  CreateServiceCommand,
  DescribeClustersCommand,
  DescribeServiceDeploymentsCommand,
  DescribeServiceRevisionsCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  ListServiceDeploymentsCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  StopServiceDeploymentCommand,
  UpdateServiceCommand,
  waitUntilServicesStable,
} from '@aws-sdk/client-ecs';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createAwsHandler } from '../../../packages/lab/wire/handler.ts';
import { balanced, breaker, definition, ecsWorld, greenGroup, minute, network, place, serviceInput } from './world.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** The real SDK client on the world, over HTTP and the wire layer. */
async function connected(allowed?: readonly string[]) {
  const world = ecsWorld({ start: Date.now() });
  const defects: Error[] = [];
  const principal = `arn:aws:sts::${place.account}:assumed-role/release/1`;
  const handler = createAwsHandler({
    services: [world.service],
    clock: world.clock,
    credentials: {
      resolve: () => ({ account: place.account, principal, ...(allowed === undefined ? {} : { allowed }) }),
    },
    onDefect: defect => defects.push(defect),
  });
  const server = createServer(handler.handle).listen(0, '127.0.0.1');
  await once(server, 'listening');
  // An address of a server that listens on a port is never a string.
  const { port } = server.address() as AddressInfo;
  const client = new ECSClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: place.region,
    credentials: { accessKeyId: 'AKIALAB', secretAccessKey: 'lab' },
    // The second attempt is for the clock: lab time runs ahead of the client’s, which learns of it by the first answer.
    maxAttempts: 2,
  });
  closing.push(() => {
    client.destroy();
    server.close();
  });
  return { world, client, defects, handler };
}

describe('over the wire, with the SDK’s client', () => {
  test('every answer is one that ECS could give, through a deployment, its failure and its rollback', async () => {
    const { world, client, defects, handler } = await connected();
    const service = { cluster: 'prod', service: 'api' };
    world.push('v1');
    world.push('v2', { crash: { beforeRunning: true, exitCode: 1 } });
    await client.send(new RegisterTaskDefinitionCommand(definition('v1')));
    const created = await client.send(
      new CreateServiceCommand({ ...serviceInput('api:1'), ...balanced, deploymentConfiguration: breaker(true) }),
    );
    expect(created.service?.createdAt).toEqual(new Date(Math.floor(world.clock.now())));
    world.clock.pass(3 * minute);
    await client.send(new RegisterTaskDefinitionCommand(definition('v2')));
    const { service: updated } = await client.send(new UpdateServiceCommand({ ...service, taskDefinition: 'api:2' }));
    const arn = updated?.currentServiceDeployment ?? '';
    world.clock.pass(5 * minute);
    const { serviceDeployments } = await client.send(
      new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [arn] }),
    );
    expect(serviceDeployments?.[0]).toMatchObject({
      status: 'ROLLBACK_SUCCESSFUL',
      rollback: { startedAt: expect.any(Date) },
    });
    const revision = serviceDeployments?.[0]?.rollback?.serviceRevisionArn ?? '';
    const { serviceRevisions } = await client.send(
      new DescribeServiceRevisionsCommand({ serviceRevisionArns: [revision] }),
    );
    expect(serviceRevisions?.[0]?.containerImages?.[0]?.imageDigest).toMatch(/^sha256:/);
    const stopped = await client.send(
      new ListTasksCommand({ cluster: 'prod', serviceName: 'api', desiredStatus: 'STOPPED' }),
    );
    const { tasks } = await client.send(new DescribeTasksCommand({ cluster: 'prod', tasks: stopped.taskArns }));
    expect(tasks?.[0]?.containers?.[0]?.exitCode).toBe(1);
    const ran = await client.send(
      new RunTaskCommand({ cluster: 'prod', taskDefinition: 'api:1', networkConfiguration: network, clientToken: 't' }),
    );
    expect(ran.tasks).toHaveLength(1);
    await client.send(new ListServiceDeploymentsCommand({ ...service }));
    await client.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'api', include: ['TAGS'] }));
    await client.send(new DescribeClustersCommand({ clusters: ['prod'] }));
    await expect(client.send(new StopServiceDeploymentCommand({ serviceDeploymentArn: arn }))).rejects.toMatchObject({
      name: 'ConflictException',
    });
    expect(defects).toEqual([]);
    expect(handler.unmodelled).toEqual([]);
  });

  test('stages, weights and hooks pass too', async () => {
    const { world, client, defects } = await connected();
    const [plain] = balanced.loadBalancers;
    world.steady('v1', {
      loadBalancers: [
        { ...plain, advancedConfiguration: { alternateTargetGroupArn: greenGroup, roleArn: 'arn:role' } },
      ],
      deploymentConfiguration: {
        strategy: 'LINEAR',
        lifecycleHooks: [{ targetType: 'PAUSE', lifecycleStages: ['PRE_PRODUCTION_TRAFFIC_SHIFT'] }],
      },
    });
    world.push('v2');
    const arn = world.deploy('v2');
    world.clock.pass(5 * minute);
    const { serviceDeployments } = await client.send(
      new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [arn] }),
    );
    const [hook] = serviceDeployments?.[0]?.lifecycleHookDetails ?? [];
    expect(hook).toMatchObject({ status: 'AWAITING_ACTION', expiresAt: expect.any(Date) });
    await client.send(new ContinueServiceDeploymentCommand({ serviceDeploymentArn: arn, hookId: hook?.hookId }));
    expect(defects).toEqual([]);
  });

  test('the waiter of the SDK calls a service stable that was rolled back', async () => {
    const { world, client } = await connected();
    world.steady('v1', { deploymentConfiguration: breaker(true) });
    world.push('v2', { crash: { beforeRunning: true, exitCode: 1 } });
    world.reaches(world.deploy('v2'), 'ROLLBACK_SUCCESSFUL');
    world.clock.pass(minute);
    const waited = await waitUntilServicesStable({ client, maxWaitTime: 20 }, { cluster: 'prod', services: ['api'] });
    expect(waited.state).toBe('SUCCESS');
  });

  test('access that is denied names the action and the resource', async () => {
    const { world, client } = await connected(['ecs:Describe*']);
    world.steady('v1');
    const update = client.send(new UpdateServiceCommand({ cluster: 'prod', service: 'api', desiredCount: 3 }));
    await expect(update).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringMatching(
        /ecs:UpdateService on resource: arn:aws:ecs:ap-southeast-2:333333333333:service\/prod\/api/,
      ),
    });
    const describing = await client.send(new DescribeServicesCommand({ cluster: 'prod', services: ['api'] }));
    expect(describing.services?.[0]?.desiredCount).toBe(2);
  });

  test('UpdateService is throttled after a burst of 50, and by five a second', async () => {
    const { world, client } = await connected();
    world.steady('v1');
    const update = () =>
      client.send(new UpdateServiceCommand({ cluster: 'prod', service: 'api' })).then(
        () => 'ok',
        (error: Error) => error.name,
      );
    const burst = await Promise.all(Array.from({ length: 51 }, update));
    expect(burst.filter(outcome => outcome === 'ThrottlingException')).toHaveLength(1);
    world.clock.pass(1_000);
    const next = await Promise.all(Array.from({ length: 6 }, update));
    expect(next.filter(outcome => outcome === 'ok')).toHaveLength(5);
  });
});
