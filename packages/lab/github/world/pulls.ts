/** Pull requests: opened, reviewed, merged. */

import { bypassMode } from './bypass.ts';
import { addIssue, findIssue } from './issues.ts';
import type { Lab } from './lab.ts';
import { mergeCommit } from './merges.ts';
import { announcePull, keepPullRefs } from './pull-heads.ts';
import { push } from './pushes.ts';
import { invalid, NotModelled, notFound, Refusal } from './refusal.ts';
import { rulesetsFor } from './rulesets.ts';
import type { By, IssueState, PullReview, PullState, RepositoryState } from './state.ts';

export interface NewPull {
  readonly title: string;
  readonly body?: string | null;
  readonly head: string;
  readonly base: string;
  readonly draft?: boolean;
  readonly labels?: readonly string[];
}

export interface Pull {
  readonly issue: IssueState;
  readonly pull: PullState;
}

export function addPull(lab: Lab, repository: RepositoryState, by: By, spec: NewPull): Pull {
  const { git } = repository;
  const [headSha, baseSha] = [git.refs.get(`refs/heads/${spec.head}`), git.refs.get(`refs/heads/${spec.base}`)];
  if (headSha === undefined) throw invalid('PullRequest', 'head', 'invalid');
  if (baseSha === undefined) throw invalid('PullRequest', 'base', 'invalid');
  if (git.isAncestor(headSha, baseSha)) {
    throw invalid('PullRequest', 'base', 'custom', `No commits between ${spec.base} and ${spec.head}`);
  }
  const open = pullsOf(repository).some(
    ({ issue, pull }) => issue.state === 'open' && pull.head === spec.head && pull.base === spec.base,
  );
  if (open)
    throw invalid(
      'PullRequest',
      'base',
      'custom',
      `A pull request already exists for ${repository.owner.login}:${spec.head}.`,
    );
  const pull: PullState = {
    id: lab.nextId('pull'),
    head: spec.head,
    base: spec.base,
    draft: spec.draft ?? false,
    headSha,
    baseSha,
    mergedAt: null,
    mergedBy: null,
    mergeCommit: null,
    reviews: [],
  };
  const issue = addIssue(lab, repository, by, {
    title: spec.title,
    body: spec.body ?? null,
    labels: spec.labels ?? [],
    pull,
  });
  const merge = keepPullRefs(lab, repository, issue, pull);
  if (merge !== undefined) announcePull(lab, repository, by, issue, pull, 'opened', merge);
  return { issue, pull };
}

export function reviewPull(
  lab: Lab,
  repository: RepositoryState,
  by: By,
  number: number,
  state: PullReview['state'],
  body: string,
): void {
  const { issue, pull } = findPull(repository, number);
  if (issue.user.login === by.account.login && state !== 'COMMENTED') {
    throw new Refusal(422, 'Review Can not approve your own pull request');
  }
  const submittedAt = lab.clock.now();
  pull.reviews.push({
    id: lab.nextId('pullReview'),
    user: by.account,
    state,
    body,
    commitId: pull.headSha,
    submittedAt,
  });
}

/** With a merge commit, as the green button does by default. */
export function mergePull(lab: Lab, repository: RepositoryState, by: By, number: number): string {
  const { issue, pull } = findPull(repository, number);
  if (issue.state !== 'open') throw new Refusal(405, 'Pull Request is not mergeable');
  const message = `Merge pull request #${number} from ${repository.owner.login}/${pull.head}\n\n${issue.title}`;
  const sha = mergeCommit(lab, repository, by, { into: pull.baseSha, from: pull.headSha, message });
  if (sha === undefined) throw new Refusal(405, 'Pull Request is not mergeable');
  const into = `refs/heads/${pull.base}`;
  if (rulesetsFor(repository, into).some(each => bypassMode(lab, repository, each, by) === 'pull_request')) {
    throw new NotModelled(`a merge into ${pull.base} by somebody who may pass by its ruleset in pull requests`);
  }
  const now = lab.clock.now();
  Object.assign(pull, { mergedAt: now, mergedBy: by.account, mergeCommit: sha });
  Object.assign(issue, { state: 'closed', closedAt: now, closedBy: by.account, updatedAt: now });
  push(lab, repository, [{ ref: into, sha }], by);
  if (by.runId === undefined) announcePull(lab, repository, by, issue, pull, 'closed', sha);
  return sha;
}

export function pullsOf(repository: RepositoryState): readonly Pull[] {
  return repository.issues.flatMap(issue => (issue.pull ? [{ issue, pull: issue.pull }] : []));
}

export function findPull(repository: RepositoryState, number: number): Pull {
  const issue = findIssue(repository, number);
  if (!issue.pull) throw notFound();
  return { issue, pull: issue.pull };
}
