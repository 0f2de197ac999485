import { FindingError } from '#core/finding';
import { appendedTypes, appendMessage, type Forgery, forgedAmong, notFollowing } from '#core/journal/audit';
import { eventFile, type JournalEvent, journalSchema } from '#core/journal/event';
import { journalBranch } from '#core/journal/name';
import type { EnvironmentState } from '#core/journal/state';
import { minuteOf } from '#core/report/minute';
import { type GitHub, orFinding } from '../client.ts';

/** A commit as GraphQL shows it. */
export interface Written {
  readonly oid: string;
  readonly committedDate: string;
  /** Whole: `messageHeadline` cuts a long first line. */
  readonly message: string;
  readonly author: { readonly name: string | null; readonly email: string | null } | null;
  readonly signature: { readonly isValid: boolean; readonly wasSignedByGitHub: boolean } | null;
}

/** Throws a `FindingError` that says who wrote what and when, and how to go on. `history`: the newest first. */
export function assertNobodyElse(environment: string, history: readonly Written[]): void {
  const forgery = forgedAmong(history.map(commitOf));
  if (forgery === undefined) return;
  const { author, title } = forgery.commit;
  const who = author.name === '' ? 'somebody unknown' : author.name;
  const how =
    forgery.how === 'pushed'
      ? `was pushed by ${who}, not made through GitHub’s API`
      : `was made by ${who}, not with the token of a workflow`;
  throw forged(environment, forgery, `${how}: “${title}”`);
}

/**
 * A commit of the suite has the message, the event files and the state that an append writes, the state being what follows from
 * the one before and the events. So even the bot’s own signature under anything else is found out.
 */
export async function assertAppended(
  github: GitHub,
  environment: string,
  commit: {
    readonly history: readonly Written[];
    readonly before: EnvironmentState;
    /** The state before as it was written, of whatever version of the suite. */
    readonly earlier: Readonly<Record<string, unknown>>;
    readonly written: Readonly<Record<string, unknown>>;
  },
): Promise<void> {
  const [head, good] = commit.history;
  if (head === undefined || own.get(github)?.has(head.oid)) return;
  const types = appendedTypes(titleOf(head)) ?? [];
  const events = await readEvents(github, head.oid, commit.before.sequence, types);
  const { headline, body } = appendMessage(events);
  const shaped = events.length > 0 && head.message.trimEnd() === `${headline}\n\n${body}`;
  const wrong = notFollowing(commit.before, events, commit.written, commit.earlier);
  if (shaped && wrong.length === 0) return trust(github, head.oid);
  const what = shaped
    ? `says of ${wrong.join(', ')} what does not follow from its events`
    : 'is none that appends events';
  throw forged(environment, { commit: commitOf(head), how: 'written', good: good?.oid }, what);
}

/** Commits that this client has made or looked at: they never change. */
const own = new WeakMap<GitHub, Set<string>>();

export function trust(github: GitHub, oid: string): void {
  const known = own.get(github) ?? new Set();
  own.set(github, known.add(oid));
}

interface Events {
  readonly repository: {
    readonly object: Readonly<Record<string, { readonly object?: { readonly text?: string | null } | null } | null>>;
  };
}

/** The events that the commit has appended, as far as its files hold them. */
async function readEvents(
  github: GitHub,
  oid: string,
  sequence: number,
  types: readonly string[],
): Promise<readonly JournalEvent[]> {
  if (types.length === 0) return [];
  const paths = types.map((type, index) => eventFile(sequence + index + 1, { type }));
  const names = paths.map((_, index) => `$p${index}: String!`).join(', ');
  const files = paths.map((_, index) => `p${index}: file(path: $p${index}) { object { ... on Blob { text } } }`);
  const query = `query appended($owner: String!, $name: String!, $oid: GitObjectID!, ${names}) {
  repository(owner: $owner, name: $name) { object(oid: $oid) { ... on Commit { ${files.join(' ')} } } }
}`;
  const variables = Object.fromEntries(paths.map((path, index) => [`p${index}`, path]));
  const answer = await orFinding('contents: read', () =>
    github.graphql<Events>(query, { owner: github.owner, name: github.name, oid, ...variables }),
  );
  return types.flatMap((type, index) => {
    const event = parseEvent(answer.repository.object[`p${index}`]?.object?.text);
    return event?.type === type ? [event] : [];
  });
}

function parseEvent(text: string | null | undefined): JournalEvent | undefined {
  try {
    const value = JSON.parse(text ?? '') as JournalEvent | null;
    return value?.schema === journalSchema && typeof value.run === 'object' ? value : undefined;
  } catch {
    return undefined;
  }
}

function titleOf({ message }: Written): string {
  return message.split('\n')[0] ?? '';
}

function commitOf(written: Written): Forgery['commit'] {
  const { oid, committedDate, author, signature } = written;
  return {
    oid,
    at: committedDate,
    author: { name: author?.name ?? '', email: author?.email ?? '' },
    title: titleOf(written),
    signed: signature?.isValid === true && signature.wasSignedByGitHub,
  };
}

function forged(environment: string, { commit, good }: Forgery, what: string): FindingError {
  const branch = journalBranch(environment);
  const when = minuteOf(commit.at);
  const message = `The journal ${branch} cannot be relied on. Its commit ${commit.oid.slice(0, 12)} of ${when} UTC ${what}.`;
  const back =
    good === undefined
      ? ''
      : ` Then put the branch back to where it was: git push --force origin ${good}:refs/heads/${branch}`;
  const next = `Look at what it changed: git show ${commit.oid}.${back}`;
  const evidence = { branch, commit: commit.oid, author: commit.author.name, at: commit.at };
  return new FindingError([{ reason: 'journal-forged', message, evidence, next }]);
}
