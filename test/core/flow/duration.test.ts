import { describe, expect, test } from '@jest/globals';
import { formatDuration, parseDuration } from '#core/duration';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('durations as people write them', () => {
  test.each([
    ['90s', 90 * SECOND],
    ['30m', 30 * MINUTE],
    ['2h', 2 * HOUR],
    ['1h30m', 90 * MINUTE],
    ['24h', DAY],
    ['7d', 7 * DAY],
    ['1d2h3m4s5ms', DAY + 2 * HOUR + 3 * MINUTE + 4 * SECOND + 5],
    ['0s', 0],
  ])('%s', (text, milliseconds) => {
    expect(parseDuration(text)).toEqual({ ok: true, milliseconds });
  });

  test.each([
    ['', 0, 'a duration is missing'],
    ['30', 2, 'the duration `30` does not say its unit'],
    ['1h30', 4, 'the duration `1h30` does not say its unit'],
    ['1.5h', 1, 'the duration `1.5h` has a fraction'],
    ['5min', 1, '`min` is not a unit of time'],
    ['2H', 1, '`H` is not a unit of time'],
    ['3w', 1, '`w` is not a unit of time'],
    ['30m1h', 3, 'the duration `30m1h` must go from large to small units'],
    ['1h1h', 2, '`h` is given twice in the duration `1h1h`'],
    ['1h 30m', 2, 'the duration `1h 30m` contains a space'],
    ['-5m', 0, '`-5m` is not a duration'],
    ['soon', 0, '`soon` is not a duration'],
    ['9999999999999999999d', 0, 'the duration `9999999999999999999d` is longer than a year'],
  ])('%j is refused by name, never defaulted', (text, offset, message) => {
    expect(parseDuration(text)).toMatchObject({ ok: false, offset, message });
  });
});

test.each([
  [0, '0 s'],
  [350, '350 ms'],
  [1_500, '1 s'],
  [45 * SECOND, '45 s'],
  [90 * SECOND, '1 min 30 s'],
  [90 * MINUTE, '1 h 30 min'],
  [90 * MINUTE + 5 * SECOND, '1 h 30 min'],
  [2 * HOUR, '2 h'],
  [7 * DAY, '7 d'],
  [DAY + 3 * MINUTE, '1 d'],
  [-90 * SECOND, '-1 min 30 s'],
])('%d ms are shown as %s', (milliseconds, shown) => {
  expect(formatDuration(milliseconds)).toBe(shown);
});
