/** Commits made from a set of files: a person's push, or GitHub's own `createCommitOnBranch`. */
import { type Signature, writeCommit } from '../git/contents.ts';
import { changeTree, type FileEntry } from '../git/trees.ts';
import type { RepositoryState } from './state.ts';

export interface FileChange {
  /** null deletes. */
  readonly content: Uint8Array | null;
  readonly executable?: boolean;
}

/** Writes a commit with `changes` on top of `parent` (undefined: an orphan). No ref moves. */
export function commitFiles(
  repository: RepositoryState,
  parent: string | undefined,
  changes: ReadonlyMap<string, FileChange>,
  commit: { readonly message: string; readonly author: Signature; readonly committer: Signature },
): string {
  const { git } = repository;
  const entries = new Map<string, FileEntry | null>();
  for (const [path, { content, executable }] of changes) {
    const sha = content === null ? undefined : git.objects.write('blob', Buffer.from(content));
    entries.set(path, sha === undefined ? null : { mode: executable ? '100755' : '100644', sha });
  }
  const tree = changeTree(git.objects, parent === undefined ? undefined : git.commit(parent)?.tree, entries);
  return writeCommit(git.objects, { ...commit, tree, parents: parent === undefined ? [] : [parent] });
}
