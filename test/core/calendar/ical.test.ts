import { describe, expect, test } from '@jest/globals';
import { readCalendar } from '#core/calendar/ical';
import { formatProblem } from '#core/flow/problem';
import { seeded } from '../journal/random-events.ts';

const between = { from: Date.parse('2026-11-01T00:00Z'), to: Date.parse('2027-12-01T00:00Z') };

function calendar(...lines: readonly string[]): string {
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
}

function event(...lines: readonly string[]): string {
  return calendar('BEGIN:VEVENT', 'UID:1', ...lines, 'END:VEVENT');
}

function read(text: string): readonly string[] {
  const result = readCalendar(text, 'holidays.ics', { zone: 'Australia/Sydney', between });
  if (!result.ok) return result.problems.map(formatProblem);
  const iso = (at: number) => new Date(at).toISOString().slice(0, 16);
  return result.freezes.map(({ name, from, to }) => `${name}: ${iso(from)} ${iso(to)}`);
}

describe('events of an iCalendar file are freezes', () => {
  test.each<[string, string, readonly string[]]>([
    [
      'a day, in the zone of the flow file',
      event('SUMMARY:Christmas', 'DTSTART;VALUE=DATE:20261225'),
      ['Christmas: 2026-12-24T13:00 2026-12-25T13:00'],
    ],
    [
      'days, whose end does not belong to them',
      event('SUMMARY:Shutdown', 'DTSTART;VALUE=DATE:20261224', 'DTEND;VALUE=DATE:20270102'),
      ['Shutdown: 2026-12-23T13:00 2027-01-01T13:00'],
    ],
    [
      'a time in UTC',
      event('SUMMARY:Sale', 'DTSTART:20261127T000000Z', 'DTEND:20261128T120000Z'),
      ['Sale: 2026-11-27T00:00 2026-11-28T12:00'],
    ],
    [
      'a time in a zone of its own',
      event('SUMMARY:Sale', 'DTSTART;TZID=Asia/Kathmandu:20261127T180000', 'DURATION:PT2H'),
      ['Sale: 2026-11-27T12:15 2026-11-27T14:15'],
    ],
    [
      'a time without a zone',
      event('SUMMARY:Sale', 'DTSTART:20261127T180000', 'DTEND:20261127T200000'),
      ['Sale: 2026-11-27T07:00 2026-11-27T09:00'],
    ],
    [
      'every year',
      event('SUMMARY:Australia Day', 'DTSTART;VALUE=DATE:20100126', 'RRULE:FREQ=YEARLY'),
      ['Australia Day: 2027-01-25T13:00 2027-01-26T13:00'],
    ],
    [
      'the first Monday of October, over the change of the clocks',
      event('SUMMARY:Labour Day', 'DTSTART;VALUE=DATE:20201005', 'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=1MO'),
      ['Labour Day: 2027-10-03T13:00 2027-10-04T13:00'],
    ],
    [
      'what is left out of a repetition',
      event('SUMMARY:Ops', 'DTSTART;VALUE=DATE:20261201', 'RRULE:FREQ=DAILY;COUNT=3', 'EXDATE;VALUE=DATE:20261202'),
      ['Ops: 2026-11-30T13:00 2026-12-01T13:00', 'Ops: 2026-12-02T13:00 2026-12-03T13:00'],
    ],
    [
      'a folded summary',
      event('SUMMARY:Christ', ' mas', 'DTSTART;VALUE=DATE:20261225'),
      ['Christmas: 2026-12-24T13:00 2026-12-25T13:00'],
    ],
    ['what is long over', event('SUMMARY:Old', 'DTSTART;VALUE=DATE:20201225'), []],
    ['what was cancelled', event('STATUS:CANCELLED', 'DTSTART;VALUE=DATE:20261225'), []],
    [
      'an alarm inside it says nothing',
      event('SUMMARY:X', 'DTSTART;VALUE=DATE:20261225', 'BEGIN:VALARM', 'TRIGGER:-PT1H', 'DURATION:PT1H', 'END:VALARM'),
      ['X: 2026-12-24T13:00 2026-12-25T13:00'],
    ],
    [
      'one repetition that was moved',
      calendar(
        ...['BEGIN:VEVENT', 'UID:1', 'SUMMARY:Day', 'DTSTART;VALUE=DATE:20251210', 'RRULE:FREQ=YEARLY', 'END:VEVENT'],
        ...['BEGIN:VEVENT', 'UID:1', 'SUMMARY:Day, moved', 'RECURRENCE-ID;VALUE=DATE:20261210'],
        ...['DTSTART;VALUE=DATE:20261211', 'END:VEVENT'],
      ),
      ['Day, moved: 2026-12-10T13:00 2026-12-11T13:00'],
    ],
    [
      'one repetition that was cancelled',
      calendar(
        ...['BEGIN:VEVENT', 'UID:1', 'SUMMARY:Day', 'DTSTART;VALUE=DATE:20251210', 'RRULE:FREQ=YEARLY', 'END:VEVENT'],
        ...['BEGIN:VEVENT', 'UID:1', 'STATUS:CANCELLED', 'RECURRENCE-ID;VALUE=DATE:20261210'],
        ...['DTSTART;VALUE=DATE:20261210', 'END:VEVENT'],
      ),
      [],
    ],
  ])('%s', (_name, text, freezes) => {
    expect(read(text)).toEqual(freezes);
  });
});

