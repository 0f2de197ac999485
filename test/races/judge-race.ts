import type { JournalEvent } from '#core/journal/event';
import { foldAll } from '#core/journal/fold';
import { type EnvironmentState, emptyState } from '#core/journal/state';
import type { RunReference } from '#core/release';
import type { Repository } from '#lab/github/ports';
import type { Report } from './racer.ts';

const branch = 'release-journal/prod';

export interface Racing {
  readonly runs: readonly RunReference[];
  readonly reports: readonly Report[];
  /** The run that has left its lock behind. */
  readonly left: RunReference | undefined;
  /** The last event before the race. */
  readonly before: number;
}

/** Exactly one has it, the journal says which, and says once that it began; the other one was told. */
export function judgeRace(
  repository: Repository,
  { runs, reports, left, before }: Racing,
): { winner: number; wrong: readonly string[] } {
  const came = reports.map(report => report.came);
  const winner = came.indexOf('done');
  const wrong =
    came.toSorted().join() === 'done,environment-locked' ? [] : [`the racers came to ${came.join(' and ')}`];
  const lock = stateOf(repository).lock;
  const id = runs[winner]?.id;
  if (lock?.run.id !== id) wrong.push(`run ${id} was told that it has the lock, and run ${lock?.run.id} has it`);
  const written = eventsOf(repository, before).filter(event => runs.some(run => run.id === event.run.id));
  const types = written.map(({ type, run }) => `${type} by ${run.id}`).join(', ');
  if (types !== `locked by ${id}, started by ${id}`) wrong.push(`the journal has ${types}`);
  const [locked] = written;
  const from = locked?.type === 'locked' ? locked.takenFrom?.run.id : undefined;
  if (from !== left?.id) wrong.push(`the lock was taken from run ${from}, not from ${left?.id}`);
  return { winner, wrong };
}

/** Every event is there once, numbered without a gap, and the state is what follows from them. */
export function unsound(repository: Repository, races: number): readonly string[] {
  const events = eventsOf(repository);
  const numbers = pathsOf(repository).map(numberOf);
  const ids = new Set(events.map(({ id }) => id));
  const locked = events.filter(({ type }) => type === 'locked').length;
  const same = JSON.stringify(foldAll(emptyState('prod'), events)) === JSON.stringify(stateOf(repository));
  return [
    ...(numbers.every((number, index) => number === index + 1) ? [] : ['the events are not numbered without a gap']),
    ...(ids.size === events.length ? [] : ['an event stands twice']),
    ...(locked === races ? [] : [`${races} races, and ${locked} locks`]),
    ...(same ? [] : ['the state is not what follows from the events']),
  ];
}

/** Those after the event of that number. */
function eventsOf(repository: Repository, after = 0): readonly JournalEvent[] {
  const paths = pathsOf(repository).filter(path => numberOf(path) > after);
  return paths.map(path => JSON.parse(textOf(repository, path)) as JournalEvent);
}

function pathsOf(repository: Repository): readonly string[] {
  return repository
    .listFiles(branch)
    .filter(path => path.startsWith('events/'))
    .toSorted();
}

/** `events/000042-locked.json` */
function numberOf(path: string): number {
  return Number(path.slice(7, 13));
}

export function stateOf(repository: Repository): EnvironmentState {
  return JSON.parse(textOf(repository, 'state.json')) as EnvironmentState;
}

function textOf(repository: Repository, path: string): string {
  return repository.readFile(branch, path)?.toString('utf8') ?? 'null';
}
