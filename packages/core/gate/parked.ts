import type { Happening } from '../journal/event.ts';
import type { Release } from '../release.ts';
import type { Verdict } from '../verdict.ts';

/** What the journal keeps of a release that lacks only time or people. */
export function parkedBy(release: Release, { reason, missing = [], until }: Verdict): Happening {
  return { type: 'parked', release, reason, missing, ...(until === undefined ? {} : { until }) };
}
