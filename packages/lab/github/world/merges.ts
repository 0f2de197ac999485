/** Merges that GitHub makes by itself: the `auto_merge` of a deployment. */
import { writeCommit } from '../git/contents.ts';
import { git } from '../git/process.ts';
import type { Lab } from './lab.ts';
import type { By, RepositoryState } from './state.ts';

/** The merge commit's sha; undefined when the two conflict. No ref moves. */
export function mergeCommit(
  lab: Lab,
  repository: RepositoryState,
  by: By,
  { into, from, message }: { readonly into: string; readonly from: string; readonly message: string },
): string | undefined {
  const answer = git(repository.git.directory, 'merge-tree', '--write-tree', into, from);
  const tree = answer.output.trim().split('\n')[0];
  if (answer.code !== 0 || !tree) return undefined;
  const time = lab.clock.now();
  const author = { name: by.account.name, email: by.account.email, time };
  const committer = { name: lab.accounts.webFlow.name, email: lab.accounts.webFlow.email, time };
  const sha = writeCommit(repository.git.objects, { tree, parents: [into, from], message, author, committer });
  repository.signed.set(sha, time);
  return sha;
}
