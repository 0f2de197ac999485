import * as z from 'zod/mini';
import { longestOpening, minutesOf, parseWindow, type WeeklyWindow } from '../../calendar/weekly-window.ts';
import { readZone } from '../../calendar/zone-name.ts';
import { formatDuration, parseDuration } from '../../duration.ts';
import { asList, documented, duration, oneOrMany, parsed } from '../fields.ts';
import type { Mistake } from '../problem.ts';
import { isRecord, type RawRecord, textsAt } from '../raw.ts';

/** When releases to the environment start. At least one of the two is there. */
export interface WindowPolicy {
  readonly zone: string;
  /** Outside of all of these a release waits. */
  readonly require?: readonly WeeklyWindow[];
  /** Outside of all of these it goes on, and the page says so. */
  readonly prefer?: readonly WeeklyWindow[];
  /** Milliseconds: how long the change may take, which has to fit in. */
  readonly takes?: number;
}

const weekly = parsed(
  parseWindow,
  'Days, times, or both: `Tue-Thu 10:00-14:00`. Over midnight it belongs to the day it opens on.',
  {
    examples: ['Mon-Fri 09:00-17:00', 'Mon,Wed 22:00-02:00', 'Sat-Sun'],
  },
);

export const zone = parsed(
  readZone,
  'The time zone whose clocks are meant, as the time zone database (IANA) names it.',
  {
    examples: ['Australia/Brisbane'],
  },
);

export const window = documented(
  z.strictObject({
    zone,
    require: z.optional(
      oneOrMany(weekly, 'When releases may start: outside of all of these they wait.', {
        examples: [['Tue-Thu 09:00-17:00']],
      }),
    ),
    prefer: z.optional(
      oneOrMany(weekly, 'When releases had better start: outside of all of these they go on, with a warning.', {
        examples: [['Tue-Thu 10:00-14:00']],
      }),
    ),
    takes: z.optional(
      duration('How long a release may take: the window stays open at least that long after its start.', {
        examples: ['1h'],
      }),
    ),
  }),
  'When releases start here. Judged when the change would start, by the clocks of the zone.',
  { examples: [{ zone: 'Australia/Brisbane', require: 'Tue-Thu 09:00-17:00', prefer: 'Tue-Thu 10:00-14:00' }] },
);

export function readWindow(given: z.output<typeof window>): WindowPolicy {
  const { require: required, prefer, takes } = given;
  return {
    zone: given.zone,
    ...(required === undefined ? {} : { require: asList(required) }),
    ...(prefer === undefined ? {} : { prefer: asList(prefer) }),
    ...(takes === undefined ? {} : { takes }),
  };
}

/** What the schema cannot say of a window: that it is there, that a release fits in, and that the better times are allowed ones. */
export function checkWindow(name: string, given: unknown): readonly Mistake[] {
  if (!isRecord(given)) return [];
  const path = ['environments', name, 'window'];
  if (saysNothing(given)) {
    return [{ path, message: 'opens nothing and closes nothing', hint: 'give `require` or `prefer`', at: 'key' }];
  }
  const required = windowsOf(given.require, [...path, 'require']);
  const preferred = windowsOf(given.prefer, [...path, 'prefer']);
  return [...checkFit(given.takes, [...path, 'takes'], [required, preferred]), ...checkPreferred(required, preferred)];
}

/** A key that is misspelt is told already. */
export function saysNothing(gate: RawRecord): boolean {
  return Object.keys(gate).every(key => key === 'zone' || key === 'takes');
}

interface Written {
  readonly path: Mistake['path'];
  readonly window: WeeklyWindow;
}

function windowsOf(value: unknown, path: Mistake['path']): readonly Written[] {
  return textsAt(value, path).flatMap(entry => {
    const reading = parseWindow(entry.text);
    return reading.ok ? [{ path: entry.path, window: reading.value }] : [];
  });
}

function checkFit(takes: unknown, path: Mistake['path'], kinds: readonly (readonly Written[])[]): readonly Mistake[] {
  const time = typeof takes === 'string' ? parseDuration(takes) : undefined;
  if (!time?.ok) return [];
  const longest = kinds.filter(kind => kind.length > 0).map(kind => longestOpening(kind.map(({ window: own }) => own)));
  const shortest = Math.min(...longest) * 60_000;
  if (time.milliseconds <= shortest) return [];
  const message = `never fits: the window is open for ${formatDuration(shortest)} at a time`;
  return [{ path, message, hint: 'make the window longer, or `takes` shorter' }];
}

function checkPreferred(required: readonly Written[], preferred: readonly Written[]): readonly Mistake[] {
  if (required.length === 0) return [];
  const allowed = minutesOf(required.map(({ window: own }) => own));
  return preferred
    .filter(({ window: own }) => !minutesOf([own]).some((open, minute) => open && allowed[minute]))
    .map(({ path, window: { text } }) => ({
      path,
      message: `\`${text}\` never opens: it lies outside of \`require\``,
      hint: 'a better time is one of those that are allowed',
    }));
}
