import type { LabClock } from '../../clock/clock.ts';

interface Entry {
  readonly time: number;
  readonly event: () => void;
  cancel: (() => void) | undefined;
  isCancelled: boolean;
}

/** The lab clock, and a way to live through some time before now, so that a world can begin with a history. */
export interface PastClock extends LabClock {
  /**
   * Sets the time back to `since`, runs `act`, and lets everything happen that it schedules until now. What lies in the
   * future then is left to the lab clock.
   */
  relive(since: number, act: () => void): void;
}

export function createPastClock(clock: LabClock): PastClock {
  let past: { now: number; queue: Entry[] } | undefined;

  const handOver = (entry: Entry): void => {
    if (!entry.isCancelled) entry.cancel = clock.at(entry.time, entry.event);
  };

  return {
    now: () => past?.now ?? clock.now(),
    at: (time, event) => {
      if (past === undefined) return clock.at(time, event);
      const entry: Entry = { time: Math.max(time, past.now), event, cancel: undefined, isCancelled: false };
      past.queue.push(entry);
      return () => {
        entry.isCancelled = true;
        entry.cancel?.();
      };
    },
    sleep: (milliseconds, signal) => clock.sleep(milliseconds, signal),
    hold: reason => clock.hold(reason),
    relive: (since, act) => {
      const present = clock.now();
      past = { now: since, queue: [] };
      const { queue } = past;
      try {
        act();
        for (let next = takeEarliest(queue, present); next !== undefined; next = takeEarliest(queue, present)) {
          past.now = next.time;
          if (!next.isCancelled) next.event();
        }
      } finally {
        past = undefined;
      }
      queue.sort((a, b) => a.time - b.time).forEach(handOver);
    },
  };
}

/** The earliest entry that is due, the first of those at the same time. */
function takeEarliest(queue: Entry[], until: number): Entry | undefined {
  let best = -1;
  for (const [index, entry] of queue.entries()) {
    if (entry.time <= until && (best === -1 || entry.time < (queue[best]?.time ?? 0))) best = index;
  }
  return best === -1 ? undefined : queue.splice(best, 1)[0];
}
