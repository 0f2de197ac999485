import { isSame, type Release, sameBuild } from '../release.ts';
import type { JournalEvent } from './event.ts';
import { isSameRun } from './lock.ts';
import { type EnvironmentState, kept } from './state.ts';

type Of<T extends JournalEvent['type']> = Extract<JournalEvent, { type: T }>;

/** From here on people are asked. */
export function planned(state: EnvironmentState, event: Of<'planned'>): Partial<EnvironmentState> {
  const { release, run } = event;
  const others = state.asked.filter(entry => !(isSame(entry.release, release) && isSameRun(entry.run, run)));
  return { ...recorded(state, event), asked: [{ release, run }, ...others].slice(0, kept.asked) };
}

/** What is judged again and still waits stands where it stood. */
export function parked(state: EnvironmentState, event: Of<'parked'>): Partial<EnvironmentState> {
  const { release, reason, missing, until, request, run, at } = event;
  const since = state.parked.find(entry => isSame(entry.release, release))?.since ?? at;
  const entry = { release, reason, missing, since, run, request, ...(until === undefined ? {} : { until }) };
  return { ...recorded(state, event), parked: [...withoutParked(state, release), entry] };
}

/** Asked for once, also where its run is run again. */
export function rollbackParked(state: EnvironmentState, event: Of<'rollback-parked'>): Partial<EnvironmentState> {
  const { release, reason, missing, request, run, at } = event;
  const before = state.rollbacks.find(entry => entry.request.id === request.id);
  const entry = { release, reason, missing, since: before?.since ?? at, run, request };
  return { rollbacks: [entry, ...state.rollbacks.filter(other => other !== before)].slice(0, kept.rollbacks) };
}

export function rollbackEnded(state: EnvironmentState, event: Of<'rollback-ended'>): Partial<EnvironmentState> {
  const { request, how, note, at, run } = event;
  const ended = { how, note, at, run };
  return { rollbacks: state.rollbacks.map(entry => (entry.request.id === request ? { ...entry, ended } : entry)) };
}

/** By the click that lets a run in, or by an operation, for whatever run starts the release. */
export function approved(state: EnvironmentState, event: Of<'approved'>): Partial<EnvironmentState> {
  const { release, approvals, reviews, subject, run } = event;
  if (subject === undefined) {
    const others = state.approved.filter(entry => !isSameRun(entry.run, run));
    return { approved: [{ run, reviews }, ...others].slice(0, kept.approved) };
  }
  const given = approvals.map(({ login, at, comment = '' }) => ({ release, subject, login, at, comment, run }));
  return { agreed: [...given, ...state.agreed].slice(0, kept.agreed) };
}

export function rejected(state: EnvironmentState, event: Of<'rejected'>): Partial<EnvironmentState> {
  const { release, login, source, comment, at, run } = event;
  const rejection = { release, login, source, comment, at, run };
  return {
    rejected: [rejection, ...state.rejected].slice(0, kept.rejected),
    parked: withoutParked(state, release),
  };
}

export function withoutParked({ parked: all }: EnvironmentState, release: Release): EnvironmentState['parked'] {
  return all.filter(entry => !isSame(entry.release, release));
}

/** Another build of the same commit is another artifact: when it came is kept beside it. */
function recorded(
  state: EnvironmentState,
  { release, artifacts, at }: Of<'planned' | 'parked'>,
): Partial<EnvironmentState> {
  if (Object.keys(artifacts).length === 0) return {};
  const before = state.recorded.find(entry => entry.release.sha === release.sha);
  if (before !== undefined && sameBuild(before.artifacts, artifacts)) return {};
  const entry = { release, artifacts, ...(before === undefined ? {} : { rebuilt: at }) };
  return { recorded: [entry, ...state.recorded.filter(other => other !== before)].slice(0, kept.recorded) };
}
