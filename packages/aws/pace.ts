import type { Clock } from '#core/clock';

/** Operations that draw from one token bucket; `refill` is tokens a second. */
export interface Bucket {
  readonly operations: readonly string[];
  readonly burst: number;
  readonly refill: number;
}

/**
 * Token buckets of ECS per account and region: burst and refill a second.
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html
 * We take four fifths of the refill: other runs share the buckets.
 */
const ecsBuckets: readonly Bucket[] = [
  { operations: ['UpdateService'], burst: 50, refill: 5 },
  { operations: ['RegisterTaskDefinition'], burst: 20, refill: 1 },
  { operations: ['DescribeServiceDeployments', 'ListServiceDeployments'], burst: 50, refill: 20 },
  { operations: ['DescribeServices'], burst: 100, refill: 20 },
  { operations: ['ListTasks', 'DescribeTasks'], burst: 100, refill: 20 },
];

const usualShare = 0.8;

/** Waits until the operation’s bucket has a token, so that many components start as fast as AWS allows, and no faster. */
export function paceOf(
  clock: Clock,
  buckets: readonly Bucket[] = ecsBuckets,
  share = usualShare,
): (operation: string) => Promise<void> {
  const taken = buckets.map(() => ({ tokens: Number.POSITIVE_INFINITY, at: 0 }));
  return async operation => {
    const index = buckets.findIndex(bucket => bucket.operations.includes(operation));
    const bucket = buckets[index];
    const state = taken[index];
    if (bucket === undefined || state === undefined) return;
    const refilled = state.tokens + ((clock.now() - state.at) / 1000) * bucket.refill * share;
    state.tokens = Math.min(bucket.burst * share, refilled) - 1;
    state.at = clock.now();
    if (state.tokens < 0) await clock.sleep((-state.tokens / (bucket.refill * share)) * 1000);
  };
}
