import { describe, expect, test } from '@jest/globals';
import { parseDatedFreeze } from '#core/calendar/dated-freeze';
import { type Freeze, freezesOfDates, freezesOfPeriods, frozenAt } from '#core/calendar/freezes';
import { readHolidayList } from '#core/calendar/holiday-list';
import { parsePeriodEnd } from '#core/calendar/period-end';
import { formatProblem } from '#core/flow/problem';

const utc = (text: string) => Date.parse(`${text}Z`);
const iso = (at: number) => new Date(at).toISOString().slice(0, 16);
const hour = 3_600_000;

describe('freezes as people write them', () => {
  test.each<[string, string, string, string | undefined]>([
    ['2026-12-25', '2026-12-25T00:00', '2026-12-26T00:00', undefined],
    ['2026-12-25 Christmas Day', '2026-12-25T00:00', '2026-12-26T00:00', 'Christmas Day'],
    ['2026-12-31 - New Year’s Eve', '2026-12-31T00:00', '2027-01-01T00:00', 'New Year’s Eve'],
    ['2026-12-20 to 2027-01-05', '2026-12-20T00:00', '2027-01-06T00:00', undefined],
    ['2026-12-20 to 2026-12-20 one day', '2026-12-20T00:00', '2026-12-21T00:00', 'one day'],
    ['2026-11-27 18:00 to 2026-11-30 06:00 Black Friday', '2026-11-27T18:00', '2026-11-30T06:00', 'Black Friday'],
    ['2026-11-27 to 2026-11-30 06:00', '2026-11-27T00:00', '2026-11-30T06:00', undefined],
    ['2028-02-29 leap day', '2028-02-29T00:00', '2028-03-01T00:00', 'leap day'],
    ['2026-12-25 together with 24 others', '2026-12-25T00:00', '2026-12-26T00:00', 'together with 24 others'],
  ])('%s', (text, from, to, reason) => {
    expect(parseDatedFreeze(text)).toEqual({ ok: true, value: { text, from, to, ...(reason && { reason }) } });
  });

  test.each([
    ['', 0, 'a date is missing'],
    ['Christmas', 0, '`Christmas` is not a date'],
    ['25.12.2026', 0, '`25.12.2026` is not a date'],
    ['2026-02-29', 0, '`2026-02-29` is not a date'],
    ['2026-13-01', 0, '`2026-13-01` is not a date'],
    ['2026-12-20 to', 13, 'a date is missing'],
    ['2026-12-20 to 01-05', 14, '`01-05` is not a date'],
    ['2026-12-20 to 2026-12-19', 14, 'ends before it begins'],
    ['2026-12-20 18:00 to 2026-12-20 18:00', 20, 'ends before it begins'],
    ['2026-12-20 18:00', 16, 'does not say until when'],
    ['2026-12-20 25:00 to 2026-12-21', 11, '`25:00` is not a time'],
    ['2026-12-20 - 2027-01-05', 13, '`2027-01-05` is not expected here'],
    ['2026-12-20 until 2027-01-05', 17, '`2027-01-05` is not expected here'],
    ['2026-12-20..2027-01-05', 0, '`2026-12-20..2027-01-05` is not a date'],
  ])('%s is none', (text, offset, message) => {
    expect(parseDatedFreeze(text)).toMatchObject({ ok: false, offset, message });
  });
});

describe('the last days of a period', () => {
  const ends = (text: string, zone: string, now: string): readonly string[] => {
    const reading = parsePeriodEnd(text);
    if (!reading.ok) return [reading.message];
    return freezesOfPeriods([reading.value], zone, utc(now))
      .slice(0, 3)
      .map(({ name, from, to }) => `${name}: ${iso(from)} ${iso(to)}`);
  };

  test.each([
    ['3 days of the quarter', 'UTC', '2026-11-17T00:00', '2026-12-29T00:00 2027-01-01T00:00'],
    ['3 days of the quarter', 'UTC', '2026-12-31T23:59', '2026-12-29T00:00 2027-01-01T00:00'],
    ['3 days of each quarter', 'Australia/Sydney', '2027-03-01T00:00', '2027-03-28T13:00 2027-03-31T13:00'],
    ['1 day of every month', 'UTC', '2028-02-10T00:00', '2028-02-29T00:00 2028-03-01T00:00'],
    ['10 days of the year', 'Asia/Kathmandu', '2026-06-01T00:00', '2026-12-21T18:15 2026-12-31T18:15'],
  ])('%s in %s after %s', (text, zone, now, first) => {
    expect(ends(text, zone, now)[0]).toBe(`last ${text}: ${first}`);
  });

  test('come again', () => {
    expect(ends('3 days of the quarter', 'UTC', '2026-11-17T00:00')).toHaveLength(3);
  });

  test.each([
    ['3 days', '`3 days` does not say which last days'],
    ['three days of the quarter', '`three days of the quarter` does not say which last days'],
    ['3 days of the week', '`3 days of the week` does not say which last days'],
    ['3 days of the constructor', '`3 days of the constructor` does not say which last days'],
    ['28 days of the month', 'must be 1 to 27 days of the month, found 28'],
    ['0 days of the year', 'must be 1 to 364 days of the year, found 0'],
  ])('%s are none', (text, message) => {
    expect(ends(text, 'UTC', '2026-11-17T00:00')).toEqual([message]);
  });
});

