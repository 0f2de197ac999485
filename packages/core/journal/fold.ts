import { isSuccess } from '../outcome.ts';
import type { Snapshot } from '../receipt.ts';
import { isSame, type Release } from '../release.ts';
import type { JournalEvent } from './event.ts';
import { approved, parked, planned, rejected, withoutParked } from './fold-waiting.ts';
import { isSameRun } from './lock.ts';
import { type EnvironmentState, type HistoryEntry, kept, type Standing } from './state.ts';

/** The state after one more event. Pure, so that the journal can be replayed and audited. */
export function fold(state: EnvironmentState, event: JournalEvent): EnvironmentState {
  return { ...state, ...consequence(state, event), sequence: state.sequence + 1, updated: event.at };
}

export function foldAll(state: EnvironmentState, events: readonly JournalEvent[]): EnvironmentState {
  return events.reduce(fold, state);
}

function consequence(state: EnvironmentState, event: JournalEvent): Partial<EnvironmentState> {
  switch (event.type) {
    case 'planned':
      return planned(state, event);
    case 'parked':
      return parked(state, event);
    case 'dropped':
      return { parked: withoutParked(state, event.release) };
    case 'approved':
      return approved(state, event);
    case 'rejected':
      return rejected(state, event);
    case 'broke-glass':
      return brokeGlass(state, event);
    case 'review-opened': {
      const { release, issue: number, url } = event;
      const issue = { number, url };
      return { emergencies: state.emergencies.map(each => (isOf(each, release) ? { ...each, issue } : each)) };
    }
    case 'locked':
      return { lock: event.lock };
    case 'unlocked':
      return { lock: null };
    case 'started':
      return started(state, event);
    case 'receipt':
      return receiptStored(state, event);
    case 'part-ended': {
      const { attempt } = state;
      if (attempt === null || !isOf(attempt, event.release)) return {};
      const { part, outcome, reason, message, evidence } = event;
      return { attempt: { ...attempt, parts: { ...attempt.parts, [part]: { outcome, reason, message, evidence } } } };
    }
    case 'checked':
      if (!isOf(state.attempt, event.release) || state.attempt === null) return {};
      return { attempt: { ...state.attempt, checks: { ...state.attempt.checks, [event.check]: event.rules } } };
    case 'verified':
      return verified(state, event);
    case 'failed':
      return failed(state, event);
    case 'rolled-back':
      return event.components === undefined ? rolledBack(state, event) : partRolledBack(state, event, event.components);
    case 'held':
      return { holds: [...state.holds.filter(hold => hold.id !== event.hold.id), event.hold] };
    case 'resumed':
      return { holds: state.holds.filter(hold => hold.id !== event.hold.id) };
    case 'judged': {
      const { release, stage, verdict, reason, at, run } = event;
      return { judged: { release, stage, verdict, reason, at, run } };
    }
    case 'published': {
      const { release, version, tag, url, at, run } = event;
      const entry = { release, version, tag, ...(url === undefined ? {} : { url }), at, run };
      const others = state.published.filter(each => !isOf(each, release));
      return { published: [entry, ...others].slice(0, kept.published) };
    }
  }
}

/** Written once: a job that is run again is the same emergency. */
function brokeGlass(state: EnvironmentState, event: Of<'broke-glass'>): Partial<EnvironmentState> {
  const { release, rules, reason, incident, due, at, run } = event;
  const others = state.emergencies.filter(entry => !isOf(entry, release));
  return { emergencies: [{ release, rules, reason, incident, at, due, run }, ...others].slice(0, kept.emergencies) };
}

type Of<T extends JournalEvent['type']> = Extract<JournalEvent, { type: T }>;

/** A run that goes on with a release keeps what an earlier attempt has written down of the way back. */
function started(state: EnvironmentState, event: Of<'started'>): Partial<EnvironmentState> {
  const { release, components, at, run } = event;
  const again = isOf(state.attempt, release) ? state.attempt : null;
  const before = again?.before ?? {};
  const sameRun = again !== null && isSameRun(again.run, run);
  // "Re-run failed jobs" leaves the jobs alone whose parts went well.
  const parts = sameRun ? Object.entries(again.parts).filter(([, end]) => isSuccess(end.outcome)) : [];
  return {
    attempt: { release, components, since: at, run, before, ended: {}, parts: Object.fromEntries(parts), checks: {} },
    parked: withoutParked(state, release),
  };
}

/** A receipt says what a component became, and keeps what it was before the attempt, once. */
function receiptStored(state: EnvironmentState, event: Of<'receipt'>): Partial<EnvironmentState> {
  const { component, before } = event.receipt;
  const running = runningAfter(state, event);
  if (state.attempt === null || !isOf(state.attempt, event.release)) return { running };
  const attempt = { ...state.attempt, ended: { ...state.attempt.ended, [component]: event.outcome } };
  if (Object.hasOwn(attempt.before, component)) return { running, attempt };
  return { running, attempt: { ...attempt, before: { ...attempt.before, [component]: before } } };
}

