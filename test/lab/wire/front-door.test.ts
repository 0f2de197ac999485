import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import * as ecs from '@aws-sdk/client-ecs';
import * as elb from '@aws-sdk/client-elastic-load-balancing-v2';
import * as sts from '@aws-sdk/client-sts';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Identity } from '../../../packages/lab/wire/credentials.ts';
import type { Service } from '../../../packages/lab/wire/service.ts';
import { caller, failureOf, keys, sendRaw, startLab, type TestLab } from './harness.ts';

let lab: TestLab;
afterEach(() => lab.close());

const services: Service[] = [
  {
    id: 'ecs',
    model: ecs,
    buckets: [{ operations: ['UpdateService', 'DeleteService'], burst: 2, refill: 0.5 }],
    operations: { UpdateService: () => ({}), ListClusters: () => ({}), DescribeClusters: () => ({}) },
    resource: (_operation, input, { account, region }) =>
      input.service === undefined ? undefined : `arn:aws:ecs:${region}:${account}:service/${input.service}`,
  },
  { id: 'elbv2', model: elb, operations: { DescribeTargetGroups: () => ({}) } },
  { id: 'cloudwatch', model: cloudwatch, operations: { DescribeAlarms: () => ({}) } },
  {
    id: 'sts',
    model: sts,
    unsigned: ['AssumeRoleWithWebIdentity'],
    operations: { AssumeRoleWithWebIdentity: () => ({}), GetCallerIdentity: () => ({}) },
  },
];

/** One call of each kind of protocol. */
const calls = {
  json: (client: TestLab['client']) => new ecs.ECSClient(client).send(new ecs.UpdateServiceCommand({ service: 'api' })),
  query: (client: TestLab['client']) =>
    new elb.ElasticLoadBalancingV2Client(client).send(new elb.DescribeTargetGroupsCommand({})),
  'json from query': (client: TestLab['client']) =>
    new cloudwatch.CloudWatchClient(client).send(new cloudwatch.DescribeAlarmsCommand({})),
};
type Kind = keyof typeof calls;

function withIdentity(identity: Partial<Identity>) {
  return { services, credentials: { resolve: () => ({ ...caller, ...identity }) } };
}

describe('who calls', () => {
  test.each<[Kind, string, number]>([
    ['json', 'UnrecognizedClientException', 400],
    ['query', 'InvalidClientTokenId', 403],
    ['json from query', 'InvalidClientTokenId', 400],
  ])('an unknown key over %s: %s', async (kind, name, httpStatusCode) => {
    lab = await startLab({ services, credentials: { resolve: () => undefined } });
    expect(await failureOf(calls[kind](lab.client))).toMatchObject({
      name,
      message: 'The security token included in the request is invalid.',
      $metadata: { httpStatusCode },
    });
    expect(lab.calls.map(call => call.account)).toEqual(['']);
  });

  test.each<[Kind, string]>([
    ['json', 'ExpiredTokenException'],
    ['query', 'ExpiredToken'],
    ['json from query', 'ExpiredToken'],
  ])('a session that has ended by lab time, over %s: %s', async (kind, name) => {
    const expires = Date.now() + 60_000;
    lab = await startLab(withIdentity({ expires }));
    await calls[kind](lab.client);
    lab.clock.advance(61_000);
    expect(await failureOf(calls[kind](lab.client))).toMatchObject({
      name,
      message: 'The security token included in the request is expired',
    });
  });

  test('no signature at all: only what needs none passes', async () => {
    lab = await startLab({ services });
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const base = 'Version=2011-06-15&Action';
    const identity = await sendRaw(lab, null, headers, `${base}=GetCallerIdentity`);
    expect(identity).toMatchObject({
      status: 403,
      body: expect.stringContaining('<Code>MissingAuthenticationToken</Code>'),
    });
    const assume = `${base}=AssumeRoleWithWebIdentity&RoleArn=a&RoleSessionName=b&WebIdentityToken=c`;
    expect((await sendRaw(lab, null, headers, assume)).status).toBe(200);
    expect(lab.calls[1]).toMatchObject({
      principal: '',
      input: { RoleArn: 'a', RoleSessionName: 'b', WebIdentityToken: '***' },
    });
    const json = { 'X-Amz-Target': 'AmazonEC2ContainerServiceV20141113.ListClusters' };
    expect((await sendRaw(lab, null, json, '{}')).body).toContain('MissingAuthenticationTokenException');
  });

  test.each([
    ['something that is no signature', { Authorization: 'Bearer x' }],
    ['a header that is not signed', { 'X-Amz-Security-Token': 'x', Authorization: undefined }],
  ])('%s', async (_, override) => {
    lab = await startLab({ services });
    const target = { 'X-Amz-Target': 'AmazonEC2ContainerServiceV20141113.ListClusters' };
    const date = new Date(lab.clock.now()).toISOString().replace(/[-:]|\.\d{3}/g, '');
    const authorization = `AWS4-HMAC-SHA256 Credential=${keys.accessKeyId}/${date.slice(0, 8)}/eu-west-1/ecs/aws4_request, SignedHeaders=host;x-amz-date;x-amz-target, Signature=${'0'.repeat(64)}`;
    const { Authorization = authorization, ...rest } = override;
    const answer = await sendRaw(lab, null, { ...target, ...rest, 'X-Amz-Date': date, Authorization }, '{}');
    expect(JSON.parse(answer.body).__type).toBe('IncompleteSignatureException');
  });

  test('the region is that of the signature', async () => {
    lab = await startLab({ services });
    await calls.json({ ...lab.client, region: 'us-west-2' });
    expect(lab.calls[0]).toMatchObject({ region: 'us-west-2', account: caller.account, principal: caller.principal });
  });

  test.each([
    ['late', 3_600_000],
    ['early', -3_600_000],
  ])('a client that is more than five minutes too %s is refused, told the time, and then let in', async (_, off) => {
    lab = await startLab({ services });
    lab.clock.advance(off);
    await calls.json({ ...lab.client, maxAttempts: 3 });
    expect(lab.calls.map(call => call.outcome)).toEqual(['InvalidSignatureException', 'ok']);
    expect((await failureOf(calls.query(lab.client))).name).toBe('SignatureDoesNotMatch');
  });
});

