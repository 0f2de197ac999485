import { describe, expect, test } from '@jest/globals';
import { openingAt, openingsBetween } from '#core/calendar/openings';
import { parseWindow, type WeeklyWindow } from '#core/calendar/weekly-window';
import { seeded } from '../journal/random-events.ts';
import { type NaiveWindow, naiveClock, naiveOpenings } from './wall-clock.ts';

const utc = (text: string) => Date.parse(`${text}Z`);
const hour = 3_600_000;

function windowOf(text: string): WeeklyWindow {
  const reading = parseWindow(text);
  if (!reading.ok) throw new Error(reading.message);
  return reading.value;
}

describe('a window over a change of the clocks is open while they show a time in it', () => {
  test.each<[string, string, string, readonly string[]]>([
    ['at nine on the day the clocks go forward', 'Australia/Sydney 2026-10-03', 'Sun 09:00-10:00', ['03 22:00-23:00']],
    ['at nine on the day they go back', 'Australia/Sydney 2026-04-04', 'Sun 09:00-10:00', ['04 23:00-00:00']],
    ['the hour that is left out', 'Australia/Sydney 2026-10-03', 'Sun 02:00-03:00', []],
    ['from the middle of that hour', 'Australia/Sydney 2026-10-03', 'Sun 02:30-04:00', ['03 16:00-17:00']],
    ['the hour that comes twice', 'Australia/Sydney 2026-04-04', 'Sun 02:00-03:00', ['04 15:00-17:00']],
    ['half of it, twice', 'Australia/Sydney 2026-04-04', 'Sun 02:00-02:30', ['04 15:00-15:30', '04 16:00-16:30']],
    ['the half hour of Lord Howe', 'Australia/Lord_Howe 2026-04-04', 'Sun 01:00-02:00', ['04 14:00-15:30']],
    ['over midnight, an hour shorter', 'Australia/Sydney 2026-10-03', 'Sat 22:00-06:00', ['03 12:00-19:00']],
    ['where no clock ever changes', 'Australia/Brisbane 2026-10-03', 'Sun 02:00-03:00', ['03 16:00-17:00']],
    ['three quarters of an hour beside the others', 'Asia/Kathmandu 2026-10-03', 'Sun 00:00-01:00', ['03 18:15-19:15']],
  ])('%s', (_name, place, text, openings) => {
    const [zone = '', date] = place.split(' ');
    const from = utc(`${date}T00:00`);
    const found = openingsBetween([windowOf(text)], zone, from, from + 48 * hour);
    const clock = (at: number) => new Date(at).toISOString().slice(11, 16);
    expect(
      found.map(({ from: opens, to }) => `${new Date(opens).toISOString().slice(8, 10)} ${clock(opens)}-${clock(to)}`),
    ).toEqual(openings);
  });
});

describe('the next opening', () => {
  const windows = [windowOf('Tue-Thu 10:00-14:00')];
  test.each<[string, string, number, string | undefined, string]>([
    ['long before', '2026-11-15T00:00', 0, undefined, '2026-11-17T00:00'],
    ['a moment before', '2026-11-16T23:59', 0, undefined, '2026-11-17T00:00'],
    ['when it opens', '2026-11-17T00:00', 4 * hour, '2026-11-17T04:00', '2026-11-17T00:00'],
    ['inside, and it fits', '2026-11-17T03:00', hour, '2026-11-17T04:00', '2026-11-17T03:00'],
    ['inside, and it fits no more', '2026-11-17T03:01', hour, '2026-11-17T04:00', '2026-11-18T00:00'],
    ['the moment it closes', '2026-11-17T04:00', 0, undefined, '2026-11-18T00:00'],
    ['after the last of the week', '2026-11-19T04:00', 0, undefined, '2026-11-24T00:00'],
  ])('%s', (_name, now, takes, closes, opens) => {
    const { current, next } = openingAt(windows, 'Australia/Brisbane', utc(now), takes);
    expect(current?.to).toBe(closes === undefined ? undefined : utc(closes));
    expect(next?.from).toBe(utc(opens));
  });

  test('there is none for what is longer than any', () => {
    expect(openingAt(windows, 'Australia/Brisbane', utc('2026-11-15T00:00'), 5 * hour).next).toBeUndefined();
  });

  test('a week that is never closed does not close', () => {
    expect(openingAt([windowOf('Mon-Sun')], 'UTC', utc('2026-11-15T00:00'), hour).unbounded).toBe(true);
  });
});

const zones = [
  'Australia/Sydney',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'America/Santiago',
  'Africa/Casablanca',
  'UTC',
];

describe('minute by minute over a year it is what the clocks of Intl say', () => {
  const random = seeded(5);
  const below = (end: number) => Math.floor(random() * end);
  const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
  const time = () => `${String(below(24)).padStart(2, '0')}:${String(below(60)).padStart(2, '0')}`;
  const naive = (): NaiveWindow => ({
    days: days.filter(() => random() < 0.5).concat('Sun'),
    opens: time(),
    closes: time(),
  });

  test.each(zones.slice(0, 4))('%s', zone => {
    const windows = [naive(), naive(), { days: ['Sat', 'Sun'], opens: '01:45', closes: '02:15' }];
    const texts = windows.map(({ days: own, opens, closes }) => `${[...new Set(own)].join(',')} ${opens}-${closes}`);
    const [from, to] = [utc('2026-01-01T00:00'), utc('2027-01-01T00:00')];
    const edges = openingsBetween(texts.map(windowOf), zone, from, to).flatMap(({ from: opens, to: closes }) => [
      `opens ${new Date(opens).toISOString()}`,
      ...(closes === to ? [] : [`closes ${new Date(closes).toISOString()}`]),
    ]);
    expect(edges).toEqual(naiveOpenings(naiveClock(zone, windows), from, to));
  });
});

test('the next opening is never before now, is inside a window, as long as is asked for, and nothing before it is', () => {
  const random = seeded(7);
  const windows: readonly NaiveWindow[] = [
    { days: ['Mon', 'Sat', 'Sun'], opens: '01:30', closes: '03:10' },
    { days: ['Wed'], opens: '23:00', closes: '00:30' },
  ];
  const texts = windows.map(({ days, opens, closes }) => windowOf(`${days.join(',')} ${opens}-${closes}`));
  for (let round = 0; round < 60; round += 1) {
    const zone = zones[round % zones.length] ?? 'UTC';
    const isOpen = naiveClock(zone, windows);
    const now = utc('2026-01-01T00:00') + Math.floor(random() * 365 * 24 * 60) * 60_000;
    const minutes = Math.floor(random() * 90) + 1;
    const { next } = openingAt(texts, zone, now, minutes * 60_000);
    const from = next?.from ?? Number.NaN;
    // Run by run: nothing before it may be long enough.
    let run = 0;
    for (let at = now; at < from; at += 60_000) {
      run = isOpen(at) ? run + 1 : 0;
      if (run === minutes) throw new Error(`${zone}: ${new Date(at).toISOString()} would do`);
    }
    const inside = Array.from({ length: minutes }, (_, index) => isOpen(from + index * 60_000));
    expect(inside).not.toContain(false);
  }
});
