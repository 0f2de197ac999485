import type { Reading } from '../flow/fields.ts';
import { nearest } from '../flow/nearest.ts';

/** A window as people write it, `Tue-Thu 10:00-14:00`: open while the clocks of its zone show such a time. */
export interface WeeklyWindow {
  readonly text: string;
  /** The days on which it opens; Monday is 1. */
  readonly days: readonly number[];
  /** Minutes from the beginning of the day on which it opens. `to` does not belong to it, and is past 1440 over midnight. */
  readonly from: number;
  readonly to: number;
}

export const DAY = 1440;
const WEEK = 7 * DAY;
const FORM = 'windows read like `Tue-Thu 10:00-14:00`, `Mon,Fri 22:00-02:00` or `Sat-Sun`';
const TIMES = 'times read like 09:30 or 14:00';

/** As ISO 8601 counts them: Monday is 1. */
export const dayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const shortNames = dayNames.map(name => name.slice(0, 3));

interface Word {
  readonly text: string;
  readonly offset: number;
}

/** window = [ days ] [ time "-" time ]; days = day [ "-" day ] { "," day [ "-" day ] }. Without days every day, without times all of it. */
export function parseWindow(text: string): Reading<WeeklyWindow> {
  const words = [...text.matchAll(/[A-Za-z]+|[\d:.]+|[-–,]|\S/g)].map(({ 0: word, index }) => ({
    text: word.replace('–', '-'),
    offset: index,
  }));
  if (words.length === 0) return { ok: false, message: 'the window is empty', hint: FORM };
  const times = words.findIndex(word => /^\d/.test(word.text));
  const days = readDays(times === -1 ? words : words.slice(0, times), text.length);
  if (!days.ok) return days;
  if (times === -1) return { ok: true, value: { text, days: days.value, from: 0, to: DAY } };
  const hours = readHours(words.slice(times), text.length);
  return hours.ok ? { ok: true, value: { text, days: days.value, ...hours.value } } : hours;
}

function readDays(words: readonly Word[], end: number): Reading<readonly number[]> {
  if (words.length === 0) return { ok: true, value: daysFrom(1, 7) };
  const days: number[] = [];
  for (let index = 0; ; index += 2) {
    const first = readDay(words[index], end);
    if (!first.ok) return first;
    const range = words[index + 1]?.text === '-';
    if (range) index += 2;
    const last = range ? readDay(words[index], end) : first;
    if (!last.ok) return last;
    days.push(...daysFrom(first.value, last.value));
    const sign = words[index + 1];
    if (sign === undefined) return { ok: true, value: [...new Set(days)].toSorted((one, other) => one - other) };
    if (sign.text !== ',') return unexpected(sign);
  }
}

/** In full, or its first three letters. */
function readDay(word: Word | undefined, end: number): Reading<number> {
  if (word === undefined) return { ok: false, message: 'a day is missing', offset: end, hint: FORM };
  const written = word.text.toLowerCase();
  const index = dayNames.findIndex((name, day) => [name, shortNames[day]].some(own => own?.toLowerCase() === written));
  if (index !== -1) return { ok: true, value: index + 1 };
  const meant = nearest(word.text, [...shortNames, ...dayNames]);
  const hint = meant === undefined ? FORM : `did you mean \`${meant}\`?`;
  return { ok: false, message: `\`${word.text}\` is not a day`, offset: word.offset, hint };
}

/** `Fri-Mon` goes over the end of the week. */
function daysFrom(first: number, last: number): readonly number[] {
  return Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, index) => ((first - 1 + index) % 7) + 1);
}

function unexpected({ text, offset }: Word, hint = FORM): Reading<never> {
  return { ok: false, message: `\`${text}\` is not expected here`, offset, hint };
}

function readHours(words: readonly Word[], end: number): Reading<Pick<WeeklyWindow, 'from' | 'to'>> {
  const [opens, dash, closes, extra] = words;
  const from = readTime(opens, end, DAY - 1);
  if (!from.ok) return from;
  if (dash === undefined) return { ok: false, message: 'does not say when it closes', offset: end, hint: FORM };
  if (dash.text !== '-') return unexpected(dash, TIMES);
  const to = readTime(closes, end, DAY);
  if (!to.ok) return to;
  if (extra !== undefined) return unexpected(extra, extra.text === ',' ? 'write a window for each time' : TIMES);
  if (from.value === to.value) {
    const hint = 'for the whole day leave the times out';
    return { ok: false, message: 'never opens: it closes when it opens', offset: closes?.offset ?? end, hint };
  }
  const over = to.value < from.value ? DAY : 0;
  return { ok: true, value: { from: from.value, to: to.value + over } };
}

function readTime(word: Word | undefined, end: number, latest: number): Reading<number> {
  if (word === undefined) return { ok: false, message: 'a time is missing', offset: end, hint: TIMES };
  const [, hours, minutes] = /^(\d{1,2}):([0-5]\d)$/.exec(word.text) ?? [];
  const time = Number(hours) * 60 + Number(minutes);
  if (time <= latest) return { ok: true, value: time };
  return { ok: false, message: `\`${word.text}\` is not a time`, offset: word.offset, hint: TIMES };
}

/** Which minutes of an ordinary week are in one of the windows, from Monday on. */
export function minutesOf(windows: readonly WeeklyWindow[]): readonly boolean[] {
  const open = Array.from({ length: WEEK }, () => false);
  for (const { days, from, to } of windows) {
    for (const day of days) {
      for (let minute = from; minute < to; minute += 1) open[((day - 1) * DAY + minute) % WEEK] = true;
    }
  }
  return open;
}

/** The longest time without a break in an ordinary week, in minutes; that of a whole week when it never closes. */
export function longestOpening(windows: readonly WeeklyWindow[]): number {
  const open = minutesOf(windows);
  let [run, longest] = [0, 0];
  // Twice round: what is open over the end of the week is one opening.
  for (const isOpen of [...open, ...open]) {
    run = isOpen ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return Math.min(longest, WEEK);
}
