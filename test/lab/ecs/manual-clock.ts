import type { LabClock } from '../../../packages/lab/clock/clock.ts';

/** A clock that jumps to the next event when the test says so. */
export interface ManualClock extends LabClock {
  /** Lets everything happen until `ms` from now. */
  pass(ms: number): void;
  /** Lets things happen, one event after the other, until the condition holds; fails after `limit` ms. */
  until(condition: () => boolean, limit?: number): void;
}

interface Entry {
  readonly time: number;
  readonly event: () => void;
  isCancelled: boolean;
}

export const START = Date.UTC(2026, 10, 2, 9, 0, 0);

export function manualClock(start = START): ManualClock {
  let now = start;
  let queue: Entry[] = [];
  const next = (limit: number): Entry | undefined => {
    queue = queue.filter(entry => !entry.isCancelled);
    const due = queue.filter(entry => entry.time <= limit);
    const first = due.reduce<Entry | undefined>(
      (best, each) => (best === undefined || each.time < best.time ? each : best),
      undefined,
    );
    if (first !== undefined) queue.splice(queue.indexOf(first), 1);
    return first;
  };
  const step = (limit: number): boolean => {
    const entry = next(limit);
    if (entry === undefined) return false;
    now = Math.max(now, entry.time);
    entry.event();
    return true;
  };
  return {
    now: () => now,
    at: (time, event) => {
      const entry = { time, event, isCancelled: false };
      queue.push(entry);
      return () => {
        entry.isCancelled = true;
      };
    },
    sleep: () => Promise.reject(new Error('not in these tests')),
    hold: () => () => {},
    pass: ms => {
      const limit = now + ms;
      while (step(limit));
      now = limit;
    },
    until: (condition, limit = 48 * 3_600_000) => {
      const end = now + limit;
      while (!condition()) {
        if (!step(end)) throw new Error(`did not come about within ${limit / 1000} s of lab time`);
      }
    },
  };
}
