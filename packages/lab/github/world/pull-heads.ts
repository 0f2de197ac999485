/** What GitHub keeps for an open pull request by itself: its head, and the merge that would come of it. */
import { basePayload } from '../events/payloads.ts';
import { showPull } from '../show/pulls.ts';
import type { Lab } from './lab.ts';
import { mergeCommit } from './merges.ts';
import { skipsWorkflows } from './skips.ts';
import type { By, IssueState, PullState, RepositoryState } from './state.ts';

/**
 * `refs/pull/N/head` and `refs/pull/N/merge`: runs of a pull request work on the merge, a commit that never lands.
 * Without one (a conflict) no run starts.
 */
export function keepPullRefs(
  lab: Lab,
  repository: RepositoryState,
  { number }: IssueState,
  pull: PullState,
): string | undefined {
  const { git } = repository;
  const set = (name: string, sha: string | undefined) => {
    const ref = `refs/pull/${number}/${name}`;
    if (git.refs.get(ref) !== sha) git.moveRef(ref, git.refs.get(ref), sha);
  };
  const message = `Merge ${pull.headSha} into ${pull.baseSha}`;
  const by = { account: lab.accounts.webFlow };
  const merge = mergeCommit(lab, repository, by, { into: pull.baseSha, from: pull.headSha, message });
  set('head', pull.headSha);
  set('merge', merge);
  return merge;
}

/** Open pull requests whose head or base moved. */
export function followPush(lab: Lab, repository: RepositoryState, ref: string, sha: string, by: By): void {
  for (const issue of repository.issues) {
    const { pull } = issue;
    if (!pull || issue.state !== 'open') continue;
    if (ref === `refs/heads/${pull.base}`) {
      pull.baseSha = sha;
      keepPullRefs(lab, repository, issue, pull);
    }
    if (ref === `refs/heads/${pull.head}`) {
      pull.headSha = sha;
      const merge = keepPullRefs(lab, repository, issue, pull);
      if (merge !== undefined && by.runId === undefined)
        announcePull(lab, repository, by, issue, pull, 'synchronize', merge);
    }
  }
}

export function announcePull(
  lab: Lab,
  repository: RepositoryState,
  by: By,
  issue: IssueState,
  pull: PullState,
  action: 'opened' | 'synchronize' | 'closed',
  sha: string,
): void {
  if (skipsWorkflows(repository.git.commit(pull.headSha)?.message ?? '')) return;
  const shown = showPull(lab, repository, issue, pull);
  lab.emit({
    name: 'pull_request',
    action,
    repository: repository.fullName,
    at: lab.clock.now(),
    ref: `refs/pull/${issue.number}/merge`,
    sha,
    actor: by.account.login,
    payload: {
      action,
      number: issue.number,
      pull_request: { ...shown, merged: pull.mergedAt !== null },
      ...basePayload(lab, repository, by.account),
    },
    // Since June 2026 a pull request by a bot does start runs, which somebody has to approve.
    ...(by.runId === undefined ? {} : { needsApproval: true }),
  });
}
