/** https://docs.github.com/graphql/reference/mutations#createcommitonbranch: append and compare-and-swap in one call. */
import { entryAt } from '../git/trees.ts';
import { readNodeId } from '../show/schemas.ts';
import { commitFiles, type FileChange } from '../world/commits.ts';
import { push } from '../world/pushes.ts';
import { Refusal } from '../world/refusal.ts';
import type { RepositoryState } from '../world/state.ts';
import { type Asked, allow, repositoryNamed } from './context.ts';
import { objectNode, refNode } from './objects.ts';

export interface CommitOnBranchInput {
  readonly branch: {
    readonly branchName?: string | null;
    readonly repositoryNameWithOwner?: string | null;
    readonly id?: string | null;
  };
  readonly message: { readonly headline: string; readonly body?: string | null };
  readonly expectedHeadOid: string;
  readonly clientMutationId?: string | null;
  readonly fileChanges?: {
    readonly additions?: readonly { readonly path: string; readonly contents: string }[] | null;
    readonly deletions?: readonly { readonly path: string }[] | null;
  } | null;
}

export function createCommitOnBranch(asked: Asked, input: CommitOnBranchInput) {
  const { lab, by } = asked;
  const { repository, ref } = branchOf(asked, input.branch);
  allow(asked, repository, ['contents', 'write']);
  if (!/^[0-9a-f]{40}$/.test(input.expectedHeadOid))
    throw new Refusal(422, `${input.expectedHeadOid} is not a valid GitObjectID`);
  const head = repository.git.refs.get(ref);
  if (head === undefined) throw new Refusal(404, 'Branch not found');
  if (head !== input.expectedHeadOid) {
    const message = `Expected branch to point to "${input.expectedHeadOid}" but it did not.  Pull and try again.`;
    throw new Refusal(409, message, { type: 'STALE_DATA' });
  }
  const { headline, body } = input.message;
  if (headline.trim() === '') throw new Refusal(422, 'A commit message headline is required');
  const { account } = by;
  const time = lab.clock.now();
  const message = body ? `${headline}\n\n${body}` : headline;
  const author = { name: account.name, email: account.email, time };
  const committer = { name: lab.accounts.webFlow.name, email: lab.accounts.webFlow.email, time };
  const sha = commitFiles(repository, head, changesOf(repository, head, input), { message, author, committer });
  repository.signed.set(sha, time);
  push(lab, repository, [{ ref, sha }], by);
  return {
    __typename: 'CreateCommitOnBranchPayload',
    clientMutationId: input.clientMutationId ?? null,
    commit: () => objectNode(asked, repository, sha),
    ref: () => refNode(asked, repository, ref),
  };
}

function branchOf(asked: Asked, { id, branchName, repositoryNameWithOwner }: CommitOnBranchInput['branch']) {
  if (id) {
    const { prefix, ids } = readNodeId(id);
    const repository = [...asked.lab.repositories.values()].find(each => String(each.id) === ids[0]);
    if (prefix !== 'REF' || !repository)
      throw new Refusal(404, `Could not resolve to a node with the global id of '${id}'`);
    return { repository, ref: ids.slice(1).join(':') };
  }
  if (!branchName || !repositoryNameWithOwner)
    throw new Refusal(422, 'A branch is named by its id, or by branchName and repositoryNameWithOwner');
  // "The unqualified name": a full ref is looked for as refs/heads/refs/heads/…
  return { repository: repositoryNamed(asked, repositoryNameWithOwner), ref: `refs/heads/${branchName}` };
}

function changesOf(
  repository: RepositoryState,
  head: string,
  { fileChanges }: CommitOnBranchInput,
): ReadonlyMap<string, FileChange> {
  const tree = repository.git.commit(head)?.tree ?? '';
  const changes = new Map<string, FileChange>();
  for (const { path } of fileChanges?.deletions ?? []) {
    if (!entryAt(repository.git.objects, tree, path)) {
      throw new Refusal(422, `A path was requested for deletion which does not exist as of commit oid \`${head}\``);
    }
    changes.set(path, { content: null });
  }
  for (const { path, contents } of fileChanges?.additions ?? []) {
    if (changes.has(path)) throw new Refusal(422, `The path ${path} was requested more than once`);
    if (path === '' || path.split('/').some(part => part === '' || part === '.' || part === '..' || part === '.git')) {
      throw new Refusal(422, `A path was requested that is not valid: ${path}`);
    }
    if (!/^[A-Za-z0-9+/]*={0,2}$/.test(contents) || contents.length % 4 !== 0)
      throw new Refusal(422, `The contents of ${path} are not base64`);
    // Whatever was executable before is 100644 afterwards.
    changes.set(path, { content: Buffer.from(contents, 'base64') });
  }
  return changes;
}
