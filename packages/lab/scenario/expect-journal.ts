import { journalBranch } from './journal-branch.ts';
import type { Expectation } from './schema.ts';
import { differs } from './shortfall.ts';
import type { Stage } from './stage.ts';

/** What the journal of an environment says now, and which events the present step has added. */
export function journalShortfalls(
  { repository, refsBefore }: Stage,
  wanted: NonNullable<Expectation['journal']>,
): readonly string[] {
  const branch = journalBranch(wanted.environment);
  const text = repository.readFile(branch, 'state.json')?.toString('utf8');
  if (text === undefined) {
    // A journal begins with its first event.
    const expectsNone = wanted['all-events']?.length === 0 && Object.keys(wanted).length === 2;
    return expectsNone ? [] : [`there is no journal of ${wanted.environment}`];
  }
  const state = JSON.parse(text) as JournalState;
  const what = `journal of ${wanted.environment}`;
  const events = eventsAt(repository, branch);
  const before = refsBefore.get(`refs/heads/${branch}`);
  const old = before === undefined ? [] : eventsAt(repository, before);
  const added = events.filter(event => !old.includes(event)).map(nameOf);
  const missing = (wanted.events ?? []).filter(event => !added.includes(event));
  return [
    ...differs(`${what}, running`, wanted.running, state.running?.release.version ?? null),
    ...differs(`${what}, verified`, wanted.verified, state.verified?.release.version ?? null),
    ...differs(`${what}, apart`, wanted.apart, apartText(state)),
    ...differs(
      `${what}, holds`,
      wanted.holds,
      state.holds.map(
        ({ component, version, environment }) => [component ?? [], version ?? []].flat().join(' of ') || environment,
      ),
    ),
    ...differs(`${what}, locked`, wanted.locked, state.lock !== null),
    ...differs(
      `${what}, history`,
      wanted.history,
      state.history.map(entry => `${entry.release.version} ${entry.result}`),
    ),
    ...differs(`${what}, all events`, wanted['all-events'], events.map(nameOf)),
    ...missing.map(event => `${what}: no event ${event} among those of this step: ${added.join(', ') || 'none'}`),
  ];
}

/** Paths of the events at a revision, in their order. */
function eventsAt(repository: Stage['repository'], revision: string): readonly string[] {
  return repository
    .listFiles(revision)
    .filter(path => path.startsWith('events/'))
    .toSorted();
}

function nameOf(path: string): string {
  return path.replace(/^events\/\d+-|\.json$/g, '');
}

function apartText({ running }: JournalState): Readonly<Record<string, string>> | null {
  const { apart } = running ?? {};
  if (apart === undefined) return null;
  return Object.fromEntries(Object.entries(apart).map(([name, { version }]) => [name, version]));
}

interface JournalState {
  readonly running: {
    readonly release: { readonly version: string };
    readonly apart?: Readonly<Record<string, { readonly version: string }>>;
  } | null;
  readonly verified: { readonly release: { readonly version: string } } | null;
  readonly holds: readonly { readonly version?: string; readonly component?: string; readonly environment: string }[];
  readonly lock: unknown;
  readonly history: readonly { readonly release: { readonly version: string }; readonly result: string }[];
}