describe('a mistake is told with its line', () => {
  test.each<[string, string]>([
    ['- 2026-12-25\n', 'holidays.ics:1:1: is not an iCalendar file: it does not begin with BEGIN:VCALENDAR'],
    ['', 'holidays.ics:1:1: is not an iCalendar file: it does not begin with BEGIN:VCALENDAR'],
    [calendar(), 'holidays.ics:1:1: has no event'],
    [event('SUMMARY:X'), 'holidays.ics:3:1: the event has no DTSTART'],
    [event('DTSTART;VALUE=DATE:20261325'), 'holidays.ics:5:1: `20261325` is not a date, nor a date and time'],
    [event('DTSTART;VALUE=DATE:2026-12-25'), 'holidays.ics:5:1: '],
    [
      event('DTSTART;TZID=AUS Eastern Standard Time:20261225T000000'),
      'holidays.ics:5:1: `AUS Eastern Standard Time` is not a time zone of the time zone database',
    ],
    [event('DTSTART;VALUE=TEXT:20261225'), 'holidays.ics:5:1: DTSTART is not a date, nor a date and time'],
    [event('DTSTART:20261225T000000Z'), 'holidays.ics:5:1: the event ends when it begins, or before'],
    [
      event('DTSTART;VALUE=DATE:20261225', 'DTEND;VALUE=DATE:20261220'),
      'holidays.ics:5:1: the event ends when it begins, or before',
    ],
    [event('DTSTART;VALUE=DATE:20261225', 'RRULE:FREQ=SOMETIMES'), 'holidays.ics:6:1: RRULE cannot be read: '],
    [event('DTSTART;VALUE=DATE:20261225', 'RRULE:FREQ=YEARLY;BYDAY=XX'), 'holidays.ics:6:1: '],
    [
      event('DTSTART:20261225T000000Z', 'DURATION:PT1S', 'RRULE:FREQ=SECONDLY'),
      'holidays.ics:7:1: repeats too often to be followed',
    ],
    [event('DTSTART'), 'holidays.ics:5:1: DTSTART cannot be read: '],
    [
      calendar('BEGIN:VEVENT', 'DTSTART;VALUE=DATE:20261225'),
      'holidays.ics:5:1: END:VCALENDAR ends what did not begin: BEGIN:VEVENT on line 3 is open',
    ],
    [
      'BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20261225\n',
      'holidays.ics:2:1: BEGIN:VEVENT has no end: the file is cut off',
    ],
  ])('%j', (text, problem) => {
    const told = read(text);
    expect(told.map(line => line.slice(0, problem.length))).toEqual([problem]);
  });

  test('whatever is made of a file, nothing is thrown, and a mistake has its line', () => {
    const random = seeded(11);
    const text = event(
      'SUMMARY:X',
      'DTSTART;TZID=Asia/Kathmandu:20261225T100000',
      'DURATION:PT2H',
      'RRULE:FREQ=YEARLY;BYDAY=1MO',
    );
    const signs = ['', ':', ';', '=', ' ', '\r\n', '9', 'T', 'Z', '-', 'BEGIN:VEVENT\r\n', 'X'];
    for (let round = 0; round < 300; round += 1) {
      const at = Math.floor(random() * text.length);
      const sign = signs[Math.floor(random() * signs.length)] ?? '';
      const result = readCalendar(text.slice(0, at) + sign + text.slice(at + 1), 'x.ics', { zone: 'UTC', between });
      const lines = result.ok ? [] : result.problems.map(({ line }) => line);
      expect(lines.every(line => line >= 1 && line <= 12)).toBe(true);
      if (result.ok) for (const { from, to } of result.freezes) expect(to).toBeGreaterThan(from);
    }
  });

  test('all of them at once', () => {
    const bad = ['BEGIN:VEVENT', 'DTSTART;VALUE=DATE:20260230', 'END:VEVENT'];
    expect(read(calendar(...bad, ...bad))).toHaveLength(2);
  });
});
