import type { Timeout, Waiting } from './timeout.ts';

export interface WaitingTimers extends Waiting {
  /** Lab time of the next timer, or null. */
  nextDue(): number | null;
  /** Removes the timers that are due and gives them in the order in which they fire. */
  takeDue(): readonly Timeout[];
}

/** `keepAlive` hears whether a ref'd timer waits: that is what must keep the process from ending. */
export function createWaitingTimers(now: () => number, keepAlive: (alive: boolean) => void): WaitingTimers {
  const sorted: Timeout[] = [];
  let ref = 0;

  function count(change: 1 | -1): void {
    ref += change;
    if (change === 1 && ref === 1) keepAlive(true);
    if (change === -1 && ref === 0) keepAlive(false);
  }

  return {
    now,
    add(timer) {
      sorted.splice(placeOf(timer, sorted), 0, timer);
      if (timer.hasRef()) count(1);
    },
    remove(timer) {
      const place = placeOf(timer, sorted) - 1;
      // A timer that is due has left already and only waits for its callback.
      if (sorted[place] !== timer) return;
      sorted.splice(place, 1);
      if (timer.hasRef()) count(-1);
    },
    refChanged(timer) {
      if (sorted[placeOf(timer, sorted) - 1] === timer) count(timer.hasRef() ? 1 : -1);
    },
    nextDue: () => sorted[0]?.due ?? null,
    takeDue() {
      const time = now();
      const later = sorted.findIndex(timer => timer.due > time);
      const due = sorted.splice(0, later === -1 ? sorted.length : later);
      for (const timer of due) if (timer.hasRef()) count(-1);
      return due;
    },
  };
}

/** The number of timers that fire no later than `timer`: the place after it, or where it belongs. */
function placeOf(timer: Timeout, sorted: readonly Timeout[]): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = sorted[middle];
    if (other && (other.due < timer.due || (other.due === timer.due && other.order <= timer.order))) low = middle + 1;
    else high = middle;
  }
  return low;
}
