import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { withRetries } from './retry.ts';
import type { AwsSession } from './session.ts';

/** The account whose credentials these are. Everybody may ask that. Errors are `AwsCallError`. */
export async function accountOf({ region, credentials, retry }: AwsSession): Promise<string> {
  const client = new STSClient({ region, maxAttempts: 1, ...(credentials === undefined ? {} : { credentials }) });
  const { Account = '' } = await withRetries(retry, 'sts:GetCallerIdentity', 'any-number', () =>
    client.send(new GetCallerIdentityCommand({})),
  );
  return Account;
}
