import type { Limit } from '../flow/limit.ts';
import { metrics } from '../flow/metrics.ts';
import { minute } from './signal.ts';

/** How long one value of a limit covers, in ms. A share is taken over five minutes: over one, a single request would decide. */
export function windowOf({ window, metric, threshold }: Limit): number {
  if (window !== undefined) return window;
  const isShare = threshold.unit === 'percent' && metrics[metric].window !== 'none';
  return (isShare ? 5 : 1) * minute;
}
