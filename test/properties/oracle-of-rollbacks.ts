import { type Entry, type History, type Place, rules } from './history.ts';
import {
  blindFor,
  goneBackFrom,
  holdsAfter,
  isSameAttempt,
  last,
  mayApprove,
  runningAfter,
  runningSince,
  takenFromOthers,
  until,
} from './what-was.ts';

type WentBack = Extract<Entry, { what: 'went-back' }>;
type Planned = Extract<Entry, { what: 'planned-back' }>;

/** All that speaks against a way back that somebody has asked for, in the light of what had happened before it. */
export function whyNotBack(before: History, change: WentBack): readonly string[] {
  const planned = last(before, 'planned-back', change);
  const looked = last(before, 'looked', change);
  const began = last(before, 'began', change);
  if (planned === undefined) return ['nobody had planned it'];
  if (looked === undefined || looked.attempt !== change.attempt) return ['nobody had looked in this attempt'];
  if (began === undefined) return ['it had not taken prod'];
  // As for a release; but a way back that has begun is not stopped half-way: the journal counts as it was when it began.
  const outside = until(before, looked);
  const then = until(before, began);
  return [
    ...(blindFor(outside).has('approvals') ? ['who had approved it could not be read'] : []),
    ...notApproved(outside, planned, change, looked.at),
    ...wasTakenBack(then, planned),
    ...overtaken(then, planned),
    ...(planned.to.sha === change.to.sha ? [] : [`${planned.to.version} was shown, not ${change.to.version}`]),
    ...notVerifiedHere(then, change.to),
    ...nothingToGoBackFrom(until(before, planned), planned),
    ...movedMeanwhile(then, planned),
    ...holdsAfter(then, began.at)
      .filter(({ version }) => version === change.to.version)
      .map(({ id }) => `what it goes to was held (${id})`),
    ...takenFromOthers(before, change),
  ];
}

/** One is enough, who may and did not ask for it: by a click in this attempt, or by a word on exactly this request, within the hour. */
function notApproved(history: History, planned: Planned, change: WentBack, lookedAt: number): readonly string[] {
  const good = history.some(entry => {
    if (entry.what !== 'clicked' && entry.what !== 'said') return false;
    if (!mayApprove(entry.login) || planned.by.includes(entry.login)) return false;
    return entry.what === 'clicked'
      ? isSameAttempt(entry, change) && entry.says === 'approved' && lookedAt - planned.at <= rules.within
      : entry.word === 'approve' && lookedAt - entry.at <= rules.within && isAboutThis(history, entry, planned);
  });
  return good ? [] : ['nobody who may had approved it'];
}

/** The same request, to the same version, from the same that ran. */
function isAboutThis(history: History, said: Extract<Entry, { what: 'said' }>, planned: Planned): boolean {
  const shown = last(until(history, said), 'planned-back', said);
  if (shown?.request !== planned.request || shown.to.sha !== planned.to.sha) return false;
  return runningAfter(until(history, shown))?.sha === runningAfter(until(history, planned))?.sha;
}

/** By somebody who may approve, or by those who had asked for it: that is final for this request. */
function wasTakenBack(history: History, { request, by }: Planned): readonly string[] {
  const no = history.filter(
    entry =>
      entry.what === 'said' &&
      entry.word === 'reject' &&
      (mayApprove(entry.login) || by.includes(entry.login)) &&
      last(until(history, entry), 'planned-back', entry)?.request === request,
  );
  return no.length === 0 ? [] : ['it had been rejected'];
}

/** Of one request, only one run goes back; and one that has had to wait is dropped when anything else begins. */
function overtaken(history: History, { request, run }: Planned): readonly string[] {
  const asked = history.findIndex(entry => entry.what === 'planned-back' && entry.request === request);
  const others = history.slice(asked).filter(entry => entry.what === 'began' && entry.run !== run);
  const same = others.filter(entry => 'run' in entry && last(history, 'planned-back', entry)?.request === request);
  if (same.length > 0) return ['another run had begun it'];
  return run === request || others.length === 0 ? [] : ['something else had begun since it was asked for'];
}

/** It was verified here, and not gone back from since: by a way back that has come to its end. */
function notVerifiedHere(history: History, { sha, version }: Place): readonly string[] {
  let good = false;
  for (const entry of history) {
    if (entry.what === 'stood' && entry.commit.sha === sha) good = true;
    if (entry.what === 'verified' && last(history, 'planned', entry)?.commit.sha === sha) good = true;
    if (entry.what === 'ended' && goneBackFrom(history, entry)?.sha === sha) good = false;
  }
  return good ? [] : [`prod had not verified ${version}, or had gone back from it`];
}

/** Whoever names no version wants to get away from what runs; unless what began last has never come to its end. */
function nothingToGoBackFrom(history: History, { to, named }: Planned): readonly string[] {
  const running = runningSince(history);
  if (named || running === undefined || running.place.sha !== to.sha) return [];
  const began = history.findLast(entry => entry.what === 'began');
  if (began === undefined) return ['it ran already'];
  const { since } = running;
  const isDone =
    'run' in since &&
    since.run === began.run &&
    history.some(entry => entry.what === 'ended' && isSameAttempt(entry, since));
  return isDone ? ['it ran already'] : [];
}

/** What was approved is a way back from what ran when it was planned. */
function movedMeanwhile(history: History, planned: Planned): readonly string[] {
  const then = runningAfter(until(history, planned));
  const now = runningAfter(history);
  if (now?.sha === then?.sha || now?.sha === planned.to.sha) return [];
  return [`prod ran ${now?.version ?? 'nothing'} by then, not ${then?.version ?? 'nothing'}`];
}
