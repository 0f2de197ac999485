import type { Bucket } from '../s3/bucket.ts';

/** TTLs in seconds. https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Expiration.html */
export interface CachePolicy {
  readonly minTtl: number;
  readonly defaultTtl: number;
  readonly maxTtl: number;
}

/** The managed policy CachingOptimized: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html */
export const cachingOptimized: CachePolicy = { minTtl: 1, defaultTtl: 86_400, maxTtl: 31_536_000 };

export interface DistributionSpec {
  readonly account: string;
  readonly id: string;
  /** Alternate domain names under which it is reached. */
  readonly hosts: readonly string[];
  readonly bucket: Bucket;
  /** Put in front of every path, as `/site`. */
  readonly originPath?: string;
  readonly defaultRootObject?: string;
  /** A page that is answered with 200 instead of a 403 or 404: the fallback of single-page applications. */
  readonly notFoundPage?: string;
  readonly policy?: CachePolicy;
  /** How many edges have a cache of their own. */
  readonly edges?: number;
  /** How long an invalidation takes, ms. */
  readonly invalidationTakes?: number;
  readonly enabled?: boolean;
}

export interface Cached {
  readonly reply: PageReply;
  /** Lab time, ms. */
  readonly until: number;
}

export interface PageReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface Distribution extends Required<Omit<DistributionSpec, 'notFoundPage' | 'defaultRootObject'>> {
  readonly arn: string;
  readonly domainName: string;
  readonly notFoundPage: string | undefined;
  readonly defaultRootObject: string;
  /** One cache for each edge, by path. */
  readonly caches: readonly Map<string, Cached>[];
  readonly invalidations: Map<string, Invalidation>;
}

export interface Invalidation {
  readonly id: string;
  readonly callerReference: string;
  readonly paths: readonly string[];
  readonly createdAt: number;
  status: 'InProgress' | 'Completed';
}

export function createDistribution(spec: DistributionSpec): Distribution {
  const { edges = 3, originPath = '', invalidationTakes = 30_000, enabled = true, policy = cachingOptimized } = spec;
  return {
    ...spec,
    edges,
    originPath,
    invalidationTakes,
    enabled,
    policy,
    notFoundPage: spec.notFoundPage,
    defaultRootObject: spec.defaultRootObject ?? '',
    arn: `arn:aws:cloudfront::${spec.account}:distribution/${spec.id}`,
    domainName: `${spec.id.toLowerCase()}.cloudfront.net`,
    caches: Array.from({ length: edges }, () => new Map<string, Cached>()),
    invalidations: new Map(),
  };
}
