import { createEventQueue } from './event-queue.ts';
import type { OwnedClock, WallOptions } from './owned-clock.ts';
import { sleepOn } from './sleep.ts';

const LONGEST_TIMER = 2 ** 31 - 1;

/** Lab time that follows the wall clock, for a lab that is used from a shell. Nothing can stop it, so a hold does nothing. */
export function createWallClock({ start, speed = 1 }: WallOptions): OwnedClock {
  if (!(speed > 0 && Number.isFinite(speed)))
    throw new RangeError(`The speed of a clock is a positive number, not ${speed}`);
  const queue = createEventQueue();
  const wallStart = performance.now();
  const now = () => start + (performance.now() - wallStart) * speed;
  let timer: NodeJS.Timeout | undefined;

  function setTimer(): void {
    clearTimeout(timer);
    const next = queue.nextTime();
    if (next === undefined) return;
    timer = setTimeout(run, Math.min(Math.max((next - now()) / speed, 0), LONGEST_TIMER));
  }

  function run(): void {
    try {
      // Timers may fire a fraction of a millisecond early.
      if ((queue.nextTime() ?? Number.POSITIVE_INFINITY) - now() < speed) queue.take()?.();
    } finally {
      setTimer();
    }
  }

  const at: OwnedClock['at'] = (time, event) => {
    const cancel = queue.add(time, event);
    setTimer();
    return () => {
      cancel();
      setTimer();
    };
  };
  const nothing = () => () => {};
  return {
    now,
    at,
    sleep: sleepOn({ now, at }),
    hold: nothing,
    keepWaiting: nothing,
    follow: () => {},
    listen: async () => ({ env: {} }),
    close: async () => clearTimeout(timer),
  };
}
