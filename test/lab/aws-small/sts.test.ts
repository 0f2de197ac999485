import * as sts from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Claims, Role } from '../../../packages/lab/aws/sts/roles.ts';
import { createSts, type StsWorld } from '../../../packages/lab/aws/sts/sts.ts';
import { failureOf, manualClock, startLab, type TestLab } from '../wire/harness.ts';

let lab: TestLab;
let world: StsWorld;
const arn = 'arn:aws:iam::333333333333:role/release';
const claims = {
  iss: 'https://token.actions.githubusercontent.com',
  aud: 'sts.amazonaws.com',
  sub: 'repo:acme/unifocus:environment:prod',
  job_workflow_ref: 'org/release-actions/.github/workflows/release.yml@refs/tags/v1',
};
const trust: Role['trust'] = [
  {
    action: 'AssumeRoleWithWebIdentity',
    provider: 'token.actions.githubusercontent.com',
    conditions: {
      sub: ['repo:acme/unifocus:environment:prod'],
      job_workflow_ref: ['org/release-actions/.github/workflows/*@*'],
    },
  },
];
const tokens = new Map<string, Claims>();

beforeEach(async () => {
  const manual = manualClock();
  tokens.clear();
  tokens.set('good', { ...claims, exp: manual.now() / 1000 + 300 });
  world = createSts({
    clock: manual,
    verify: (token, now) => {
      const found = tokens.get(token);
      if (found === undefined) return { verdict: 'invalid', message: 'No such token' };
      const expiredAt = Number(found.exp) * 1000;
      return expiredAt <= now ? { verdict: 'expired', expiredAt } : { verdict: 'valid', claims: found };
    },
  });
  world.addRole({ account: '333333333333', name: 'release', trust, maxSessionSeconds: 7200, allowed: ['ecs:*'] });
  lab = await startLab({ services: [world.service], credentials: world.credentials, manual });
});
afterEach(() => lab.close());

function assume(input: Partial<sts.AssumeRoleWithWebIdentityCommandInput> = {}) {
  const client = new sts.STSClient({ ...lab.client, maxAttempts: 1 });
  const whole = { RoleArn: arn, RoleSessionName: 'run-17', WebIdentityToken: 'good', ...input };
  return client.send(new sts.AssumeRoleWithWebIdentityCommand(whole));
}

async function sessionClient(input?: Partial<sts.AssumeRoleWithWebIdentityCommandInput>) {
  const { Credentials: given } = await assume(input);
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = given ?? {};
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  return new sts.STSClient({ ...lab.client, maxAttempts: 2, credentials });
}

test('a token that the role trusts becomes a session of an hour, as the caller that it names', async () => {
  const answer = await assume();
  expect(answer).toMatchObject({
    Credentials: {
      AccessKeyId: expect.stringMatching(/^ASIA[A-Z0-9]{16}$/),
      Expiration: new Date(lab.clock.now() + 3_600_000),
    },
    AssumedRoleUser: { Arn: 'arn:aws:sts::333333333333:assumed-role/release/run-17' },
    SubjectFromWebIdentityToken: claims.sub,
    Audience: 'sts.amazonaws.com',
    Provider: 'arn:aws:iam::333333333333:oidc-provider/token.actions.githubusercontent.com',
  });
  const client = await sessionClient();
  expect(await client.send(new sts.GetCallerIdentityCommand({}))).toMatchObject({
    Account: '333333333333',
    Arn: 'arn:aws:sts::333333333333:assumed-role/release/run-17',
  });
});

test('the session ends in lab time', async () => {
  const client = await sessionClient({ DurationSeconds: 900 });
  lab.clock.advance(899_000);
  await client.send(new sts.GetCallerIdentityCommand({}));
  lab.clock.advance(1000);
  const error = await failureOf(client.send(new sts.GetCallerIdentityCommand({})));
  expect(error).toMatchObject({ name: 'ExpiredToken', $metadata: { httpStatusCode: 403 } });
});

test('a session whose token was lost or mixed up is unknown', async () => {
  const { Credentials: given } = await assume();
  const credentials = { accessKeyId: given?.AccessKeyId ?? '', secretAccessKey: 'x', sessionToken: 'another' };
  const client = new sts.STSClient({ ...lab.client, credentials });
  expect((await failureOf(client.send(new sts.GetCallerIdentityCommand({})))).name).toBe('InvalidClientTokenId');
});

