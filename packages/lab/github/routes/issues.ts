/** https://docs.github.com/rest/issues */
import { created, noContent, ok, paged } from '../http/answers.ts';
import { get, patch, post, type Route, remove } from '../http/route.ts';
import { showComment, showIssue, showLabel, showLabelNamed } from '../show/issues.ts';
import { addComment, addIssue, ensureLabel, findIssue, setIssueState } from '../world/issues.ts';
import { invalid, NotModelled, notFound } from '../world/refusal.ts';
import type { CommentState, IssueState, RepositoryState } from '../world/state.ts';

const read = [
  ['issues', 'read'],
  ['pull-requests', 'read'],
] as const;
const write = [
  ['issues', 'write'],
  ['pull-requests', 'write'],
] as const;

export const issueRoutes: readonly Route[] = [
  post('/repos/{owner}/{repo}/issues', [['issues', 'write']], ({ lab, repository, by, body }) => {
    if (body.milestone != null || body.type != null) throw new NotModelled('milestones and types of issues');
    const assignees = [...(body.assignees ?? []), ...(body.assignee ? [body.assignee] : [])];
    const issue = addIssue(lab, repository, by, {
      title: String(body.title),
      body: body.body ?? null,
      labels: labelNames(body.labels),
      assignees,
    });
    const shown = showIssue(lab, repository, issue);
    return created(shown, shown.url);
  }),
  get('/repos/{owner}/{repo}/issues', read, ({ lab, repository, query }) => {
    if (query.milestone !== undefined || query.mentioned !== undefined || query.type !== undefined)
      throw new NotModelled('this filter of issues');
    const labels = query.labels?.split(',').map(name => name.trim().toLowerCase()) ?? [];
    const found = repository.issues.filter(
      issue =>
        (query.state === 'all' || issue.state === (query.state ?? 'open')) &&
        labels.every(name => issue.labels.some(label => label.toLowerCase() === name)) &&
        (query.creator === undefined || issue.user.login === query.creator) &&
        (query.assignee === undefined || issue.assignees.some(account => account.login === query.assignee)) &&
        (query.since === undefined || issue.updatedAt >= Date.parse(query.since)),
    );
    const by = query.sort === 'updated' ? 'updatedAt' : 'createdAt';
    const sorted = found.toSorted((a, b) => a[by] - b[by] || a.number - b.number);
    return paged(query.direction === 'asc' ? sorted : sorted.toReversed(), query, issue =>
      showIssue(lab, repository, issue),
    );
  }),
  get('/repos/{owner}/{repo}/issues/{issue_number}', read, ({ lab, repository, path }) =>
    ok(showIssue(lab, repository, findIssue(repository, path.issue_number))),
  ),
  // There is no If-Match here: a body that was read before somebody ticked a box puts the box back.
  patch('/repos/{owner}/{repo}/issues/{issue_number}', write, ({ lab, repository, by, path, body }) => {
    const issue = findIssue(repository, path.issue_number);
    if (body.milestone != null || body.type != null) throw new NotModelled('milestones and types of issues');
    if (body.title != null) issue.title = String(body.title);
    if (body.body !== undefined) issue.body = body.body;
    if (body.labels !== undefined) issue.labels = [...labelNames(body.labels)];
    if (body.assignees !== undefined) issue.assignees = logins(body.assignees).map(login => lab.accounts.get(login));
    for (const name of issue.labels) ensureLabel(lab, repository, name);
    if (body.state !== undefined) setIssueState(lab, issue, by, body.state, body.state_reason ?? null);
    issue.updatedAt = lab.clock.now();
    return ok(showIssue(lab, repository, issue));
  }),
  post('/repos/{owner}/{repo}/issues/{issue_number}/comments', write, ({ lab, repository, by, path, body }) => {
    const issue = findIssue(repository, path.issue_number);
    const shown = showComment(lab, repository, issue, addComment(lab, repository, issue, by, body.body));
    return created(shown, shown.url);
  }),
  get('/repos/{owner}/{repo}/issues/{issue_number}/comments', read, ({ lab, repository, path, query }) => {
    const issue = findIssue(repository, path.issue_number);
    return paged(issue.comments, query, comment => showComment(lab, repository, issue, comment));
  }),
  get('/repos/{owner}/{repo}/issues/comments/{comment_id}', read, ({ lab, repository, path }) => {
    const { issue, comment } = findComment(repository, path.comment_id);
    return ok(showComment(lab, repository, issue, comment));
  }),
  patch('/repos/{owner}/{repo}/issues/comments/{comment_id}', write, ({ lab, repository, path, body }) => {
    const { issue, comment } = findComment(repository, path.comment_id);
    comment.body = body.body;
    comment.updatedAt = lab.clock.now();
    return ok(showComment(lab, repository, issue, comment));
  }),
  get('/repos/{owner}/{repo}/issues/{issue_number}/labels', read, ({ lab, repository, path, query }) =>
    paged(findIssue(repository, path.issue_number).labels, query, name => showLabelNamed(lab, repository, name)),
  ),
  post('/repos/{owner}/{repo}/issues/{issue_number}/labels', write, ({ lab, repository, path, body }) => {
    const issue = findIssue(repository, path.issue_number);
    const given = Array.isArray(body) ? body : typeof body === 'object' && 'labels' in body ? body.labels : [];
    const names = labelNames(given);
    for (const name of names) ensureLabel(lab, repository, name);
    issue.labels = [...new Set([...issue.labels, ...names])];
    return ok(issue.labels.map(name => showLabelNamed(lab, repository, name)));
  }),
  remove('/repos/{owner}/{repo}/issues/{issue_number}/labels/{name}', write, ({ lab, repository, path }) => {
    const issue = findIssue(repository, path.issue_number);
    if (!issue.labels.includes(path.name)) throw notFound();
    issue.labels = issue.labels.filter(name => name !== path.name);
    return ok(issue.labels.map(name => showLabelNamed(lab, repository, name)));
  }),
  get('/repos/{owner}/{repo}/labels', read, ({ lab, repository, query }) =>
    paged([...repository.labels.values()], query, label => showLabel(lab, repository, label)),
  ),
  get('/repos/{owner}/{repo}/labels/{name}', read, ({ lab, repository, path }) => {
    const label = repository.labels.get(path.name.toLowerCase());
    if (!label) throw notFound();
    return ok(showLabel(lab, repository, label));
  }),
  post('/repos/{owner}/{repo}/labels', write, ({ lab, repository, body }) => {
    if (repository.labels.has(body.name.toLowerCase())) throw invalid('Label', 'name', 'already_exists');
    const label = ensureLabel(lab, repository, body.name, {
      color: body.color ?? 'ededed',
      description: body.description ?? null,
    });
    return created(showLabel(lab, repository, label), showLabel(lab, repository, label).url);
  }),
  remove('/repos/{owner}/{repo}/labels/{name}', write, ({ repository, path }) => {
    if (!repository.labels.delete(path.name.toLowerCase())) throw notFound();
    return noContent;
  }),
];

function labelNames(labels: readonly unknown[] | undefined): readonly string[] {
  return (labels ?? []).flatMap(label => {
    if (typeof label === 'string') return [label];
    return typeof label === 'object' && label !== null && 'name' in label && typeof label.name === 'string'
      ? [label.name]
      : [];
  });
}

function logins(assignees: readonly unknown[]): readonly string[] {
  return assignees.flatMap(each => {
    if (typeof each !== 'string') throw new NotModelled('assignees of issues that are not logins');
    return [each];
  });
}

function findComment(repository: RepositoryState, id: number): { issue: IssueState; comment: CommentState } {
  for (const issue of repository.issues) {
    const comment = issue.comments.find(each => each.id === id);
    if (comment) return { issue, comment };
  }
  throw notFound();
}
