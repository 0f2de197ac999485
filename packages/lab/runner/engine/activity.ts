import type { LabClock } from '../../clock/clock.ts';

/**
 * One line of the runner's own work. Lab time stands still while it goes on, and may jump only while it rests. The hold is
 * taken back at the moment that ends the rest, not when the waiting code gets to run.
 */
export interface Activity {
  /** Rests until `wake` is called, once; later calls do nothing. */
  rest<T>(begin: (wake: (value: T) => void) => void): Promise<T>;
  /** Rests until a promise is settled. */
  until<T>(promise: Promise<T>): Promise<T>;
  sleep(milliseconds: number): Promise<void>;
  end(): void;
}

export function beginActivity(clock: LabClock, reason: string): Activity {
  let release: (() => void) | undefined = clock.hold(reason);
  const rest = <T>(begin: (wake: (value: T) => void) => void): Promise<T> =>
    new Promise<T>(resolve => {
      let awake = false;
      begin(value => {
        if (awake) return;
        awake = true;
        release ??= clock.hold(reason);
        resolve(value);
      });
      if (awake) return;
      release?.();
      release = undefined;
    });
  return {
    rest,
    // What the promise became is left to its own `await`, which no longer takes any time.
    async until(promise) {
      await rest<void>(
        wake =>
          void promise.then(
            () => wake(),
            () => wake(),
          ),
      );
      return promise;
    },
    sleep: milliseconds => rest(wake => void clock.at(clock.now() + milliseconds, () => wake(undefined))),
    end() {
      // What this work set going (a next job) begins in the same turn of the loop; time waits for it.
      const last = release;
      release = undefined;
      if (last) setImmediate(last);
    },
  };
}
