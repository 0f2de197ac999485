import type { DatedFreeze } from './dated-freeze.ts';
import type { Interval } from './openings.ts';
import { type PeriodEnd, periodEnds } from './period-end.ts';
import { firstAt, lastAt } from './zone.ts';

/** A time in which nothing is released. */
export interface Freeze extends Interval {
  readonly name: string;
}

/** One looks a year ahead: a freeze that joins freezes all that time has no end that is worth telling. */
export const FREEZE_HORIZON = 400 * 86_400_000;

/** The clocks of a zone are never a day away from UTC. */
const margin = 2 * 86_400_000;

export function freezesOfDates(dates: readonly DatedFreeze[], zone: string): readonly Freeze[] {
  return dates.map(({ from, to, reason, text }) => ({
    name: reason ?? text,
    ...momentsOf(zone, wallOf(from), wallOf(to)),
  }));
}

export function freezesOfPeriods(ends: readonly PeriodEnd[], zone: string, now: number): readonly Freeze[] {
  return ends.flatMap(end =>
    periodEnds(end, now - margin, now + FREEZE_HORIZON).map(({ from, to }) => ({
      name: `last ${end.text}`,
      ...momentsOf(zone, from, to),
    })),
  );
}

/** From when the clocks first show the one to when they last show less than the other. */
export function momentsOf(zone: string, from: number, to: number): Interval {
  return { from: firstAt(zone, from), to: lastAt(zone, to) };
}

/** `2026-12-20T00:00` as if it were UTC. */
function wallOf(text: string): number {
  return Date.parse(`${text}Z`);
}

/** What stands in the way of a change at some moment, and when nothing does any more. */
export interface Frozen {
  /** The freeze that the change would begin in, or else run into. */
  readonly by: Freeze;
  readonly until: number;
}

/** Whether a change that begins `now` and takes so long meets a freeze. One that follows too soon upon the other counts, too. */
export function frozenAt(freezes: readonly Freeze[], now: number, takes: number): Frozen | undefined {
  const meets = (at: number) =>
    freezes
      .filter(({ from, to }) => at < to && (from <= at || from < at + takes))
      .toSorted((one, other) => one.from - other.from || other.to - one.to)[0];
  const by = meets(now);
  if (by === undefined) return undefined;
  let until = by.to;
  for (let next = meets(until); next !== undefined; next = meets(until)) until = next.to;
  return { by, until };
}