describe('what the caller may do', () => {
  test.each<[Kind, string, string]>([
    [
      'json',
      'AccessDeniedException',
      'ecs:UpdateService on resource: arn:aws:ecs:ap-southeast-2:111111111111:service/api',
    ],
    ['query', 'AccessDenied', 'elasticloadbalancing:DescribeTargetGroups on resource: *'],
    ['json from query', 'AccessDenied', 'cloudwatch:DescribeAlarms on resource: *'],
  ])('denied over %s: %s names user, action and resource', async (kind, name, what) => {
    lab = await startLab(withIdentity({ allowed: ['ecs:List*', 's3:*'] }));
    const action = what.split(' ')[0];
    expect(await failureOf(calls[kind](lab.client))).toMatchObject({
      name,
      message: `User: ${caller.principal} is not authorized to perform: ${what} because no identity-based policy allows the ${action} action`,
    });
    await new ecs.ECSClient(lab.client).send(new ecs.ListClustersCommand({}));
  });
});

describe('how often', () => {
  test('operations share a bucket, which fills in lab time; other accounts and regions have their own', async () => {
    const accounts = new Map([
      ['AKIAONE', '111111111111'],
      ['AKIATWO', '222222222222'],
    ]);
    const resolve = (key: string) => ({ ...caller, account: accounts.get(key) ?? '' });
    lab = await startLab({ services, credentials: { resolve } });
    const update = async (accessKeyId: string, region = 'eu-west-1') => {
      const client = { ...lab.client, region, credentials: { ...keys, accessKeyId } };
      return calls.json(client).then(
        () => 'ok',
        (error: Error) => `${error.name}: ${error.message}`,
      );
    };
    expect([await update('AKIAONE'), await update('AKIAONE')]).toEqual(['ok', 'ok']);
    expect(await update('AKIAONE')).toBe('ThrottlingException: Rate exceeded');
    expect(await update('AKIATWO')).toBe('ok');
    expect(await update('AKIAONE', 'eu-west-2')).toBe('ok');
    lab.clock.advance(1999);
    expect(await update('AKIAONE')).toMatch('ThrottlingException');
    lab.clock.advance(1);
    expect(await update('AKIAONE')).toBe('ok');
    expect(await update('AKIAONE')).toMatch('ThrottlingException');
  });
});
