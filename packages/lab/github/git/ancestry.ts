/** Which commits lead to which, walked in memory: a process for each question would be most of the cost of a call. */
import type { Commit } from './contents.ts';

export type ReadCommit = (sha: string) => Commit | undefined;

export function ancestors(read: ReadCommit, tip: string): ReadonlySet<string> {
  const seen = new Set<string>();
  const open = [tip];
  for (let sha = open.pop(); sha !== undefined; sha = open.pop()) {
    if (seen.has(sha)) continue;
    seen.add(sha);
    open.push(...(read(sha)?.parents ?? []));
  }
  return seen;
}

export function isAncestor(read: ReadCommit, ancestor: string, descendant: string): boolean {
  // Nearly always the parent.
  return (
    ancestor === descendant || read(descendant)?.parents.includes(ancestor) || ancestors(read, descendant).has(ancestor)
  );
}

/** Commits reachable from `tip` and not from `without`: by date, newest first, as `git rev-list` gives them. */
export function history(read: ReadCommit, tip: string, without: string | undefined): readonly string[] {
  const seen = without === undefined ? new Set<string>() : new Set(ancestors(read, without));
  const listed: string[] = [];
  const open: Commit[] = [];
  const add = (sha: string) => {
    const commit = seen.has(sha) ? undefined : read(sha);
    if (!commit) return;
    seen.add(sha);
    const index = open.findIndex(each => each.committer.time < commit.committer.time);
    open.splice(index < 0 ? open.length : index, 0, commit);
  };
  add(tip);
  for (let commit = open.shift(); commit; commit = open.shift()) {
    listed.push(commit.sha);
    commit.parents.forEach(add);
  }
  return listed;
}
