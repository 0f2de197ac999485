import type { LabClock } from '../clock/clock.ts';

/** Lab time while a scenario is at work: it stands still, and must not run away between two steps. */
export interface HeldTime {
  /** Lets time pass until the promise is settled. */
  pass(wait: () => Promise<void>): Promise<void>;
}

export function holdTime(clock: Pick<LabClock, 'hold'>): HeldTime {
  const hold = () => clock.hold('the scenario is at work');
  let release = hold();
  return {
    async pass(wait) {
      release();
      try {
        await wait();
      } finally {
        release = hold();
      }
    },
  };
}
