import * as iam from '@aws-sdk/client-iam';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createIam } from '../../../packages/lab/aws/iam/iam.ts';
import type { Role } from '../../../packages/lab/aws/sts/roles.ts';
import { caller, failureOf, manualClock, startLab, type TestLab } from '../wire/harness.ts';

const github = 'token.actions.githubusercontent.com';
const release: Role = {
  account: caller.account,
  name: 'release',
  trust: [
    {
      action: 'AssumeRoleWithWebIdentity',
      provider: github,
      conditions: {
        aud: ['sts.amazonaws.com'],
        sub: ['repo:acme/shop:environment:prod', 'repo:acme/shop:environment:dev'],
        job_workflow_ref: ['org/release-actions/.github/workflows/*@refs/tags/v1'],
      },
    },
    { action: 'AssumeRole', principals: ["arn:aws:iam::111111111111:user/o'hara"] },
  ],
};

let lab: TestLab;
beforeEach(async () => {
  const clock = manualClock();
  const roleOf = (account: string, name: string) =>
    account === release.account && name === release.name ? release : undefined;
  const { service } = createIam({ roleOf, madeAt: clock.now() });
  lab = await startLab({ services: [service], manual: clock });
});
afterEach(async () => {
  expect(lab.defects).toEqual([]);
  await lab.close();
});

const roleNamed = (RoleName: string) => new iam.IAMClient(lab.client).send(new iam.GetRoleCommand({ RoleName }));

test('a role says whom it trusts, URL-encoded', async () => {
  const { Role: role } = await roleNamed('release');
  expect(role).toMatchObject({
    Arn: 'arn:aws:iam::111111111111:role/release',
    Path: '/',
    MaxSessionDuration: 3600,
    CreateDate: new Date(lab.clock.now()),
  });
  expect(role?.RoleId).toMatch(/^AROA[A-Z0-9]{17}$/);
  const { AssumeRolePolicyDocument: document = '' } = role ?? {};
  expect(document).toMatch(/^[\w.~%-]+$/);
  expect(JSON.parse(decodeURIComponent(document))).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: `arn:aws:iam::111111111111:oidc-provider/${github}` },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: {
            [`${github}:aud`]: 'sts.amazonaws.com',
            [`${github}:sub`]: ['repo:acme/shop:environment:prod', 'repo:acme/shop:environment:dev'],
          },
          StringLike: { [`${github}:job_workflow_ref`]: 'org/release-actions/.github/workflows/*@refs/tags/v1' },
        },
      },
      {
        Effect: 'Allow',
        Principal: { AWS: ["arn:aws:iam::111111111111:user/o'hara"] },
        Action: 'sts:AssumeRole',
      },
    ],
  });
});

test('a role that is not there, a name that is none, and what is not modelled', async () => {
  expect(await failureOf(roleNamed('nobody'))).toMatchObject({
    name: 'NoSuchEntityException',
    message: 'The role with name nobody cannot be found.',
    $metadata: { httpStatusCode: 404 },
  });
  expect(await failureOf(roleNamed('a b'))).toMatchObject({ name: 'ValidationError' });
  const list = new iam.IAMClient(lab.client).send(new iam.ListRolesCommand({}));
  expect(await failureOf(list)).toMatchObject({ $metadata: { httpStatusCode: 501 } });
});
