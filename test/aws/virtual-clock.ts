import type { Clock } from '#core/clock';

export interface VirtualClock extends Clock {
  /** Lets time pass, from sleep to sleep, until the work is done. Answers what it answers. */
  run<T>(work: () => Promise<T>): Promise<T>;
}

/** A clock that stands still until everybody sleeps, and then goes to the moment when the next one wakes. */
export function virtualClock(start = 0): VirtualClock {
  let now = start;
  let sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  return {
    now: () => now,
    sleep: milliseconds =>
      new Promise(resolve => {
        sleepers.push({ at: now + Math.max(0, milliseconds), wake: resolve });
      }),
    async run(work) {
      let done = false;
      const result = work().finally(() => {
        done = true;
      });
      // A failure is the caller's to see, not an unhandled one while time still passes.
      result.catch(() => undefined);
      for (;;) {
        await new Promise(resolve => setImmediate(resolve));
        if (done) return result;
        if (sleepers.length === 0) continue;
        now = Math.min(...sleepers.map(sleeper => sleeper.at));
        const awake = sleepers.filter(sleeper => sleeper.at <= now);
        sleepers = sleepers.filter(sleeper => sleeper.at > now);
        for (const sleeper of awake) sleeper.wake();
      }
    },
  };
}

/** An exception as the SDK throws it. */
export function sdkError(name: string, message: string, status?: number): Error {
  const error = new Error(message);
  error.name = name;
  return Object.assign(error, status === undefined ? {} : { $metadata: { httpStatusCode: status } });
}
