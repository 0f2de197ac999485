import * as gateway from '@aws-sdk/client-api-gateway';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type ApiGatewayWorld, createApiGateway } from '../../../packages/lab/aws/apigateway/apigateway.ts';
import type { RestApi } from '../../../packages/lab/aws/apigateway/state.ts';
import { type Reply, reply } from '../../../packages/lab/aws/ecs/traffic.ts';
import { failureOf, keys, manualClock, startLab, type TestLab } from '../wire/harness.ts';

const place = { account: '111111111111', region: 'ap-southeast-2' };
const files = { function: { ...place, name: 's3-files-function' }, alias: 'LIVE' };

let lab: TestLab;
let world: ApiGatewayWorld;
let api: RestApi;
let client: gateway.APIGatewayClient;
let answer: (path: string) => Reply;

beforeEach(async () => {
  const manual = manualClock();
  answer = path => reply({ body: { path } });
  world = createApiGateway({ clock: manual, invoke: (_integration, path) => answer(path) });
  api = world.createApi({ ...place, name: 's3-files', stage: 'live', integration: files });
  world.map('files.example.com', api, 'live');
  lab = await startLab({ services: [world.service], manual });
  client = new gateway.APIGatewayClient(lab.client);
});
afterEach(() => lab.close());

describe('an API', () => {
  test('is listed and read with its stage and its deployment', async () => {
    const { items = [] } = await client.send(new gateway.GetRestApisCommand({}));
    expect(items).toMatchObject([{ id: api.id, name: 's3-files', createdDate: new Date(lab.clock.now() - 3_600_000) }]);
    const one = await client.send(new gateway.GetRestApiCommand({ restApiId: api.id }));
    expect(one).toMatchObject({ id: api.id, name: 's3-files' });

    const { item: stages = [] } = await client.send(new gateway.GetStagesCommand({ restApiId: api.id }));
    const deployments = await client.send(new gateway.GetDeploymentsCommand({ restApiId: api.id }));
    expect(stages.map(({ stageName }) => stageName)).toEqual(['live']);
    expect(deployments.items?.map(({ id }) => id)).toEqual([stages[0]?.deploymentId]);

    const stage = { restApiId: api.id, stageName: 'live' };
    const { deploymentId } = await client.send(new gateway.GetStageCommand(stage));
    expect(deploymentId).toBe(stages[0]?.deploymentId);
    expect(await client.send(new gateway.GetDeploymentCommand({ restApiId: api.id, deploymentId }))).toMatchObject({
      id: deploymentId,
    });
    expect(lab.defects).toEqual([]);
  });

  test('has the stages of one deployment only where that is asked for', async () => {
    const other = await client.send(new gateway.GetStagesCommand({ restApiId: api.id, deploymentId: 'abc123' }));
    expect(other.item).toEqual([]);
  });

  test('is one of many, which come in pages, and shares its name with another', async () => {
    for (let nth = 0; nth < 30; nth += 1) {
      world.createApi({ ...place, name: nth === 0 ? 's3-files' : `api-${nth}`, stage: 'live', integration: files });
    }
    const first = await client.send(new gateway.GetRestApisCommand({}));
    expect(first.items).toHaveLength(25);
    const { position } = first;
    const rest = await client.send(new gateway.GetRestApisCommand({ position }));
    expect(rest.items).toHaveLength(6);
    expect(rest.position).toBeUndefined();
    const all = await client.send(new gateway.GetRestApisCommand({ limit: 500 }));
    expect(all.items?.filter(({ name }) => name === 's3-files')).toHaveLength(2);
    expect(new Set(all.items?.map(({ id }) => id)).size).toBe(31);
  });

  test('is of its account and region', async () => {
    const elsewhere = new gateway.APIGatewayClient({ ...lab.client, region: 'us-east-1' });
    expect((await elsewhere.send(new gateway.GetRestApisCommand({}))).items).toEqual([]);
  });
});

test.each<[string, () => Promise<unknown>, string, string]>([
  [
    'an API',
    () => client.send(new gateway.GetStagesCommand({ restApiId: 'nothing' })),
    'NotFoundException',
    'Invalid API identifier specified 111111111111:nothing',
  ],
  [
    'a stage',
    () => client.send(new gateway.GetStageCommand({ restApiId: api.id, stageName: 'prod' })),
    'NotFoundException',
    'Invalid stage identifier specified',
  ],
  [
    'a deployment',
    () => client.send(new gateway.GetDeploymentCommand({ restApiId: api.id, deploymentId: 'abc123' })),
    'NotFoundException',
    'Invalid Deployment identifier specified',
  ],
  [
    'a position that it never gave',
    () => client.send(new gateway.GetRestApisCommand({ position: 'x' })),
    'BadRequestException',
    'Invalid position parameter specified',
  ],
])('%s that is not there is refused', async (_name, ask, code, message) => {
  expect(await failureOf(ask())).toMatchObject({ name: code, message });
});

test.each<[string, () => Promise<unknown>]>([
  ['an operation', () => client.send(new gateway.CreateRestApiCommand({ name: 'another' }))],
  ['a member', () => client.send(new gateway.GetDeploymentsCommand({ restApiId: api.id, limit: 501 }))],
])('%s that is not modelled is a 501', async (_name, ask) => {
  expect(await failureOf(ask())).toMatchObject({ $metadata: { httpStatusCode: 501 } });
  expect(lab.unmodelled).toHaveLength(1);
});

test('IAM knows its verbs and paths, not its operations', async () => {
  const narrow = await startLab({
    services: [world.service],
    credentials: {
      resolve: key =>
        key === keys.accessKeyId
          ? { account: place.account, principal: 'arn:aws:iam::111111111111:user/x', allowed: ['apigateway:PATCH'] }
          : undefined,
    },
  });
  const denied = new gateway.APIGatewayClient(narrow.client);
  const refused = await failureOf(denied.send(new gateway.GetStagesCommand({ restApiId: api.id })));
  await narrow.close();
  expect(refused).toMatchObject({ name: 'AccessDeniedException' });
  expect(refused.message).toContain(
    `not authorized to perform: apigateway:GET on resource: arn:aws:apigateway:ap-southeast-2::/restapis/${api.id}/stages`,
  );
});

test('more than its quota is throttled', async () => {
  const all = await Promise.allSettled(
    Array.from({ length: 41 }, () => client.send(new gateway.GetRestApisCommand({}))),
  );
  expect(all.filter(({ status }) => status === 'rejected')).toHaveLength(1);
});

describe('a request to its domain name', () => {
  test('is answered by the function behind the stage', () => {
    expect(world.respond('files.example.com', '/files/a')).toMatchObject({ status: 200, body: '{"path":"/files/a"}' });
    expect(world.behind('files.example.com')).toEqual(files);
    expect(world.respond('www.example.com', '/')).toBeUndefined();
  });

  test('that takes too long is given up', () => {
    answer = () => reply({ latency: 29_001 });
    expect(world.respond('files.example.com', '/')).toMatchObject({ status: 504, latency: 29_000 });
    answer = () => reply({ latency: 29_000 });
    expect(world.respond('files.example.com', '/')).toMatchObject({ status: 200 });
  });

  test('whose stage is gone is forbidden', () => {
    api.stages.delete('live');
    expect(world.respond('files.example.com', '/')).toMatchObject({ status: 403, body: '{"message":"Forbidden"}' });
  });
});
