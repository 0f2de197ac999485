import type { Lab } from '../world/lab.ts';
import type { Account, CommentState, IssueState, LabelState, RepositoryState } from '../world/state.ts';
import { permissionOf } from '../world/tokens.ts';
import { showUser } from './people.ts';
import { apiOf, pageOf } from './repository.ts';
import { nodeId, optionalTime, type Schemas, time } from './schemas.ts';

export function showIssue(lab: Lab, repository: RepositoryState, issue: IssueState): Schemas['issue'] {
  const url = `${apiOf(lab, repository)}/issues/${issue.number}`;
  const page = `${pageOf(lab, repository)}/${issue.pull ? 'pull' : 'issues'}/${issue.number}`;
  const pull = `${apiOf(lab, repository)}/pulls/${issue.number}`;
  const assignees = issue.assignees.map(account => showUser(lab, account));
  return {
    id: issue.id,
    node_id: nodeId(issue.pull ? 'PR' : 'I', repository.id, issue.number),
    url,
    repository_url: apiOf(lab, repository),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: page,
    number: issue.number,
    state: issue.state,
    state_reason: issue.stateReason,
    title: issue.title,
    body: issue.body,
    user: showUser(lab, issue.user),
    labels: issue.labels.flatMap(name => showLabelNamed(lab, repository, name) ?? []),
    assignee: assignees[0] ?? null,
    assignees,
    milestone: null,
    locked: issue.locked,
    active_lock_reason: null,
    comments: issue.comments.length,
    closed_at: optionalTime(issue.closedAt),
    created_at: time(issue.createdAt),
    updated_at: time(issue.updatedAt),
    closed_by: issue.closedBy ? showUser(lab, issue.closedBy) : null,
    author_association: associationOf(repository, issue.user),
    performed_via_github_app: null,
    ...(issue.pull
      ? {
          draft: issue.pull.draft,
          pull_request: {
            url: pull,
            html_url: page,
            diff_url: `${page}.diff`,
            patch_url: `${page}.patch`,
            merged_at: optionalTime(issue.pull.mergedAt),
          },
        }
      : {}),
  };
}

export function showComment(
  lab: Lab,
  repository: RepositoryState,
  issue: IssueState,
  comment: CommentState,
): Schemas['issue-comment'] {
  const page = `${pageOf(lab, repository)}/${issue.pull ? 'pull' : 'issues'}/${issue.number}`;
  return {
    id: comment.id,
    node_id: nodeId('IC', repository.id, comment.id),
    url: `${apiOf(lab, repository)}/issues/comments/${comment.id}`,
    html_url: `${page}#issuecomment-${comment.id}`,
    issue_url: `${apiOf(lab, repository)}/issues/${issue.number}`,
    body: comment.body,
    user: showUser(lab, comment.user),
    created_at: time(comment.createdAt),
    updated_at: time(comment.updatedAt),
    author_association: associationOf(repository, comment.user),
    performed_via_github_app: null,
  };
}

export function showLabel(lab: Lab, repository: RepositoryState, label: LabelState): Schemas['label'] {
  return {
    id: label.id,
    node_id: nodeId('LA', repository.id, label.id),
    url: `${apiOf(lab, repository)}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    color: label.color,
    description: label.description,
    default: false,
  };
}

export function showLabelNamed(lab: Lab, repository: RepositoryState, name: string): Schemas['label'] | undefined {
  const label = repository.labels.get(name.toLowerCase());
  return label ? showLabel(lab, repository, label) : undefined;
}

export function associationOf(repository: RepositoryState, account: Account): Schemas['author-association'] {
  if (account.login === repository.owner.login) return 'OWNER';
  return permissionOf(repository, account) && repository.collaborators.has(account.login.toLowerCase())
    ? 'COLLABORATOR'
    : 'NONE';
}
