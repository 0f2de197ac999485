import { Temporal } from 'temporal-polyfill';
import { minuteAt } from '../report/minute.ts';
import { dayNames } from './weekly-window.ts';

/** A time in which the clocks of a zone keep the same distance from UTC. Epoch milliseconds; `to` does not belong to it. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  /** Milliseconds that the clocks are ahead of UTC. */
  readonly offset: number;
}

/** What the clocks of `zone` do between two moments, change by change. */
export function stretchesOf(zone: string, from: number, to: number): readonly Stretch[] {
  const stretches: Stretch[] = [];
  for (let start = from; start < to; ) {
    const moment = momentIn(zone, start);
    const end = Math.min(to, moment.getTimeZoneTransition('next')?.epochMilliseconds ?? to);
    stretches.push({ from: start, to: end, offset: moment.offsetNanoseconds / 1_000_000 });
    start = end;
  }
  return stretches;
}

/**
 * The first moment at which the clocks of `zone` show `wall` or later. `wall`: what they show, as if it were UTC. Where a change of
 * the clocks leaves it out, that is the change itself; where it comes twice, the first time.
 */
export function firstAt(zone: string, wall: number): number {
  for (const { from, to, offset } of stretchesAround(zone, wall)) {
    const at = Math.max(from, wall - offset);
    if (at < to) return at;
  }
  return wall;
}

/** The moment from which on the clocks of `zone` never show less than `wall` again: where it comes twice, the second time. */
export function lastAt(zone: string, wall: number): number {
  for (const { from, to, offset } of stretchesAround(zone, wall).toReversed()) {
    const at = Math.min(to, wall - offset);
    if (at > from) return at;
  }
  return wall;
}

/** No zone was ever further from UTC; one that changed sides of the date line skipped or repeated a day. */
const furthest = 50 * 3_600_000;

function stretchesAround(zone: string, wall: number): readonly Stretch[] {
  return stretchesOf(zone, wall - furthest, wall + furthest);
}

/** `Tue 2026-11-17 10:00`, as the clocks of `zone` show it. */
export function clockText(zone: string, at: number): string {
  const moment = momentIn(zone, at);
  const day = dayNames[moment.dayOfWeek - 1]?.slice(0, 3);
  return `${day} ${moment.toPlainDate().toString()} ${moment.toPlainTime().toString({ smallestUnit: 'minute' })}`;
}

/** For people in the zone and everywhere else: `Tue 2026-11-17 10:00 Australia/Brisbane (2026-11-17 00:00 UTC)`. */
export function momentText(zone: string, at: number): string {
  const utc = minuteAt(at);
  return zone === 'UTC' ? `${clockText(zone, at)} UTC` : `${clockText(zone, at)} ${zone} (${utc} UTC)`;
}

function momentIn(zone: string, at: number): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(at)).toZonedDateTimeISO(zone);
}
