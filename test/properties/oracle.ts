import { type Commit, type Entry, type History, type OfRun, rules } from './history.ts';
import { whyNotBack } from './oracle-of-rollbacks.ts';
import {
  blindFor,
  holdsAfter,
  isSameAttempt,
  last,
  mayApprove,
  runningAfter,
  takenFromOthers,
  until,
} from './what-was.ts';

/**
 * Says of a history what should never have happened, in the plainest words: a second opinion on the gates, which shares no line with
 * them. Nothing is imported from the product.
 */
export function wrongdoings(history: History, quorum: number): readonly string[] {
  return history.flatMap((entry, index) => {
    const before = history.slice(0, index);
    if (entry.what === 'began') return takenFromOthers(before, entry).map(why => `${nameOf(entry)} began, but ${why}`);
    if (entry.what === 'changed')
      return whyNot(before, entry, quorum).map(why => `${nameOf(entry)} changed prod, but ${why}`);
    if (entry.what === 'went-back')
      return whyNotBack(before, entry).map(why => `${nameOf(entry)} brought prod back, but ${why}`);
    return [];
  });
}

function nameOf({ run, attempt }: OfRun): string {
  return `attempt ${attempt} of run ${run}`;
}

type Changed = Extract<Entry, { what: 'changed' }>;

/** All that speaks against a change, in the light of what had happened before it. */
function whyNot(before: History, change: Changed, quorum: number): readonly string[] {
  const planned = last(before, 'planned', change);
  const looked = last(before, 'looked', change);
  if (planned === undefined) return ['nobody had planned it'];
  if (looked === undefined || looked.attempt !== change.attempt) return ['nobody had looked in this attempt'];
  // What lies outside of the journal counts as it was when the job looked; what is in it, as it is now.
  const outside = before.slice(0, before.indexOf(looked));
  return [
    ...unread(outside),
    ...notApproved(outside, { planned, change, lookedAt: looked.at, quorum }),
    ...rejected(outside, planned),
    ...notVerified(outside, planned.commit, change.digest),
    ...notInTime(outside, looked.at),
    ...openIssues(outside),
    ...notReviewed(outside, planned.commit),
    ...heldBack(before, planned.commit, change.at),
    ...movedMeanwhile(before, planned),
    ...takenFromOthers(before, change),
  ];
}

function unread(history: History): readonly string[] {
  return [...blindFor(history)].map(source => `${source} could not be read`);
}

type Planned = Extract<Entry, { what: 'planned' }>;

interface Asked {
  readonly planned: Planned;
  readonly change: Changed;
  readonly lookedAt: number;
  readonly quorum: number;
}

/** Different people who may and did not start it: by a click in this attempt, or by a word on exactly this change, within the hour. */
function notApproved(history: History, { planned, change, lookedAt, quorum }: Asked): readonly string[] {
  const recent = (at: number) => lookedAt - at <= rules.within;
  const clicked = history.flatMap(entry =>
    entry.what === 'clicked' && isSameAttempt(entry, change) && entry.says === 'approved' && recent(planned.at)
      ? [entry.login]
      : [],
  );
  const said = history.flatMap(entry =>
    entry.what === 'said' &&
    entry.word === 'approve' &&
    recent(entry.at) &&
    isAboutThis(history, entry, planned, change)
      ? [entry.login]
      : [],
  );
  const good = new Set([...clicked, ...said].filter(login => mayApprove(login) && !planned.by.includes(login)));
  return good.size >= quorum ? [] : [`only ${[...good].join(', ') || 'nobody'} who may had approved it`];
}

/** The same commit, with the same artifact, from the same that ran. */
function isAboutThis(history: History, said: Entry & OfRun, planned: Planned, { digest }: Changed): boolean {
  const before = history.slice(0, history.indexOf(said));
  const shown = last(before, 'planned', said);
  if (shown === undefined || shown.commit.sha !== planned.commit.sha || shown.digest !== digest) return false;
  return runningAfter(until(history, shown))?.sha === runningAfter(until(history, planned))?.sha;
}

/** Whoever GitHub asked has said no, in whatever run, or somebody who may, by a word: that is final for this version of this commit. */
function rejected(history: History, { commit }: Planned): readonly string[] {
  const no = history.filter(entry => {
    if (entry.what === 'clicked') return entry.says === 'rejected' && isOf(history, entry, commit);
    if (entry.what !== 'said' || entry.word !== 'reject') return false;
    return mayApprove(entry.login) && isOf(history, entry, commit);
  });
  return no.length === 0 ? [] : ['it had been rejected'];
}

function isOf(history: History, entry: Entry & OfRun, { sha, version }: Commit): boolean {
  const commit = last(until(history, entry), 'planned', entry)?.commit;
  return commit?.sha === sha && commit.version === version;
}

