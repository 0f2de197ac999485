import type { Bucket } from './service.ts';

const rounding = 1e-9;

/** Takes a token for each call and says whether there was one. */
export type Throttle = (account: string, region: string, operation: string, now: number) => boolean;

/**
 * The token buckets of one service, one set for each account and region, refilled in lab time
 * (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html).
 */
export function createThrottle(buckets: readonly Bucket[]): Throttle {
  const levels = new Map<string, { tokens: number; at: number }>();
  return (account, region, operation, now) => {
    // An operation that is in several buckets needs a token from each.
    const drawn = buckets
      .map((bucket, index) => ({ bucket, key: `${account}/${region}/${index}` }))
      .filter(({ bucket }) => bucket.operations.includes(operation))
      .map(({ bucket, key }) => ({ key, tokens: level(bucket, levels.get(key), now) }));
    const enough = drawn.every(({ tokens }) => tokens > 1 - rounding);
    for (const { key, tokens } of drawn) levels.set(key, { tokens: enough ? tokens - 1 : tokens, at: now });
    return enough;
  };
}

function level(bucket: Bucket, last: { tokens: number; at: number } | undefined, now: number): number {
  if (last === undefined) return bucket.burst;
  return Math.min(bucket.burst, last.tokens + ((now - last.at) / 1000) * bucket.refill);
}