describe('a change meets a freeze', () => {
  const freezes: readonly Freeze[] = [
    { name: 'Boxing Day', from: utc('2026-12-26T00:00'), to: utc('2026-12-27T00:00') },
    { name: 'Christmas', from: utc('2026-12-25T00:00'), to: utc('2026-12-26T00:00') },
    { name: 'maintenance', from: utc('2026-12-27T00:30'), to: utc('2026-12-27T04:00') },
  ];

  test.each<[string, number, string | undefined, string | undefined]>([
    ['2026-12-24T23:59', 0, undefined, undefined],
    ['2026-12-24T23:00', hour, undefined, undefined],
    ['2026-12-24T23:01', hour, 'Christmas', '2026-12-27T04:00'],
    ['2026-12-25T00:00', 0, 'Christmas', '2026-12-27T00:00'],
    ['2026-12-25T00:00', hour / 2, 'Christmas', '2026-12-27T00:00'],
    ['2026-12-25T00:00', hour, 'Christmas', '2026-12-27T04:00'],
    ['2026-12-26T23:59', 0, 'Boxing Day', '2026-12-27T00:00'],
    ['2026-12-27T00:00', 0, undefined, undefined],
    ['2026-12-27T04:00', 0, undefined, undefined],
  ])('at %s, taking %d ms', (now, takes, by, until) => {
    const frozen = frozenAt(freezes, utc(now), takes);
    expect([frozen?.by.name, frozen && iso(frozen.until)]).toEqual([by, until]);
  });

  test('a day is a day of the zone, also one that the clocks make shorter or longer', () => {
    const lengths = ['2026-10-04', '2026-04-05', '2026-11-17'].map(text => {
      const reading = parseDatedFreeze(text);
      const [day] = reading.ok ? freezesOfDates([reading.value], 'Australia/Sydney') : [];
      return day && `${iso(day.from)} ${(day.to - day.from) / hour} h`;
    });
    expect(lengths).toEqual(['2026-10-03T14:00 23 h', '2026-04-04T13:00 25 h', '2026-11-16T13:00 24 h']);
  });
});

describe('a file of holidays', () => {
  const read = (text: string) => {
    const list = readHolidayList(text, 'holidays.yml');
    return list.ok ? list.freezes.map(({ from, reason }) => `${from} ${reason}`) : list.problems.map(formatProblem);
  };

  test('is a list, in YAML or in JSON', () => {
    expect(read('# public holidays\n- 2026-12-25 Christmas\n- "2026-12-26 Boxing Day"\n')).toEqual([
      '2026-12-25T00:00 Christmas',
      '2026-12-26T00:00 Boxing Day',
    ]);
    expect(read('["2026-12-25 Christmas"]')).toEqual(['2026-12-25T00:00 Christmas']);
  });

  test.each<[string, readonly string[]]>([
    ['', ['holidays.yml:1:1: must be a list of holidays (as in `- 2026-12-25 Christmas`)']],
    ['[]', ['holidays.yml:1:1: names no holiday (as in `- 2026-12-25 Christmas`)']],
    ['holidays: [2026-12-25]', ['holidays.yml:1:1: must be a list of holidays (as in `- 2026-12-25 Christmas`)']],
    [
      '- 2026-12-25\n- 2026-12-26: Boxing Day\n- 2026-12-27 to 2026-12-20\n',
      [
        'holidays.yml:2:3: [1]: must be text (as in `- 2026-12-25 Christmas`)',
        'holidays.yml:3:17: [2]: ends before it begins (freezes read like `2026-12-25 Christmas`, `2026-12-20 to 2027-01-05` or `2026-11-27 18:00 to 2026-11-30 06:00 Black Friday`)',
      ],
    ],
    ['- [', ['holidays.yml:1:4: ']],
  ])('%j says where it is wrong', (text, problems) => {
    const told = read(text);
    expect(told.map((line, index) => line.slice(0, problems[index]?.length))).toEqual(problems);
  });
});