function notVerified(history: History, commit: Commit, digest: string): readonly string[] {
  const builds = new Map<string, string>();
  /** What stands verified on stage: by commit, with the digest that ran there. */
  const good = new Map<string, { readonly commit: Commit; readonly digest: string | undefined }>();
  for (const entry of history) {
    if (entry.what === 'stage-built') {
      if (builds.get(entry.commit.sha) !== entry.digest) good.delete(entry.commit.sha);
      builds.set(entry.commit.sha, entry.digest);
    }
    if (entry.what === 'stage-verified') {
      good.set(entry.commit.sha, { commit: entry.commit, digest: builds.get(entry.commit.sha) });
    }
    if (entry.what === 'stage-came-back') good.delete(entry.commit.sha);
  }
  const alike = [...good.values()].filter(
    entry => entry.commit.sha === commit.sha || entry.commit.tree === commit.tree,
  );
  if (alike.length === 0) return ['stage had not verified it'];
  return alike.some(entry => entry.digest === digest) ? [] : ['stage had verified another artifact'];
}

const MINUTE = 60_000;

/** Looks at the clock of every minute that the release may take. */
function notInTime(history: History, from: number): readonly string[] {
  const minutes = Array.from({ length: rules.takes / MINUTE + 1 }, (_, index) => from + index * MINUTE);
  const clocks = minutes.slice(0, -1).map(clockOf);
  const open = clocks.every(({ weekday, hour }) => rules.days.some(day => day === weekday) && isOpen(hour));
  // The end itself may be the closing time.
  const end = clockOf((minutes.at(-1) ?? from) - 1);
  const holiday = [...clocks, end].some(({ date }) => date === rules.holiday);
  const frozen = freezesOf(history).some(freeze => freeze.from < from + rules.takes && from < freeze.to);
  return [
    ...(open && isOpen(end.hour) ? [] : ['the window was closed']),
    ...(holiday ? ['it was a holiday'] : []),
    ...(frozen ? ['prod was frozen'] : []),
  ];
}

function isOpen(hour: number): boolean {
  return hour >= rules.opens && hour < rules.closes;
}

const wall = new Intl.DateTimeFormat('en-CA', {
  timeZone: rules.zone,
  ...({
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    hourCycle: 'h23',
  } as const),
});

function clockOf(at: number) {
  const parts = Object.fromEntries(wall.formatToParts(at).map(({ type, value }) => [type, value]));
  const { weekday, year, month, day, hour } = parts;
  return { weekday, date: `${year}-${month}-${day}`, hour: Number(hour) };
}

function freezesOf(history: History): readonly { readonly from: number; readonly to: number }[] {
  const thawed = history.findLastIndex(entry => entry.what === 'thawed');
  return history.slice(thawed + 1).flatMap(entry => (entry.what === 'frozen' ? [entry] : []));
}

function openIssues(history: History): readonly string[] {
  const open = new Map<number, string>();
  for (const entry of history) {
    if (entry.what === 'issue-opened') open.set(entry.issue, entry.label);
    if (entry.what === 'issue-closed') open.delete(entry.issue);
  }
  return [...open]
    .filter(([, label]) => label === rules.stops || label === rules.freezes)
    .map(([issue, label]) => `issue ${issue} (${label}) was open`);
}

function notReviewed(history: History, { sha }: Commit): readonly string[] {
  const said = new Map<string, Extract<Entry, { what: 'reviewed' }>>();
  for (const entry of history) if (entry.what === 'reviewed' && entry.sha === sha) said.set(entry.login, entry);
  const opinions = [...said.values()];
  const against = opinions.filter(({ says }) => says === 'changes-requested');
  const good = opinions.filter(({ says, newest, login }) => says === 'approved' && newest && login !== rules.author);
  return [
    ...against.map(({ login }) => `${login} wanted it changed`),
    ...(good.length === 0 ? ['nobody had reviewed it'] : []),
  ];
}

function heldBack(history: History, { version }: Commit, now: number): readonly string[] {
  return holdsAfter(history, now)
    .filter(hold => (hold.version ?? version) === version && (hold.component ?? rules.component) === rules.component)
    .map(({ id }) => `it was held (${id})`);
}

/** What was approved is a change from what ran when it was planned. */
function movedMeanwhile(history: History, planned: Planned): readonly string[] {
  const then = runningAfter(until(history, planned));
  const now = runningAfter(history);
  return now?.sha === then?.sha || now?.sha === planned.commit.sha
    ? []
    : [`prod ran ${now?.version ?? 'nothing'} by then, not ${then?.version ?? 'nothing'}`];
}
