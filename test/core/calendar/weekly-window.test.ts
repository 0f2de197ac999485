import { describe, expect, test } from '@jest/globals';
import { longestOpening, minutesOf, parseWindow, type WeeklyWindow } from '#core/calendar/weekly-window';

describe('windows as people write them', () => {
  test.each<[string, readonly number[], number, number]>([
    ['Tue-Thu 10:00-14:00', [2, 3, 4], 600, 840],
    ['Tue–Thu 10:00–14:00', [2, 3, 4], 600, 840],
    ['tue - thu  9:30 - 14:00', [2, 3, 4], 570, 840],
    ['Tuesday-Thursday 10:00-14:00', [2, 3, 4], 600, 840],
    ['Mon,Wed-Fri 09:00-17:00', [1, 3, 4, 5], 540, 1020],
    ['Wed, Mon', [1, 3], 0, 1440],
    ['Fri-Mon', [1, 5, 6, 7], 0, 1440],
    ['Mon-Mon', [1], 0, 1440],
    ['10:00-24:00', [1, 2, 3, 4, 5, 6, 7], 600, 1440],
    ['Mon,Fri 22:00-02:00', [1, 5], 1320, 1560],
  ])('%s', (text, days, from, to) => {
    expect(parseWindow(text)).toEqual({ ok: true, value: { text, days, from, to } });
  });
});

describe('a window that is none says where and why', () => {
  test.each([
    ['', undefined, 'the window is empty'],
    ['Tues 10:00-14:00', 0, '`Tues` is not a day'],
    ['weekdays', 0, '`weekdays` is not a day'],
    ['Tue- 10:00-14:00', 16, 'a day is missing'],
    ['Tue, ', 5, 'a day is missing'],
    ['Tue-Thu-Fri', 7, '`-` is not expected here'],
    ['Tue Thu', 4, '`Thu` is not expected here'],
    ['Tue 10:00', 9, 'does not say when it closes'],
    ['Tue 10:00-', 10, 'a time is missing'],
    ['Tue 10-14', 4, '`10` is not a time'],
    ['Tue 10:00-25:00', 10, '`25:00` is not a time'],
    ['Tue 24:00-02:00', 4, '`24:00` is not a time'],
    ['Tue 10:60-11:00', 4, '`10:60` is not a time'],
    ['Tue 10:00 to 14:00', 10, '`to` is not expected here'],
    ['Tue 10:00am-14:00', 9, '`am` is not expected here'],
    ['Tue 10:00-12:00, 13:00-14:00', 15, '`,` is not expected here'],
    ['Tue 10:00-12:00 AEST', 16, '`AEST` is not expected here'],
    ['Tue 10:00-10:00', 10, 'never opens: it closes when it opens'],
  ])('%s', (text, offset, message) => {
    const reading = parseWindow(text);
    expect(reading).toMatchObject({ ok: false, message });
    if (!reading.ok) expect(reading.offset).toBe(offset);
  });
});

describe('an ordinary week', () => {
  const windows = (...texts: readonly string[]): readonly WeeklyWindow[] =>
    texts.flatMap(text => {
      const reading = parseWindow(text);
      return reading.ok ? [reading.value] : [];
    });

  test('has the minutes of every window, over midnight and over its end', () => {
    const open = minutesOf(windows('Sun 23:00-01:00'));
    expect(open.flatMap((isOpen, minute) => (isOpen ? [minute] : []))).toEqual(
      [...Array(60).keys()].concat([...Array(60).keys()].map(minute => 10_020 + minute)),
    );
  });

  test.each<[readonly string[], number]>([
    [['Tue-Thu 10:00-14:00'], 240],
    [['Sun 22:00-24:00', 'Mon 00:00-03:00'], 300],
    [['Sat-Sun'], 2880],
    [['Sat 12:00-18:00', 'Sat 17:00-20:00'], 480],
    [['Mon-Sun'], 10_080],
    [[], 0],
  ])('%j is open without a break for %d minutes', (texts, minutes) => {
    expect(longestOpening(windows(...texts))).toBe(minutes);
  });
});
