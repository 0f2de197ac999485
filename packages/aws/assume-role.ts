import { AssumeRoleWithWebIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Credentials } from './credentials.ts';
import { AwsCallError, callError } from './errors.ts';

/** Exchanges an OIDC token for credentials of the role. The call itself is unsigned. */
export async function assumeWithToken(
  region: string,
  role: string,
  sessionName: string,
  token: string,
): Promise<Credentials> {
  const action = 'sts:AssumeRoleWithWebIdentity';
  const client = new STSClient({ region });
  const command = new AssumeRoleWithWebIdentityCommand({
    RoleArn: role,
    RoleSessionName: sessionName,
    WebIdentityToken: token,
  });
  const { Credentials: issued } = await client.send(command).catch((thrown: unknown) => {
    // It is asked for in the middle of some other call, which must not be blamed for it.
    throw callError(action, thrown);
  });
  if (issued?.AccessKeyId === undefined || issued.SecretAccessKey === undefined) {
    throw new AwsCallError('no-credentials', 'EmptyAnswer', action, `STS answered without credentials for ${role}.`);
  }
  return {
    accessKeyId: issued.AccessKeyId,
    secretAccessKey: issued.SecretAccessKey,
    ...(issued.SessionToken === undefined ? {} : { sessionToken: issued.SessionToken }),
    ...(issued.Expiration === undefined ? {} : { expiration: issued.Expiration }),
  };
}