describe('refused', () => {
  const denied = { name: 'AccessDenied', message: 'Not authorized to perform sts:AssumeRoleWithWebIdentity' };
  test.each<[string, Partial<Claims>, object]>([
    ['another subject', { sub: 'repo:acme/unifocus:ref:refs/heads/main' }, denied],
    ['another workflow', { job_workflow_ref: 'acme/unifocus/.github/workflows/mine.yml@refs/heads/main' }, denied],
    ['a subject in other case', { sub: 'repo:ACME/unifocus:environment:prod' }, denied],
    ['no workflow at all', { job_workflow_ref: undefined }, denied],
    ['another issuer', { iss: 'https://gitlab.com' }, denied],
    [
      'another audience',
      { aud: 'api://other' },
      { name: 'InvalidIdentityTokenException', message: 'Incorrect token audience' },
    ],
  ])('%s', async (_, change, error) => {
    tokens.set('good', { ...tokens.get('good'), ...change });
    expect(await failureOf(assume())).toMatchObject(error);
  });

  test('a token older than its five minutes', async () => {
    lab.clock.advance(300_000);
    const error = await failureOf(assume());
    expect(error).toBeInstanceOf(sts.ExpiredTokenException);
    expect(error.message).toMatch(
      /^Token expired: current date\/time \d+ must be before the expiration date\/time \d+$/,
    );
  });

  test.each<[string, Partial<sts.AssumeRoleWithWebIdentityCommandInput>, string, string]>([
    [
      'a role that is not there, like one that does not trust',
      { RoleArn: `${arn}2` },
      'AccessDenied',
      'Not authorized',
    ],
    ['something that is no role', { RoleArn: 'release' }, 'ValidationError', 'Request ARN is invalid'],
    ['a token of nobody', { WebIdentityToken: 'forged' }, 'InvalidIdentityTokenException', 'No such token'],
    ['a session that is too short', { DurationSeconds: 899 }, 'ValidationError', 'greater than or equal to 900'],
    ['one longer than the role allows', { DurationSeconds: 7201 }, 'ValidationError', 'exceeds the MaxSessionDuration'],
    ['a session name with a space', { RoleSessionName: 'run 17' }, 'ValidationError', "at 'roleSessionName'"],
  ])('%s', async (_, input, name, message) => {
    const error = await failureOf(assume(input));
    expect(error).toMatchObject({ name, message: expect.stringContaining(message) });
  });

  test('what is not modelled, loudly', async () => {
    expect((await failureOf(assume({ Policy: '{}' }))).name).toBe('NotImplemented');
    expect(lab.unmodelled).toEqual(['sts.AssumeRoleWithWebIdentity with Policy']);
  });

  test('a trust policy on a claim that IAM cannot see', () => {
    const conditions = { workflow_ref: ['*'] } as object;
    const blind = { account: '333333333333', name: 'blind', trust: [{ ...trust[0], conditions }] };
    expect(() => world.addRole(blind as Role)).toThrow('workflow_ref');
  });
});

describe('AssumeRole', () => {
  const next = { RoleArn: 'arn:aws:iam::111111111111:role/deploy', RoleSessionName: 'next' };
  beforeEach(() => {
    const principals = ['arn:aws:sts::333333333333:assumed-role/release/*'];
    const role = { account: '111111111111', name: 'deploy', maxSessionSeconds: 43_200 };
    world.addRole({ ...role, trust: [{ action: 'AssumeRole', principals }] });
    const release = { account: '333333333333', name: 'release', maxSessionSeconds: 7200 };
    world.addRole({ ...release, trust, allowed: ['sts:AssumeRole'] });
  });

  test('chains from a session, for an hour at most', async () => {
    const client = await sessionClient();
    const answer = await client.send(new sts.AssumeRoleCommand(next));
    expect(answer.AssumedRoleUser?.Arn).toBe('arn:aws:sts::111111111111:assumed-role/deploy/next');
    const long = await failureOf(client.send(new sts.AssumeRoleCommand({ ...next, DurationSeconds: 3601 })));
    expect(long).toMatchObject({ name: 'ValidationError', message: expect.stringContaining('role chaining') });
  });

  test('asks both sides: the role must trust the caller, the caller must be allowed', async () => {
    const client = await sessionClient();
    const stranger = await failureOf(client.send(new sts.AssumeRoleCommand({ ...next, RoleArn: arn })));
    expect(stranger).toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining(`sts:AssumeRole on resource: ${arn}`),
    });
    world.addRole({ account: '333333333333', name: 'release', trust, allowed: ['ecs:*'] });
    const powerless = await sessionClient();
    const error = await failureOf(powerless.send(new sts.AssumeRoleCommand(next)));
    expect(error.message).toContain('because no identity-based policy allows the sts:AssumeRole action');
  });
});

test('sessions can be ended, keys of users stay', async () => {
  world.addKey('AKIAUSER', { account: '111111111111', principal: 'arn:aws:iam::111111111111:user/ada' });
  const client = await sessionClient();
  world.endSessions();
  expect((await failureOf(client.send(new sts.GetCallerIdentityCommand({})))).name).toBe('ExpiredToken');
  const user = new sts.STSClient({ ...lab.client, credentials: { accessKeyId: 'AKIAUSER', secretAccessKey: 'x' } });
  expect(await user.send(new sts.GetCallerIdentityCommand({}))).toMatchObject({
    Arn: 'arn:aws:iam::111111111111:user/ada',
  });
});
