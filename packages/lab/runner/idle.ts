import type { BusyCounter } from './engine/run-state.ts';

export interface IdleWatch extends BusyCounter {
  /** Resolves when nobody has been busy for a turn of the event loop. */
  wait(): Promise<void>;
}

export function createIdleWatch(): IdleWatch {
  let busy = 0;
  let waiting: (() => void)[] = [];
  const check = () => {
    if (busy > 0) return;
    const done = waiting;
    waiting = [];
    for (const resolve of done) resolve();
  };
  return {
    enter() {
      busy += 1;
    },
    leave() {
      busy -= 1;
      // What this work set going begins before the loop turns.
      if (busy === 0) setImmediate(check);
    },
    wait: () =>
      new Promise(resolve => {
        waiting.push(resolve);
        setImmediate(check);
      }),
  };
}
