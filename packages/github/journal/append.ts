import { FindingError } from '#core/finding';
import { appendMessage } from '#core/journal/audit';
import { eventFile, type Happening, type JournalEvent, journalSchema } from '#core/journal/event';
import { foldAll } from '#core/journal/fold';
import { journalBranch } from '#core/journal/name';
import { journalPage } from '#core/journal/page';
import type { RunReference } from '#core/release';
import { type GitHub, GitHubCallError, gitHubFinding, isLost } from '../client.ts';
import { trust } from './audit.ts';
import { createJournalBranch } from './branch.ts';
import { type Journal, readJournal } from './read.ts';

/**
 * What to write, judged on the newest state; called again whenever the head has moved. Nothing: there is nothing to write.
 * Throws a `FindingError` when the state no longer allows it.
 */
export type Judge = (journal: Journal) => readonly Happening[] | Promise<readonly Happening[]>;

export interface Writer {
  readonly github: GitHub;
  readonly run: RunReference;
  readonly now: () => number;
  /** Unique per event. */
  readonly newId: () => string;
}

/** How often the head may move, or a reply be lost, before we give up: far more than runs that can race. */
const tries = 25;

const mutation = `mutation append($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid } }
}`;

/**
 * Appends events by compare-and-swap: one commit, or none. A stale head means: read and judge again. A lost reply means:
 * look for the own event before writing again.
 */
export async function append(writer: Writer, environment: string, judge: Judge): Promise<Journal> {
  let journal = await readJournal(writer.github, environment);
  // A lost append may land late, or be shown late by a replica: it is looked for again whenever the head has moved.
  const lost: Append[] = [];
  for (let round = 0; round < tries; round += 1) {
    const happenings = await judge(journal);
    if (happenings.length === 0) return journal;
    const events = happenings.map(happening => envelope(writer, happening));
    const head = journal.head ?? (await createJournalBranch(writer.github, environment));
    if (head === undefined) {
      journal = await readJournal(writer.github, environment);
      continue;
    }
    try {
      return await commit(writer, { ...journal, head }, events);
    } catch (error) {
      if (!(error instanceof GitHubCallError)) throw error;
      if (!hasMoved(error) && !isLost(error))
        throw new FindingError([gitHubFinding(error, 'contents: write')], { cause: error });
      if (isLost(error)) lost.push({ before: { ...journal, head }, events });
      const now = await readJournal(writer.github, environment);
      for (const append of lost) if (await holds(writer, now, append)) return now;
      journal = now;
    }
  }
  const message = `The journal ${journalBranch(environment)} moved ${tries} times while this run tried to write to it.`;
  throw new FindingError([{ reason: 'journal-moved', message, evidence: {} }]);
}

interface Append {
  readonly before: Journal;
  readonly events: readonly JournalEvent[];
}

function envelope(writer: Writer, happening: Happening): JournalEvent {
  const at = new Date(writer.now()).toISOString();
  return { schema: journalSchema, id: writer.newId(), at, run: writer.run, ...happening };
}

async function commit(
  writer: Writer,
  journal: Journal & { head: string },
  events: readonly JournalEvent[],
): Promise<Journal> {
  const { environment, head } = journal;
  const state = foldAll(journal.state, events);
  const files = [
    ...events.map((event, index) => ({ path: eventFile(journal.state.sequence + index + 1, event), contents: event })),
    { path: 'state.json', contents: state },
  ].map(({ path, contents }) => ({ path, contents: base64(`${JSON.stringify(contents, null, 2)}\n`) }));
  const page = { path: 'README.md', contents: base64(journalPage(state)) };
  const answer = await writer.github.graphql<{ createCommitOnBranch: { commit: { oid: string } } }>(
    mutation,
    {
      input: {
        branch: { repositoryNameWithOwner: writer.github.repository, branchName: journalBranch(environment) },
        expectedHeadOid: head,
        message: appendMessage(events),
        fileChanges: { additions: [...files, page] },
      },
    },
    'once',
  );
  const { oid } = answer.createCommitOnBranch.commit;
  trust(writer.github, oid);
  return { environment, head: oid, state };
}

/** `Expected branch to point to "…" but it did not`, of type STALE_DATA; NOT_FOUND when the branch was deleted meanwhile. */
function hasMoved({ types, message }: GitHubCallError): boolean {
  return types.includes('STALE_DATA') || types.includes('NOT_FOUND') || /expected branch to point to/i.test(message);
}

/** Whether the first of our events stands in the journal, where it would have been written. */
async function holds(writer: Writer, now: Journal, { before, events }: Append): Promise<boolean> {
  const [first] = events;
  if (first === undefined || now.head === undefined || now.head === before.head) return false;
  const path = eventFile(before.state.sequence + 1, first);
  try {
    const file = await writer.github.request<{ readonly content?: string }>(
      'GET /repos/{owner}/{repo}/contents/{path}',
      {
        path,
        ref: now.head,
      },
    );
    const written = JSON.parse(Buffer.from(file.content ?? '', 'base64').toString('utf8')) as Partial<JournalEvent>;
    return written.id === first.id;
  } catch (error) {
    if (error instanceof GitHubCallError && error.status === 404) return false;
    throw error;
  }
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
