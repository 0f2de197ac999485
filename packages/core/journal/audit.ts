import type { JournalEvent } from './event.ts';
import { foldAll } from './fold.ts';
import { type EnvironmentState, emptyState } from './state.ts';

/** A commit of a journal’s branch, as GitHub shows it. */
export interface JournalCommit {
  readonly oid: string;
  /** ISO 8601. */
  readonly at: string;
  readonly author: { readonly name: string; readonly email: string };
  /** The first line of its message. */
  readonly title: string;
  /** Made through GitHub’s API or pages, not pushed. */
  readonly signed: boolean;
}

export interface Forgery {
  readonly commit: JournalCommit;
  readonly how: 'pushed' | 'written';
  /** The newest commit before it: where the branch can be put back to; undefined where it is not among those that were read. */
  readonly good: string | undefined;
}

/**
 * The oldest of these commits (newest first) that the suite did not make: somebody pushed it, or wrote it on GitHub’s pages, where
 * every commit is signed, too. The suite writes with a workflow’s token, or an app’s: a bot is the author.
 * Source: docs.github.com, “About commit signature verification”, signature verification for bots.
 */
export function forgedAmong(commits: readonly JournalCommit[]): Forgery | undefined {
  const index = commits.findLastIndex(commit => !commit.signed || !isBot(commit.author.email));
  const commit = commits[index];
  if (commit === undefined) return undefined;
  return { commit, how: commit.signed ? 'written' : 'pushed', good: commits[index + 1]?.oid };
}

/** `41898282+github-actions[bot]@users.noreply.github.com`: nobody else can have such an address verified. */
function isBot(email: string): boolean {
  return /^\d+\+[\w-]+\[bot\]@users\.noreply\.[\w.-]+$/.test(email);
}

/** The message of the commit that appends these events; git can be read without opening a file. */
export function appendMessage(events: readonly JournalEvent[]): { readonly headline: string; readonly body: string } {
  return { headline: `${events.map(event => event.type).join(', ')} [skip ci]`, body: events[0]?.run.url ?? '' };
}

/** The types of the events that a commit appended, from its title; undefined for one that no append has written. */
export function appendedTypes(title: string): readonly string[] | undefined {
  const types = /^([a-z-]+(?:, [a-z-]+)*) \[skip ci\]$/.exec(title)?.[1];
  return types?.split(', ');
}

/**
 * What a written state says that does not follow from the state before and the events of its commit; nothing when all of it
 * does. Only members that were written are compared: an earlier version of the suite may have known fewer of them. But no version leaves
 * out what the state before had (`earlier`, as it was written): whoever did would lift a hold, or a lock.
 */
export function notFollowing(
  before: EnvironmentState,
  events: readonly JournalEvent[],
  written: Readonly<Record<string, unknown>>,
  earlier: Readonly<Record<string, unknown>> = {},
): readonly string[] {
  const known = Object.keys(emptyState(''));
  const members = known.filter(member => Object.hasOwn(written, member));
  const left = known.filter(member => Object.hasOwn(earlier, member) && !Object.hasOwn(written, member));
  try {
    const folded: Readonly<Record<string, unknown>> = { ...foldAll(before, events) };
    return [...left, ...members.filter(member => inOrder(folded[member]) !== inOrder(written[member]))];
  } catch {
    // An event of another shape than any version of the suite writes.
    return [...left, ...members];
  }
}

/** JSON with the members of every object in one order. */
export function inOrder(value: unknown): string {
  return JSON.stringify(value ?? null, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}
