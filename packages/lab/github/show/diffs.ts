/** What changed between two commits, as git's own diff tells it. */
import { mustGit } from '../git/process.ts';
import { entryAt } from '../git/trees.ts';
import type { Lab } from '../world/lab.ts';
import type { RepositoryState } from '../world/state.ts';
import { apiOf, pageOf } from './repository.ts';
import type { Schemas } from './schemas.ts';

const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
const statuses = { A: 'added', D: 'removed', M: 'modified', R: 'renamed', C: 'copied', T: 'changed' } as const;

/** `base` undefined: against nothing, as for a first commit. GitHub gives at most 300 files of a commit, and 3,000 of a pull request. */
export function showDiff(
  lab: Lab,
  repository: RepositoryState,
  base: string | undefined,
  head: string,
  most = 300,
): readonly Schemas['diff-entry'][] {
  const { git } = repository;
  git.objects.write('tree', Buffer.alloc(0));
  const between = [base ?? emptyTree, head];
  const states = fields(mustGit(git.directory, 'diff-tree', '-r', '-z', '-M', '--name-status', ...between));
  const counts = numbers(mustGit(git.directory, 'diff-tree', '-r', '-z', '-M', '--numstat', ...between));
  const found: Schemas['diff-entry'][] = [];
  for (let at = 0; at + 1 < states.length && found.length < most; ) {
    const letter = (states[at] ?? '').charAt(0);
    const renamed = letter === 'R' || letter === 'C';
    const previous = states[at + 1] ?? '';
    const filename = renamed ? (states[at + 2] ?? '') : previous;
    at += renamed ? 3 : 2;
    found.push(
      entry(
        lab,
        repository,
        letter,
        filename,
        renamed ? previous : undefined,
        counts.get(filename),
        letter === 'D' ? base : head,
        head,
      ),
    );
  }
  return found;
}

function entry(
  lab: Lab,
  repository: RepositoryState,
  letter: string,
  filename: string,
  previous: string | undefined,
  count: readonly [number, number] = [0, 0],
  side: string | undefined,
  head: string,
): Schemas['diff-entry'] {
  const [additions, deletions] = count;
  const tree = side === undefined ? undefined : repository.git.commit(side)?.tree;
  const blob = tree === undefined ? undefined : entryAt(repository.git.objects, tree, filename);
  const path = filename.split('/').map(encodeURIComponent).join('/');
  const status = Object.entries(statuses).find(([key]) => key === letter)?.[1] ?? 'changed';
  return {
    sha: blob?.sha ?? null,
    filename,
    status,
    additions,
    deletions,
    changes: additions + deletions,
    blob_url: `${pageOf(lab, repository)}/blob/${head}/${path}`,
    raw_url: `${pageOf(lab, repository)}/raw/${head}/${path}`,
    contents_url: `${apiOf(lab, repository)}/contents/${path}?ref=${head}`,
    ...(previous === undefined ? {} : { previous_filename: previous }),
  };
}

function fields(output: string): readonly string[] {
  return output.split('\0').filter((field, index, all) => field !== '' || index < all.length - 1);
}

/** `added TAB removed TAB path NUL`, and for renames `added TAB removed TAB NUL old NUL new NUL`. */
function numbers(output: string): ReadonlyMap<string, readonly [number, number]> {
  const found = new Map<string, readonly [number, number]>();
  const parts = output.split('\0');
  for (let at = 0; at < parts.length; at++) {
    const [added, removed, path] = (parts[at] ?? '').split('\t');
    if (removed === undefined) continue;
    const name = path === '' ? (parts[at + 2] ?? '') : (path ?? '');
    if (path === '') at += 2;
    found.set(name, [Number(added) || 0, Number(removed) || 0]);
  }
  return found;
}
