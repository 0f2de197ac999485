import * as z from 'zod/mini';
import { type DatedFreeze, parseDatedFreeze } from '../../calendar/dated-freeze.ts';
import { type PeriodEnd, parsePeriodEnd } from '../../calendar/period-end.ts';
import { asList, documented, duration, oneOrMany, parsed, path, text } from '../fields.ts';
import type { Mistake } from '../problem.ts';
import { isRecord } from '../raw.ts';
import { saysNothing, zone } from './window.ts';

/** When nothing is released. What is not given is an empty list. */
export interface FreezePolicy {
  readonly zone: string;
  readonly dates: readonly DatedFreeze[];
  readonly last: readonly PeriodEnd[];
  /** Files of the repository, read from its default branch. */
  readonly holidays: readonly string[];
  /** Labels: while an issue with one of them is open, nothing is released. */
  readonly whileOpen: readonly string[];
  /** Milliseconds: how long the change may take; it does not run into a freeze. */
  readonly takes?: number;
}

export const freeze = documented(
  z.strictObject({
    zone,
    dates: z.optional(
      oneOrMany(
        parsed(
          parseDatedFreeze,
          'A day, a range of days or of times, and why. A day without a time is frozen as a whole.',
          {
            examples: [
              '2026-12-25 Christmas',
              '2026-12-20 to 2027-01-05',
              '2026-11-27 18:00 to 2026-11-30 06:00 Black Friday',
            ],
          },
        ),
        'Days and times on which nothing is released: holidays, weeks of much traffic.',
      ),
    ),
    last: z.optional(
      oneOrMany(
        parsed(parsePeriodEnd, 'How many days, of which period.', { examples: ['3 days of the quarter'] }),
        'The last days of every month, quarter or year of the calendar.',
      ),
    ),
    holidays: z.optional(
      oneOrMany(
        path('A list in YAML or JSON of what `dates` takes, or an iCalendar file (.ics).', {
          examples: ['.github/holidays.ics'],
        }),
        'Files with more of them, read from the default branch. One that is missing or wrong stops releases.',
      ),
    ),
    'while-open': z.optional(
      oneOrMany(text('The name of a label.'), 'Labels: nothing is released while an issue with one of them is open.', {
        examples: ['incident'],
      }),
    ),
    takes: z.optional(
      duration('How long a release may take: none starts that would run into a freeze.', { examples: ['1h'] }),
    ),
  }),
  'When nothing is released here.',
  { examples: [{ zone: 'Australia/Brisbane', last: '3 days of the quarter', 'while-open': 'incident' }] },
);

export function readFreeze(given: z.output<typeof freeze>): FreezePolicy {
  return {
    zone: given.zone,
    dates: asList(given.dates),
    last: asList(given.last),
    holidays: asList(given.holidays),
    whileOpen: asList(given['while-open']),
    ...(given.takes === undefined ? {} : { takes: given.takes }),
  };
}

export function checkFreeze(name: string, given: unknown): readonly Mistake[] {
  if (!isRecord(given) || !saysNothing(given)) return [];
  const hint = 'give `dates`, `last`, `holidays` or `while-open`';
  return [{ path: ['environments', name, 'freeze'], message: 'freezes nothing', hint, at: 'key' }];
}
