/** The other implementation, which imports nothing from core: it asks Intl what the clocks show, minute by minute. */
const minute = 60_000;

export interface NaiveWindow {
  readonly days: readonly string[];
  /** `HH:MM`; closes before it opens: over midnight. */
  readonly opens: string;
  readonly closes: string;
}

const week = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** Whether the clocks show a time in one of the windows. */
export function naiveClock(zone: string, windows: readonly NaiveWindow[]): (at: number) => boolean {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  // Intl is slow, and today no clock changes but at a quarter: that one is asked for, the minutes are counted on.
  let asked = { quarter: Number.NaN, day: '', hour: '', minute: 0 };
  return at => {
    const quarter = at - (at % (15 * minute));
    if (quarter !== asked.quarter) {
      const parts = Object.fromEntries(format.formatToParts(quarter).map(({ type, value }) => [type, value]));
      asked = { quarter, day: parts.weekday ?? '', hour: parts.hour ?? '', minute: Number(parts.minute) };
    }
    const { day } = asked;
    const time = `${asked.hour}:${String(asked.minute + (at - quarter) / minute).padStart(2, '0')}`;
    const before = week[(week.indexOf(day) + 6) % 7] ?? '';
    return windows.some(({ days, opens, closes }) => {
      const over = closes < opens;
      const tonight = days.includes(day) && time >= opens && (over || time < closes);
      const sinceYesterday = over && days.includes(before) && time < closes;
      return tonight || sinceYesterday;
    });
  };
}

/** Every time at which it is open, found by looking at each minute. */
export function naiveOpenings(isOpen: (at: number) => boolean, from: number, to: number): readonly string[] {
  const edges: string[] = [];
  let was = false;
  for (let at = from; at < to; at += minute) {
    const is = isOpen(at);
    if (is !== was) edges.push(`${is ? 'opens' : 'closes'} ${new Date(at).toISOString()}`);
    was = is;
  }
  return edges;
}
