import type { JumpOptions } from './owned-clock.ts';

/** Tells, in wall time, a world that is stuck or slow. Each stall is told once. */
export interface StallWatch {
  /** Something has happened. */
  moved(): void;
  /** Somebody is busy. */
  busy(): void;
  /** Nothing is left to happen; `waiting` says whether somebody waits for it all the same. */
  atRest(waiting: boolean): void;
  close(): void;
}

// The lab may be about to add an event of its own after some real I/O that it did not hold the clock for.
const GRACE = 250;

export function watchForStalls(options: JumpOptions, situation: () => string): StallWatch {
  const { onStuck, onSlow, slowAfter = 20_000 } = options;
  let stuck: NodeJS.Timeout | undefined;
  let slow: NodeJS.Timeout | undefined;
  let slowTold = false;

  function clearStuck(): void {
    clearTimeout(stuck);
    stuck = undefined;
  }
  function clearSlow(): void {
    clearTimeout(slow);
    slow = undefined;
  }

  return {
    moved() {
      clearStuck();
      // Restarting a timer on every jump would cost more than the jump: it looks itself whether time has moved.
      slow?.refresh();
      slowTold = false;
    },
    busy() {
      clearStuck();
      if (slow || slowTold || !onSlow) return;
      slow = setTimeout(() => {
        slow = undefined;
        slowTold = true;
        onSlow(situation());
      }, slowAfter).unref();
    },
    atRest(waiting) {
      clearSlow();
      if (!waiting || stuck || !onStuck) return;
      stuck = setTimeout(() => onStuck(situation()), GRACE).unref();
    },
    close() {
      clearStuck();
      clearSlow();
    },
  };
}
