/** What GITHUB_EVENT_PATH holds: https://docs.github.com/webhooks/webhook-events-and-payloads */
import type { Commit } from '../git/contents.ts';
import { changedPaths, walk } from '../git/trees.ts';
import { accountOf } from '../show/commits.ts';
import { showUser } from '../show/people.ts';
import { pageOf, showFullRepository } from '../show/repository.ts';
import { time } from '../show/schemas.ts';
import type { Lab } from '../world/lab.ts';
import type { Account, RepositoryState } from '../world/state.ts';

export type Payload = Readonly<Record<string, unknown>>;

const none = '0'.repeat(40);

/** What every event says: where and who. */
export function basePayload(lab: Lab, repository: RepositoryState, sender: Account): Payload {
  const { owner } = repository;
  return {
    repository: showFullRepository(lab, repository),
    ...(owner.type === 'Organization' ? { organization: { login: owner.login, id: owner.id } } : {}),
    sender: showUser(lab, sender),
  };
}

export interface Push {
  readonly ref: string;
  readonly before: string | undefined;
  readonly after: string;
  readonly forced: boolean;
}

export function pushPayload(
  lab: Lab,
  repository: RepositoryState,
  { ref, before, after, forced }: Push,
  by: Account,
): Payload {
  const page = pageOf(lab, repository);
  const head = repository.git.peel(after);
  const commit = head === undefined ? undefined : repository.git.commit(head);
  return {
    ref,
    before: before ?? none,
    after,
    created: before === undefined,
    deleted: false,
    forced,
    base_ref: null,
    compare:
      before === undefined
        ? `${page}/compare/${ref.replace(/^refs\/(heads|tags)\//, '')}`
        : `${page}/compare/${before.slice(0, 12)}...${after.slice(0, 12)}`,
    // The commits of a push of a new ref are those no other ref had; the lab lists those of moved branches only.
    commits: before === undefined ? [] : pushedCommits(lab, repository, before, after),
    head_commit: commit ? pushedCommit(lab, repository, commit) : null,
    pusher: { name: by.login, email: by.email },
    ...basePayload(lab, repository, by),
  };
}

export function createPayload(lab: Lab, repository: RepositoryState, ref: string, by: Account): Payload {
  return {
    ref: ref.replace(/^refs\/(heads|tags)\//, ''),
    ref_type: ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    full_ref: ref,
    master_branch: repository.defaultBranch,
    description: repository.description,
    pusher_type: 'user',
    ...basePayload(lab, repository, by),
  };
}

export function deletePayload(lab: Lab, repository: RepositoryState, ref: string, by: Account): Payload {
  return {
    ref: ref.replace(/^refs\/(heads|tags)\//, ''),
    ref_type: ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    full_ref: ref,
    pusher_type: 'user',
    ...basePayload(lab, repository, by),
  };
}

function pushedCommits(lab: Lab, repository: RepositoryState, before: string, after: string): readonly Payload[] {
  const { git } = repository;
  const [from, to] = [git.peel(before), git.peel(after)];
  if (from === undefined || to === undefined) return [];
  return git
    .history(to, { without: from })
    .toReversed()
    .flatMap(sha => git.commit(sha) ?? [])
    .map(commit => pushedCommit(lab, repository, commit));
}

function pushedCommit(lab: Lab, repository: RepositoryState, commit: Commit): Payload {
  const { git } = repository;
  const parent = commit.parents[0] === undefined ? undefined : git.commit(commit.parents[0]);
  const before = parent ? walk(git.objects, parent.tree) : new Map();
  const after = walk(git.objects, commit.tree);
  const changed = changedPaths(git.objects, parent?.tree, commit.tree);
  return {
    id: commit.sha,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message,
    timestamp: time(commit.committer.time),
    url: `${pageOf(lab, repository)}/commit/${commit.sha}`,
    author: person(lab, commit.author),
    committer: person(lab, commit.committer),
    added: changed.filter(path => !before.has(path)),
    removed: changed.filter(path => !after.has(path)),
    modified: changed.filter(path => before.has(path) && after.has(path)),
  };
}

function person(lab: Lab, signature: Commit['author']): Payload {
  const account = accountOf(lab, signature);
  return { name: signature.name, email: signature.email, ...(account ? { username: account.login } : {}) };
}
