import type { LabClock } from './clock.ts';

/** `sleep` for any clock with `now` and `at`; rejects with the signal's reason. */
export function sleepOn(clock: Pick<LabClock, 'now' | 'at'>): LabClock['sleep'] {
  return (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const cancel = clock.at(clock.now() + milliseconds, () => {
        signal?.removeEventListener('abort', abort);
        resolve();
      });
      function abort() {
        cancel();
        reject(signal?.reason);
      }
      signal?.addEventListener('abort', abort, { once: true });
    });
}
