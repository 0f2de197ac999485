import { describe, expect, test } from '@jest/globals';
import { clockText, firstAt, lastAt, momentText, stretchesOf } from '#core/calendar/zone';
import { readZone } from '#core/calendar/zone-name';

const utc = (text: string) => Date.parse(`${text}Z`);
const iso = (at: number) => new Date(at).toISOString().slice(0, 16);

describe('a zone has a name of the time zone database', () => {
  test.each([
    'Australia/Sydney',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
    'America/Argentina/Ushuaia',
    'Etc/GMT+5',
    'UTC',
  ])('%s', name => {
    expect(readZone(name)).toEqual({ ok: true, value: name });
  });

  test.each([
    ['AEST', 'AEST has no daylight saving: write Australia/Brisbane, or Australia/Sydney for clocks that change'],
    ['EST', 'write America/New_York, or America/Panama for clocks that do not change'],
    ['Australia/Sidney', 'did you mean `Australia/Sydney`?'],
    ['+10:00', 'write the place whose clocks you go by, as in Australia/Brisbane'],
    ['Sydney', 'write the place whose clocks you go by, as in Australia/Brisbane'],
  ])('%s is none', (name, hint) => {
    expect(readZone(name)).toEqual({ ok: false, message: `\`${name}\` is not a time zone`, hint });
  });
});

test('its clocks change, or they do not', () => {
  const year = [utc('2026-01-01T00:00'), utc('2027-01-01T00:00')] as const;
  const offsets = (zone: string) =>
    stretchesOf(zone, ...year).map(({ from, offset }) => `${iso(from)} ${offset / 60_000}`);
  expect(offsets('Australia/Sydney')).toEqual(['2026-01-01T00:00 660', '2026-04-04T16:00 600', '2026-10-03T16:00 660']);
  expect(offsets('Australia/Lord_Howe')).toEqual([
    '2026-01-01T00:00 660',
    '2026-04-04T15:00 630',
    '2026-10-03T15:30 660',
  ]);
  expect(offsets('Australia/Brisbane')).toEqual(['2026-01-01T00:00 600']);
  expect(offsets('Asia/Kathmandu')).toEqual(['2026-01-01T00:00 345']);
});

/** Sydney: 2026-10-04 goes from 02:00 to 03:00, 2026-04-05 from 03:00 back to 02:00. Cairo: 2026-04-24 has no midnight. */
test.each([
  ['Australia/Sydney', '2026-11-17T10:00', '2026-11-16T23:00', '2026-11-16T23:00'],
  ['Australia/Sydney', '2026-10-04T02:30', '2026-10-03T16:00', '2026-10-03T16:00'],
  ['Australia/Sydney', '2026-10-04T03:00', '2026-10-03T16:00', '2026-10-03T16:00'],
  ['Australia/Sydney', '2026-04-05T02:30', '2026-04-04T15:30', '2026-04-04T16:30'],
  ['Australia/Sydney', '2026-04-05T03:00', '2026-04-04T17:00', '2026-04-04T17:00'],
  ['Australia/Lord_Howe', '2026-04-05T01:45', '2026-04-04T14:45', '2026-04-04T15:15'],
  ['Australia/Lord_Howe', '2026-10-04T02:10', '2026-10-03T15:30', '2026-10-03T15:30'],
  ['Asia/Kathmandu', '2026-11-17T10:00', '2026-11-17T04:15', '2026-11-17T04:15'],
  ['Africa/Cairo', '2026-04-24T00:00', '2026-04-23T22:00', '2026-04-23T22:00'],
  ['Pacific/Apia', '2011-12-30T12:00', '2011-12-30T10:00', '2011-12-30T10:00'],
])('in %s the clocks show %s', (zone, wall, first, last) => {
  expect([iso(firstAt(zone, utc(wall))), iso(lastAt(zone, utc(wall)))]).toEqual([first, last]);
});

test('a moment is told in the zone of the team and in UTC', () => {
  expect(momentText('Australia/Brisbane', utc('2026-11-16T23:00'))).toBe(
    'Tue 2026-11-17 09:00 Australia/Brisbane (2026-11-16 23:00 UTC)',
  );
  expect(momentText('UTC', utc('2026-11-16T23:00'))).toBe('Mon 2026-11-16 23:00 UTC');
  expect(clockText('Asia/Kathmandu', utc('2026-11-16T23:00'))).toBe('Tue 2026-11-17 04:45');
});
