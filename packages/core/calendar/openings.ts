import { DAY, type WeeklyWindow } from './weekly-window.ts';
import { stretchesOf } from './zone.ts';

/** A time between two moments, in epoch milliseconds; `to` does not belong to it. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

const minute = 60_000;
const day = DAY * minute;

/**
 * When the windows are open between two moments, in order and without overlaps. A window is open while the clocks of the zone show
 * a time in it: an hour that a change of the clocks leaves out is not open, one that comes twice is open twice.
 */
export function openingsBetween(
  windows: readonly WeeklyWindow[],
  zone: string,
  from: number,
  to: number,
): readonly Interval[] {
  const pieces = stretchesOf(zone, from, to).flatMap(stretch => {
    const first = Math.floor((stretch.from + stretch.offset) / day) - 1;
    const last = Math.floor((stretch.to + stretch.offset) / day);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index).flatMap(date =>
      windows
        .filter(window => window.days.includes(weekday(date)))
        .map(window => ({
          from: Math.max(stretch.from, date * day + window.from * minute - stretch.offset),
          to: Math.min(stretch.to, date * day + window.to * minute - stretch.offset),
        })),
    );
  });
  return joined(pieces);
}

/** `date`: days since 1 January 1970, which was a Thursday. Monday is 1. */
function weekday(date: number): number {
  return ((((date + 3) % 7) + 7) % 7) + 1;
}

/** Intervals in order; what overlaps or touches is one. Empty ones are left out. */
export function joined(intervals: readonly Interval[]): readonly Interval[] {
  const result: Interval[] = [];
  const inOrder = intervals.filter(({ from, to }) => from < to).toSorted((one, other) => one.from - other.from);
  for (const next of inOrder) {
    const last = result.at(-1);
    if (last !== undefined && next.from <= last.to) {
      result[result.length - 1] = { from: last.from, to: Math.max(last.to, next.to) };
    } else {
      result.push(next);
    }
  }
  return result;
}

/** How far one looks for an opening: a weekly window is left out by a change of the clocks once, not five times. */
const horizon = 35 * day;

/**
 * The opening that `now` is in, or undefined; and the first one from now on that is at least `takes` long, from the moment at which
 * it can be used. `unbounded` when it does not close within five weeks.
 */
export function openingAt(windows: readonly WeeklyWindow[], zone: string, now: number, takes: number): Opening {
  const openings = openingsBetween(windows, zone, now, now + horizon);
  const [first] = openings;
  return {
    current: first?.from === now ? first : undefined,
    next: openings.find(({ from, to }) => to - from >= takes),
    unbounded: first?.from === now && first.to === now + horizon,
  };
}

export interface Opening {
  readonly current: Interval | undefined;
  readonly next: Interval | undefined;
  readonly unbounded: boolean;
}
