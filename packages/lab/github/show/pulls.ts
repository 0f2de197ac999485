import type { Lab } from '../world/lab.ts';
import type { IssueState, PullReview, PullState, RepositoryState } from '../world/state.ts';
import { associationOf, showLabelNamed } from './issues.ts';
import { showUser } from './people.ts';
import { apiOf, pageOf, showFullRepository } from './repository.ts';
import { nodeId, optionalTime, time } from './schemas.ts';

/** As lists show it (`pull-request-simple`). */
export function showPull(lab: Lab, repository: RepositoryState, issue: IssueState, pull: PullState) {
  const api = apiOf(lab, repository);
  const url = `${api}/pulls/${issue.number}`;
  const comments = `${api}/issues/${issue.number}/comments`;
  const statuses = `${api}/statuses/${pull.headSha}`;
  const page = `${pageOf(lab, repository)}/pull/${issue.number}`;
  const side = (ref: string, sha: string) => ({
    label: `${repository.owner.login}:${ref}`,
    ref,
    sha,
    user: showUser(lab, repository.owner),
    repo: showFullRepository(lab, repository),
  });
  return {
    id: pull.id,
    node_id: nodeId('PR', repository.id, issue.number),
    url,
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: `${api}/issues/${issue.number}`,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${api}/pulls/comments{/number}`,
    comments_url: comments,
    statuses_url: statuses,
    number: issue.number,
    state: issue.state,
    locked: issue.locked,
    title: issue.title,
    user: showUser(lab, issue.user),
    body: issue.body,
    labels: issue.labels.flatMap(name => showLabelNamed(lab, repository, name) ?? []),
    milestone: null,
    active_lock_reason: null,
    created_at: time(issue.createdAt),
    updated_at: time(issue.updatedAt),
    closed_at: optionalTime(issue.closedAt),
    merged_at: optionalTime(pull.mergedAt),
    merge_commit_sha: pull.mergeCommit,
    assignee: null,
    assignees: issue.assignees.map(account => showUser(lab, account)),
    requested_reviewers: [],
    requested_teams: [],
    head: side(pull.head, pull.headSha),
    base: side(pull.base, pull.baseSha),
    _links: {
      self: { href: url },
      html: { href: page },
      issue: { href: `${api}/issues/${issue.number}` },
      comments: { href: comments },
      review_comments: { href: `${url}/comments` },
      review_comment: { href: `${api}/pulls/comments{/number}` },
      commits: { href: `${url}/commits` },
      statuses: { href: statuses },
    },
    author_association: associationOf(repository, issue.user),
    auto_merge: null,
    draft: pull.draft,
  };
}

/** `GET /pulls/{pull_number}` (`pull-request`): with what only one at a time is counted for. */
export function showFullPull(lab: Lab, repository: RepositoryState, issue: IssueState, pull: PullState) {
  const commits = repository.git.history(pull.headSha, { without: pull.baseSha });
  return {
    ...showPull(lab, repository, issue, pull),
    merged: pull.mergedAt !== null,
    mergeable: issue.state === 'open' ? true : null,
    rebaseable: null,
    mergeable_state: issue.state === 'open' ? 'clean' : 'unknown',
    merged_by: pull.mergedBy ? showUser(lab, pull.mergedBy) : null,
    comments: issue.comments.length,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: commits.length,
    additions: 0,
    deletions: 0,
    changed_files: 0,
  };
}

export function showReview(lab: Lab, repository: RepositoryState, issue: IssueState, review: PullReview) {
  const page = `${pageOf(lab, repository)}/pull/${issue.number}#pullrequestreview-${review.id}`;
  const pull = `${apiOf(lab, repository)}/pulls/${issue.number}`;
  return {
    id: review.id,
    node_id: nodeId('PRR', repository.id, review.id),
    user: showUser(lab, review.user),
    body: review.body,
    state: review.state,
    html_url: page,
    pull_request_url: pull,
    _links: { html: { href: page }, pull_request: { href: pull } },
    submitted_at: time(review.submittedAt),
    commit_id: review.commitId,
    author_association: associationOf(repository, review.user),
  };
}
