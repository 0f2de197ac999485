import { FREEZE_HORIZON, type Freeze, freezesOfDates } from '#core/calendar/freezes';
import { type Holidays, readHolidayList } from '#core/calendar/holiday-list';
import type { Interval } from '#core/calendar/openings';
import { type Finding, FindingError } from '#core/finding';
import type { FreezePolicy } from '#core/flow/gates/freeze';
import type { FreezeFindings, Holiday } from '#core/gate/lookups';
import { findingOfProblem } from '#core/plan/make-plan';
import type { GitHub } from '#github/client';
import { defaultBranch, policyFile } from '#github/commits';
import { openIssues } from '#github/open-issues';

const HOUR = 3_600_000;

/** A file of holidays is small, and what follows from it stands in the journal with every judgement. */
const mostCharacters = 256 * 1024;
const mostHolidays = 1000;

/** The holidays of the files, as on the default branch, and the issues that are open. Throws a `FindingError` with every mistake. */
export async function lookUpFreeze(
  { github, now }: { readonly github: GitHub; readonly now: number },
  policy: FreezePolicy,
): Promise<FreezeFindings> {
  const { holidays, whileOpen, zone } = policy;
  // Judged a moment later, with the clock of then.
  const between = { from: now - HOUR, to: now + FREEZE_HORIZON };
  const branch = holidays.length === 0 ? '' : await defaultBranch(github);
  const [issues, ...files] = await Promise.all([
    whileOpen.length === 0 ? [] : openIssues(github, whileOpen),
    ...holidays.map(async path => {
      const text = await policyFile(github, { path, branch, key: 'freeze: holidays' });
      return holidaysIn(text, path, { zone, between });
    }),
  ]);
  return { issues, holidays: files.flat() };
}

interface Place {
  readonly zone: string;
  readonly between: Interval;
}

async function holidaysIn(text: string, path: string, place: Place): Promise<readonly Holiday[]> {
  if (text.length > mostCharacters) throw tooMuch(path, `is longer than ${mostCharacters / 1024} KiB`);
  const result = await freezesIn(text, path, place);
  if (!result.ok) throw new FindingError(result.problems.map(findingOfProblem));
  const near = result.freezes.filter(({ from, to }) => from < place.between.to && place.between.from < to);
  if (near.length > mostHolidays) throw tooMuch(path, `has more than ${mostHolidays} holidays within a year`);
  return near.map(({ name, from, to }) => ({
    name,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
  }));
}

async function freezesIn(text: string, path: string, { zone, between }: Place): Promise<Holidays<Freeze>> {
  if (path.toLowerCase().endsWith('.ics')) {
    const { readCalendar } = await import('#core/calendar/ical');
    return readCalendar(text, path, { zone, between });
  }
  const list = readHolidayList(text, path);
  return list.ok ? { ok: true, freezes: freezesOfDates(list.freezes, zone) } : list;
}

function tooMuch(path: string, what: string): FindingError {
  const where = { kind: 'file', file: path, line: 1, column: 1 } as const;
  const finding: Finding = { reason: 'input-invalid', message: `${path} ${what}.`, evidence: { path }, where };
  return new FindingError([finding]);
}