/** A change that came back by itself, or that never touched anything, leaves the earlier release running. */
function runningAfter(state: EnvironmentState, event: Of<'receipt'>): Standing | null {
  const { component, after } = event.receipt;
  const snapshots = withSnapshot(state.running?.snapshots ?? {}, component, after);
  const others = isOf(state.running, event.release) ? (state.running?.components ?? []) : [];
  const components = [...new Set([...others, component])];
  const arrived = isSuccess(event.outcome) || (event.outcome !== 'rolled-back' && after !== null);
  if (arrived) {
    const apart = Object.entries(state.running?.apart ?? {}).filter(([name]) => name !== component);
    return { release: event.release, components, snapshots, ...apartFrom(apart), since: event.at, run: event.run };
  }
  return state.running === null ? null : { ...state.running, snapshots };
}

/** What was refused before it changed anything is no attempt that anybody would have to come back from. */
function failed(state: EnvironmentState, event: Of<'failed'>): Partial<EnvironmentState> {
  const history = remembered(state, event, { release: event.release, result: 'failed', note: event.message });
  const untouched = isOf(state.attempt, event.release) && Object.keys(state.attempt?.before ?? {}).length === 0;
  return event.outcome === 'refused' && untouched ? { history, attempt: null } : { history };
}

function verified(state: EnvironmentState, event: Of<'verified'>): Partial<EnvironmentState> {
  const history = remembered(state, event, { release: event.release, result: 'verified' });
  // A release that had nothing to change runs as soon as it is verified: its components are those of the one before.
  if (!isOf(state.running, event.release) && !isOf(state.attempt, event.release)) return { history };
  const { snapshots = {}, apart = {} } = state.running ?? {};
  const arrived = isOf(state.running, event.release) ? (state.running?.components ?? []) : [];
  const deployed = isOf(state.attempt, event.release) ? (state.attempt?.components ?? []) : [];
  const components = [...new Set([...arrived, ...deployed])];
  const whole = { release: event.release, components, snapshots, ...apartFrom(Object.entries(apart)) };
  const standing: Standing = { ...whole, since: event.at, run: event.run };
  return { running: standing, verified: standing, known: newest(standing, state.known), attempt: null, history };
}

/**
 * What is gone back to is the last verified release again. What is gone back from has lost its verification: neither a later
 * rollback nor the next environment may take it for good (kargo#3016).
 */
function rolledBack(state: EnvironmentState, event: Of<'rolled-back'>): Partial<EnvironmentState> {
  const { from, to, reason, at, run } = event;
  const history = remembered(state, event, { release: from, result: 'rolled-back', note: reason, ...tookOf(event) });
  const good = state.known.filter(entry => isOf(entry, to) || !isOf(entry, from));
  const goal = good.find(entry => isOf(entry, to));
  const running: Standing = {
    release: to,
    components: goal?.components ?? Object.keys(event.snapshots),
    snapshots: { ...state.running?.snapshots, ...event.snapshots },
    since: at,
    run,
  };
  const lost = isOf(state.verified, from) && !isOf(state.verified, to);
  const verified = goal ?? (lost ? null : state.verified);
  return { running, verified, known: goal === undefined ? good : newest(goal, good), attempt: null, history };
}

/** The rest stands as it was verified; together with what came back it is what a later failure goes back to. */
function partRolledBack(
  state: EnvironmentState,
  event: Of<'rolled-back'>,
  components: readonly string[],
): Partial<EnvironmentState> {
  const { from, to, reason, at, run } = event;
  const snapshots = { ...state.running?.snapshots, ...event.snapshots };
  const apart = { ...state.running?.apart, ...Object.fromEntries(components.map(name => [name, to])) };
  const others = (state.running?.components ?? []).filter(name => !components.includes(name));
  const standing: Standing = { release: from, components: others, snapshots, apart, since: at, run };
  const note = `only ${components.join(', ')}, to ${to.version}: ${reason}`;
  const history = remembered(state, event, { release: from, result: 'rolled-back', note, ...tookOf(event) });
  return { running: standing, verified: standing, known: newest(standing, state.known), history };
}

function tookOf({ took }: Of<'rolled-back'>): Pick<HistoryEntry, 'took'> {
  return took === undefined ? {} : { took };
}

function apartFrom(entries: readonly (readonly [string, Release])[]): Pick<Standing, 'apart'> {
  return entries.length === 0 ? {} : { apart: Object.fromEntries(entries) };
}

function newest(standing: Standing, known: readonly Standing[]): readonly Standing[] {
  const all = [standing, ...known.filter(entry => !isOf(entry, standing.release))].slice(0, kept.known);
  let left = kept.snapshots;
  return all.filter((entry, index) => {
    left -= Object.keys(entry.snapshots).length;
    return left >= 0 || index < kept.atLeast;
  });
}

function isOf(entry: { readonly release: Release } | null, release: Release): boolean {
  return isSame(entry?.release, release);
}

function withSnapshot(held: Readonly<Record<string, Snapshot>>, component: string, snapshot: Snapshot | null) {
  return snapshot === null ? held : { ...held, [component]: snapshot };
}

function remembered(
  state: EnvironmentState,
  event: JournalEvent,
  entry: Omit<HistoryEntry, 'at' | 'run'>,
): readonly HistoryEntry[] {
  return [{ ...entry, at: event.at, run: event.run }, ...state.history].slice(0, kept.history);
}
