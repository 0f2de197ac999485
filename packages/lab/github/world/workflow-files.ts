/** Workflow files in commits: what a GITHUB_TOKEN may not bring in, and what a dispatch finds. */
import { entryAt, walk } from '../git/trees.ts';
import type { RepositoryState } from './state.ts';

const folder = '.github/workflows';

/**
 * The first workflow file of a commit that is on no branch like that. GITHUB_TOKEN has no `workflows` permission, so a
 * ref to such a commit is refused to it; a commit without workflow files (an orphan branch) brings none in.
 */
export function foreignWorkflow(repository: RepositoryState, commit: string): string | undefined {
  const files = workflowFiles(repository, commit);
  if (files.size === 0) return undefined;
  const heads = [...repository.git.refs].filter(([ref]) => ref.startsWith('refs/heads/')).map(([, sha]) => sha);
  const known = new Set(
    heads.flatMap(head => [...workflowFiles(repository, head)].map(([path, sha]) => `${sha} ${path}`)),
  );
  return [...files].find(([path, sha]) => !known.has(`${sha} ${path}`))?.[0];
}

/** Path → blob sha of the files GitHub takes for workflows: directly in the folder, `.yml` or `.yaml`. */
export function workflowFiles(repository: RepositoryState, commit: string): ReadonlyMap<string, string> {
  const { git } = repository;
  const tree = git.commit(commit)?.tree;
  const found = tree === undefined ? undefined : entryAt(git.objects, tree, folder);
  const files = new Map<string, string>();
  if (found?.mode !== '40000') return files;
  for (const [name, { sha }] of walk(git.objects, found.sha)) {
    if (!name.includes('/') && /\.ya?ml$/.test(name)) files.set(`${folder}/${name}`, sha);
  }
  return files;
}
