import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createAppHandler } from '../../../packages/lab/aws/app/handler.ts';
import { api, balanced, ecsWorld, greenGroup, minute, second, targetGroup } from './world.ts';

const host = 'api.prod.example';
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function served(world: ReturnType<typeof ecsWorld>) {
  world.world.expose(host, api);
  const waiting = { now: 0 };
  const handler = createAppHandler({
    world: world.world,
    clock: world.clock,
    keepWaiting: () => {
      waiting.now += 1;
      return () => {
        waiting.now -= 1;
      };
    },
  });
  const server = createServer(handler).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => server.close());
  // An address of a server that listens on a port is never a string.
  const { port } = server.address() as AddressInfo;
  const get = (path: string, name = host): Promise<{ status: number; body: string }> =>
    new Promise((resolve, reject) => {
      request({ port, host: '127.0.0.1', path, headers: { host: `${name}:80` } }, response => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          body += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      })
        .on('error', reject)
        .end();
    });
  return { get, waiting };
}

describe('the application behind its load balancer', () => {
  test('answers as the tasks that run: health, version, declared routes', async () => {
    const world = ecsWorld();
    world.steady('v1', balanced, { http: { routes: { '/orders': { status: 201, body: { id: 1 } } } } });
    const { get } = await served(world);
    expect(await get('/health')).toEqual({ status: 200, body: '{"status":"ok"}' });
    expect(await get('/version')).toEqual({ status: 200, body: '{"version":"v1"}' });
    expect(await get('/orders?x=1')).toEqual({ status: 201, body: '{"id":1}' });
    expect((await get('/nothing')).status).toBe(404);
    expect(await get(`/${host}/version`, 'elsewhere')).toEqual({ status: 200, body: '{"version":"v1"}' });
    expect((await get('/version', 'elsewhere')).status).toBe(404);
  });

  test('serves both versions while a rolling deployment runs, then only the new one', async () => {
    const world = ecsWorld();
    world.steady('v1', balanced);
    world.push('v2', { startsAfter: 20 * second, healthyAfter: 5 * second });
    const arn = world.deploy('v2');
    const { get } = await served(world);
    const versions = async () =>
      new Set((await Promise.all([1, 2, 3, 4].map(() => get('/version')))).map(({ body }) => body));
    world.clock.pass(25 * second);
    expect(await versions()).toEqual(new Set(['{"version":"v1"}']));
    world.reaches(arn, 'SUCCESSFUL');
    expect(await versions()).toEqual(new Set(['{"version":"v2"}']));
  });

  test('answers 503 when no task is healthy', async () => {
    const world = ecsWorld();
    world.steady('v1', { ...balanced, desiredCount: 1 });
    const { get } = await served(world);
    world.world.killTask(api);
    expect((await get('/version')).status).toBe(503);
    world.clock.pass(2 * minute);
    expect((await get('/version')).status).toBe(200);
  });

  test('fails the declared percentage of requests, evenly', async () => {
    const world = ecsWorld();
    world.steady('v1', balanced, { http: { errors: 20, body: 'fine' } });
    const { get } = await served(world);
    const statuses: number[] = [];
    for (let nth = 0; nth < 10; nth += 1) statuses.push((await get('/')).status);
    expect(statuses).toEqual([200, 200, 200, 200, 500, 200, 200, 200, 200, 500]);
    expect((await get('/health')).status).toBe(200);
  });

  test('takes its latency in lab time, registered as a request that the lab keeps waiting', async () => {
    const world = ecsWorld();
    world.steady('v1', balanced, { http: { latency: 3 * second, body: 'slow' } });
    const { get, waiting } = await served(world);
    const from = world.clock.now();
    const answered = get('/');
    while (waiting.now === 0) await new Promise(resolve => setImmediate(resolve));
    world.clock.pass(3 * second);
    expect(await answered).toEqual({ status: 200, body: 'slow' });
    expect([waiting.now, world.clock.now() - from]).toEqual([0, 3 * second]);
  });

  test('divides requests by the weights of a canary, test traffic apart', async () => {
    const world = ecsWorld();
    const [plain] = balanced.loadBalancers;
    world.steady('v1', {
      loadBalancers: [
        {
          ...plain,
          targetGroupArn: targetGroup,
          advancedConfiguration: { alternateTargetGroupArn: greenGroup, testListenerRule: 'arn:rule/test' },
        },
      ],
      deploymentConfiguration: {
        strategy: 'CANARY',
        canaryConfiguration: { canaryPercent: 20, canaryBakeTimeInMinutes: 10 },
      },
    });
    world.push('v2');
    const arn = world.deploy('v2');
    world.world.expose('test.prod.example', api, 'test');
    world.clock.until(() => world.deployment(arn).lifecycleStage === 'PRODUCTION_TRAFFIC_SHIFT');
    const { get } = await served(world);
    const bodies: string[] = [];
    for (let nth = 0; nth < 20; nth += 1) bodies.push((await get('/version')).body);
    expect(bodies.filter(body => body.includes('v2'))).toHaveLength(4);
    expect((await get('/version', 'test.prod.example')).body).toContain('v2');
  });
});
