import { createServer } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { AwsCallError } from '#aws/errors';
import { createSession } from '#aws/session';
import { FindingError } from '#core/finding';
import { NOON } from '../core/fixture.ts';

const hour = 3_600_000;
/** When the credentials that STS gives out end, and what it says instead of giving them. */
let life = hour;
let refusal: { readonly status: number; readonly code: string; readonly message: string } | undefined;
let now = NOON;
let asked = 0;

/** STS as far as this needs it: the shape of AssumeRoleWithWebIdentity in the STS API reference. */
const sts = createServer((request, response) => {
  request.resume().on('end', () => {
    asked += 1;
    response.setHeader('content-type', 'text/xml');
    if (refusal !== undefined) {
      response.statusCode = refusal.status;
      response.end(
        `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${refusal.code}</Code><Message>${refusal.message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
      );
      return;
    }
    const ends = new Date(now + life).toISOString();
    response.end(
      `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>key${asked}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken><Expiration>${ends}</Expiration></Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`,
    );
  });
});

beforeAll(async () => {
  await new Promise<void>(resolve => {
    sts.listen(0, '127.0.0.1', resolve);
  });
  const address = sts.address();
  if (typeof address === 'object' && address !== null)
    process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${address.port}`;
});

afterAll(() => {
  delete process.env.AWS_ENDPOINT_URL;
  sts.close();
  sts.closeAllConnections();
});

beforeEach(() => {
  [life, refusal, now, asked] = [hour, undefined, NOON, 0];
});

function session(mintToken: () => Promise<string> = async () => 'oidc') {
  const clock = { now: () => now, sleep: async () => undefined };
  const role = 'arn:aws:iam::111111111111:role/release';
  const made = createSession({
    region: 'eu-west-1',
    clock,
    random: () => 0,
    assume: { role, sessionName: 's', mintToken },
  });
  const { credentials } = made;
  if (credentials === undefined) throw new Error('a session with a role has credentials of its own');
  return { ...made, keys: async () => (await credentials()).accessKeyId };
}

describe('the credentials of a role', () => {
  test('fifty calls that start together assume it once, and mint one token', async () => {
    let minted = 0;
    const { keys } = session(async () => {
      minted += 1;
      return 'oidc';
    });
    expect(new Set(await Promise.all(Array.from({ length: 50 }, keys)))).toEqual(new Set(['key1']));
    expect([asked, minted]).toEqual([1, 1]);
  });

  test('they are renewed five minutes before they end, during a long wait (aws-codebuild-run-build#104)', async () => {
    const { keys } = session();
    expect(await keys()).toBe('key1');
    now += hour - 5 * 60_000;
    expect(await keys()).toBe('key1');
    now += 1;
    expect(await keys()).toBe('key2');
  });

  test('AWS says that they have expired: new ones are asked for at the next call', async () => {
    const { keys, retry } = session();
    await keys();
    expect(retry.renew()).toBe(true);
    expect(await keys()).toBe('key2');
  });

  test('a refusal is told as STS’s own, and does not stick', async () => {
    refusal = { status: 403, code: 'AccessDenied', message: 'Not authorized to perform sts:AssumeRoleWithWebIdentity' };
    const { keys } = session();
    const error = await keys().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AwsCallError);
    expect(error).toMatchObject({ kind: 'denied', action: 'sts:AssumeRoleWithWebIdentity' });
    refusal = undefined;
    expect(await keys()).toBe('key2');
  });

  test('a token that the runner does not give stays the runner’s fault', async () => {
    const missing = new FindingError([{ reason: 'credentials-missing', message: 'no id-token', evidence: {} }]);
    await expect(session(() => Promise.reject(missing)).keys()).rejects.toBe(missing);
    expect(asked).toBe(0);
  });
});

test('without a role the SDK’s own chain is left to itself, and nothing can be renewed', () => {
  const clock = { now: () => now, sleep: async () => undefined };
  const { credentials, retry } = createSession({ region: 'eu-west-1', clock, random: () => 0 });
  expect(credentials).toBeUndefined();
  expect(retry.renew()).toBe(false);
});
