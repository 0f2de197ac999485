import type { Reading } from '../flow/fields.ts';

/** Days or a time on which nothing is released, as people write them: `2026-12-20 to 2027-01-05 Christmas`. */
export interface DatedFreeze {
  readonly text: string;
  /** What the clocks of the zone show when it begins and ends, `2026-12-20T00:00`; the end does not belong to it. */
  readonly from: string;
  readonly to: string;
  readonly reason?: string;
}

const FORM =
  'freezes read like `2026-12-25 Christmas`, `2026-12-20 to 2027-01-05` or `2026-11-27 18:00 to 2026-11-30 06:00 Black Friday`';

interface Moment {
  readonly date: string;
  readonly time: string | undefined;
  /** Behind it, in the text. */
  readonly end: number;
}

/** freeze = date [ time ] [ "to" date [ time ] ] [ reason ]. A day without a time belongs to it as a whole, the last one, too. */
export function parseDatedFreeze(text: string): Reading<DatedFreeze> {
  const first = readMoment(text, 0);
  if (!first.ok) return first;
  const { date, time, end } = first.value;
  const to = /^\s+to(?=\s|$)/.exec(text.slice(end))?.[0];
  if (to === undefined) {
    if (time !== undefined) return { ok: false, message: 'does not say until when', offset: end, hint: FORM };
    return withReason(text, end, { from: `${date}T00:00`, to: `${dayAfter(date)}T00:00` });
  }
  const last = readMoment(text, end + to.length);
  if (!last.ok) return last;
  const span = {
    from: `${date}T${time ?? '00:00'}`,
    to: last.value.time === undefined ? `${dayAfter(last.value.date)}T00:00` : `${last.value.date}T${last.value.time}`,
  };
  // As text, moments of four-digit years are in the order of time.
  if (span.from < span.to) return withReason(text, last.value.end, span);
  return { ok: false, message: 'ends before it begins', offset: end + to.length + 1, hint: FORM };
}

function readMoment(text: string, start: number): Reading<Moment> {
  const offset = start + (/^\s*/.exec(text.slice(start))?.[0].length ?? 0);
  const [word = ''] = text.slice(offset).split(/\s/);
  if (word === '') return { ok: false, message: 'a date is missing', offset, hint: FORM };
  if (!isDate(word))
    return { ok: false, message: `\`${word}\` is not a date`, offset, hint: 'dates read like 2026-12-25' };
  const end = offset + word.length;
  const [written, time] = /^\s+(\d[\d:.]*)(?=\s|$)/.exec(text.slice(end)) ?? [];
  if (written === undefined || time === undefined) return { ok: true, value: { date: word, time: undefined, end } };
  if (/^([01]\d|2[0-3]):[0-5]\d$/.test(time))
    return { ok: true, value: { date: word, time, end: end + written.length } };
  const at = end + written.length - time.length;
  return { ok: false, message: `\`${time}\` is not a time`, offset: at, hint: 'times read like 09:30 or 18:00' };
}

/** A second date among the words of the reason is an end that was meant, and a freeze of one day would be too short. */
function withReason(text: string, end: number, span: Pick<DatedFreeze, 'from' | 'to'>): Reading<DatedFreeze> {
  const rest = text.slice(end);
  const another = /\d+-\d+-\d+/.exec(rest);
  if (another !== null) {
    const message = `\`${another[0]}\` is not expected here`;
    return { ok: false, message, offset: end + another.index, hint: 'a range has `to` between its dates' };
  }
  const reason = rest.replace(/^\s*[-–,:]?\s*/, '').trim();
  return { ok: true, value: { text, ...span, ...(reason === '' ? {} : { reason }) } };
}

/** The 30th of February is none. */
function isDate(text: string): boolean {
  if (!/^[12]\d{3}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00Z`);
  return !Number.isNaN(at) && dateOf(at) === text;
}

function dayAfter(date: string): string {
  return dateOf(Date.parse(`${date}T00:00Z`) + 86_400_000);
}

function dateOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
