import * as sdk from '@aws-sdk/client-iam';
import { account } from '../../server.ts';
import { comparison } from '../comparison.ts';

const document = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com` },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringEquals: { 'token.actions.githubusercontent.com:sub': 'repo:acme/shop:environment:prod' } },
    },
  ],
};

/** A role that trusts GitHub. */
export const iam = comparison({
  service: 'iam',
  lab: ({ aws }) =>
    aws.sts.addRole({
      account,
      name: 'conformance-release',
      trust: [
        {
          action: 'AssumeRoleWithWebIdentity',
          provider: 'token.actions.githubusercontent.com',
          conditions: { sub: ['repo:acme/shop:environment:prod'] },
        },
      ],
    }),
  async moto(client) {
    const AssumeRolePolicyDocument = JSON.stringify(document);
    const command = new sdk.CreateRoleCommand({ RoleName: 'conformance-release', AssumeRolePolicyDocument });
    await new sdk.IAMClient(client).send(command);
  },
  async play({ client, call, name }) {
    const iam = new sdk.IAMClient(client);
    const role = (RoleName: string) => iam.send(new sdk.GetRoleCommand({ RoleName }));
    await call('a role', async () => {
      const { Role } = await role('conformance-release');
      name('id', Role?.RoleId);
      // Which characters are encoded is all that differs in the text.
      return { ...Role, AssumeRolePolicyDocument: decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '') };
    });
    await call('a role that is not there', () => role('conformance-nobody'));
    await call('a name that is none', () => role('conformance nobody'));
  },
});
