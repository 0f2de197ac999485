import * as sdk from '@aws-sdk/client-sts';
import { account, createRole } from '../../server.ts';
import { comparison } from '../comparison.ts';

const role = `arn:aws:iam::${account}:role/conformance`;

export const sts = comparison({
  service: 'sts',
  lab: ({ aws }) =>
    aws.sts.addRole({
      account,
      name: 'conformance',
      trust: [{ action: 'AssumeRole', principals: [`arn:aws:iam::${account}:user/*`] }],
    }),
  async moto(_client, moto) {
    await createRole(moto, 'conformance');
  },
  async play({ client, call }) {
    const sts = new sdk.STSClient(client);
    const assume = (input: Partial<sdk.AssumeRoleCommandInput> = {}) =>
      sts.send(new sdk.AssumeRoleCommand({ RoleArn: role, RoleSessionName: 'release', ...input }));
    await call('who calls', async () => {
      const { Account } = await sts.send(new sdk.GetCallerIdentityCommand({}));
      return { Account };
    });
    await call('a role', async () => {
      const { AssumedRoleUser } = await assume();
      return { Arn: AssumedRoleUser?.Arn };
    });
    await call('who the role is', async () => {
      const { Credentials } = await assume();
      const credentials = {
        accessKeyId: Credentials?.AccessKeyId ?? '',
        secretAccessKey: Credentials?.SecretAccessKey ?? '',
        sessionToken: Credentials?.SessionToken ?? '',
      };
      const { Account, Arn } = await new sdk.STSClient({ ...client, credentials }).send(
        new sdk.GetCallerIdentityCommand({}),
      );
      return { Account, Arn };
    });
    await call('a role that is not there', () => assume({ RoleArn: `${role}-none` }));
    await call('for longer than a session may be', () => assume({ DurationSeconds: 43_201 }));
    await call('for shorter than a session may be', () => assume({ DurationSeconds: 60 }));
  },
});
