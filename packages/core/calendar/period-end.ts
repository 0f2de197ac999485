import type { Reading } from '../flow/fields.ts';
import type { Interval } from './openings.ts';

/** The last days of every month, quarter or year of the calendar: `3 days of the quarter`. */
export interface PeriodEnd {
  readonly text: string;
  readonly days: number;
  readonly of: Period;
}

export type Period = 'month' | 'quarter' | 'year';

/** How many months each has, and how many days may be frozen: never all of it. */
const periods: Readonly<Record<Period, { readonly months: number; readonly mostDays: number }>> = {
  month: { months: 1, mostDays: 27 },
  quarter: { months: 3, mostDays: 89 },
  year: { months: 12, mostDays: 364 },
};

const FORM = 'it reads like `3 days of the quarter`';

export function parsePeriodEnd(text: string): Reading<PeriodEnd> {
  const [, amount = '', of] = /^(\d{1,3}) days? of (?:the|a|each|every) (month|quarter|year)$/.exec(text.trim()) ?? [];
  if (!isPeriod(of)) return { ok: false, message: `\`${text}\` does not say which last days`, hint: FORM };
  const days = Number(amount);
  const { mostDays } = periods[of];
  if (days >= 1 && days <= mostDays) return { ok: true, value: { text, days, of } };
  return { ok: false, message: `must be 1 to ${mostDays} days of the ${of}, found ${amount}` };
}

function isPeriod(word: string | undefined): word is Period {
  return word !== undefined && Object.hasOwn(periods, word);
}

const day = 86_400_000;

/** Those that are touched between two moments. All are what clocks show, as if it were UTC. */
export function periodEnds({ days, of }: PeriodEnd, from: number, to: number): readonly Interval[] {
  const { months } = periods[of];
  const start = new Date(from);
  const found: Interval[] = [];
  for (let month = start.getUTCMonth() - (start.getUTCMonth() % months) + months; ; month += months) {
    const end = Date.UTC(start.getUTCFullYear(), month, 1);
    if (end - days * day >= to) return found;
    found.push({ from: end - days * day, to: end });
  }
}
