import { setTimeout as delay } from 'node:timers/promises';
import type { Clock, Random } from '#core/clock';

export const clock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) => delay(milliseconds, undefined, signal === undefined ? {} : { signal }),
};

/** For jitter alone. */
export const random: Random = Math.random;
