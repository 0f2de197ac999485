import { resolve } from 'node:path';
import type { Journals, NumberedJudgement } from '#core/gate/replay';
import type { JournalEvent } from '#core/journal/event';
import { readWords, wrongWords } from '../words.ts';
import { filesOfBranch } from './branch-files.ts';
import { readEvents } from './events.ts';
import { filesOfFolder } from './folder-files.ts';

/** What a person asks about: the judgements of an environment, or one of them. */
export interface Asked {
  readonly environment: string;
  readonly number: number | undefined;
  /** All judgements, or that one. Throws a `FindingError` when there is none. */
  readonly judgements: readonly NumberedJudgement[];
  readonly journals: Journals;
  readonly events: number;
}

export const journalUsage = '<environment> [<event>] [--repo DIR] [--journal ENVIRONMENT=DIR]…';

export const journalAbout =
  'The journal is read from the branch release-journal/<environment> of a git repository (this folder, or --repo), or from a folder in which it is checked out (--journal). Nothing is asked of the network.';

/** Reads the journal that is asked about, and those of other environments that its judgements were made with. */
export function readAsked(words: readonly string[], cwd: string): Asked {
  const { positionals, values } = readWords(words, {
    repo: { type: 'string', default: '.' },
    journal: { type: 'string', multiple: true, default: [] },
  });
  const [environment, event, ...others] = positionals;
  if (environment === undefined || others.length > 0) throw wrongWords('Name one environment, and perhaps one event.');
  const number = event === undefined ? undefined : numberOf(event);
  const folders = foldersOf(values.journal);
  const repository = resolve(cwd, values.repo);
  const read = (name: string) => {
    const folder = folders.get(name);
    const files = folder === undefined ? filesOfBranch(repository, name) : filesOfFolder(resolve(cwd, folder));
    return files === undefined ? undefined : readEvents(name, files);
  };
  const events = read(environment) ?? [];
  const judgements = events
    .flatMap((one, index) => (one.type === 'judged' ? [{ environment, number: index + 1, event: one }] : []))
    .filter(judgement => number === undefined || judgement.number === number);
  if (judgements.length === 0) throw nothingJudged(environment, number, events);
  const earlier = new Set(judgements.flatMap(({ event: { facts } }) => earlierOf(facts) ?? []));
  const journals = [...earlier].flatMap(name => {
    const found = name === environment ? events : read(name);
    return found === undefined ? [] : [[name, found] as const];
  });
  return {
    environment,
    number,
    judgements,
    journals: { ...Object.fromEntries(journals), [environment]: events },
    events: events.length,
  };
}

function numberOf(event: string): number {
  if (!/^\d+$/.test(event)) throw wrongWords(`“${event}” is not the number of an event.`);
  return Number(event);
}

function foldersOf(entries: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    entries.map(entry => {
      const [name = '', ...path] = entry.split('=');
      if (name === '' || path.length === 0) throw wrongWords(`--journal ${entry} is not ENVIRONMENT=DIR.`);
      return [name, path.join('=')] as const;
    }),
  );
}

function nothingJudged(environment: string, number: number | undefined, events: readonly JournalEvent[]) {
  if (number === undefined) return wrongWords(`None of the ${events.length} events of ${environment} is a judgement.`);
  const event = events[number - 1];
  const what = event === undefined ? `there are ${events.length} events` : `it is \`${event.type}\``;
  return wrongWords(`Event ${number} of ${environment} is no judgement: ${what}.`);
}

/** The other environment whose journal a judgement was made with. */
function earlierOf(facts: unknown): string | undefined {
  const { earlier } = (facts ?? {}) as { readonly earlier?: { readonly environment?: unknown } | null };
  return typeof earlier?.environment === 'string' ? earlier.environment : undefined;
}
