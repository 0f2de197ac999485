import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { AwsCallError } from './errors.ts';
import { withRetries } from './retry.ts';
import type { AwsSession } from './session.ts';

/** The calls of IAM that the suite makes. Errors are `AwsCallError`. */
export interface Iam {
  /** The trust policy of a role, as JSON; undefined where the account has none of that ARN. */
  trustOf(arn: string): Promise<string | undefined>;
}

export function createIam({ region, credentials, retry }: AwsSession): Iam {
  const client = new IAMClient({ region, maxAttempts: 1, ...(credentials === undefined ? {} : { credentials }) });

  return {
    async trustOf(arn) {
      // It is asked for by its name alone: a path before that is no part of it.
      const RoleName = arn.split('/').at(-1);
      try {
        const { Role } = await withRetries(retry, 'iam:GetRole', 'any-number', () =>
          client.send(new GetRoleCommand({ RoleName })),
        );
        if (Role?.Arn !== arn) return undefined;
        // https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html: URL-encoded by RFC 3986.
        return decodeURIComponent(Role.AssumeRolePolicyDocument ?? '');
      } catch (error) {
        if (error instanceof AwsCallError && /^NoSuchEntity/.test(error.code)) return undefined;
        throw error;
      }
    },
  };
}
