import {
  CloudFrontClient,
  CreateInvalidationCommand,
  GetDistributionCommand,
  GetInvalidationCommand,
} from '@aws-sdk/client-cloudfront';
import { AwsCallError } from './errors.ts';
import { unlessMissing } from './missing.ts';
import { withRetries } from './retry.ts';
import type { AwsSession } from './session.ts';

export interface DistributionFacts {
  readonly id: string;
  readonly enabled: boolean;
  readonly defaultRootObject: string;
  /** Host name and path of every origin. */
  readonly origins: readonly { readonly host: string; readonly path: string }[];
}

export interface InvalidationFacts {
  readonly id: string;
  readonly completed: boolean;
}

/** The calls of CloudFront that the suite makes. Every method retries; errors are `AwsCallError`. */
export interface CloudFront {
  /** Undefined when this account has none of that id. */
  distribution(id: string): Promise<DistributionFacts | undefined>;
  /** With the same reference and paths it is the same one: https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_InvalidationBatch.html */
  invalidate(
    distribution: string,
    reference: string,
    paths: readonly string[],
  ): Promise<InvalidationFacts | 'too-many'>;
  invalidation(distribution: string, id: string): Promise<InvalidationFacts>;
}

export function createCloudFront(session: AwsSession): CloudFront {
  const { region, credentials, retry } = session;
  const client = new CloudFrontClient({
    region,
    maxAttempts: 1,
    ...(credentials === undefined ? {} : { credentials }),
  });
  const call = <T>(operation: string, send: () => Promise<T>) =>
    withRetries(retry, `cloudfront:${operation}`, 'any-number', send);

  return {
    async distribution(id) {
      const asked = call('GetDistribution', () => client.send(new GetDistributionCommand({ Id: id })));
      const answer = await unlessMissing('NoSuchDistribution', asked);
      if (answer === undefined) return undefined;
      const config = answer.Distribution?.DistributionConfig;
      return {
        id,
        enabled: config?.Enabled === true,
        defaultRootObject: config?.DefaultRootObject ?? '',
        origins: (config?.Origins?.Items ?? []).map(({ DomainName = '', OriginPath = '' }) => ({
          host: DomainName,
          path: OriginPath,
        })),
      };
    },

    async invalidate(distribution, reference, paths) {
      const command = new CreateInvalidationCommand({
        DistributionId: distribution,
        InvalidationBatch: { CallerReference: reference, Paths: { Quantity: paths.length, Items: [...paths] } },
      });
      try {
        const { Invalidation } = await call('CreateInvalidation', () => client.send(command));
        return factsOf(Invalidation);
      } catch (error) {
        if (error instanceof AwsCallError && error.code === 'TooManyInvalidationsInProgress') return 'too-many';
        throw error;
      }
    },

    async invalidation(distribution, id) {
      const command = new GetInvalidationCommand({ DistributionId: distribution, Id: id });
      const { Invalidation } = await call('GetInvalidation', () => client.send(command));
      return factsOf(Invalidation);
    },
  };
}

function factsOf(invalidation: { readonly Id?: string | undefined; readonly Status?: string | undefined } = {}) {
  return { id: invalidation.Id ?? '', completed: invalidation.Status === 'Completed' };
}
