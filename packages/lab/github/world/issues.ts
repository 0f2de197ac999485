/** Issues, comments and labels. A pull request is an issue with more to it. */
import { basePayload } from '../events/payloads.ts';
import type { IssueOnPage } from '../ports.ts';
import { showIssue } from '../show/issues.ts';
import type { Lab } from './lab.ts';
import { notFound } from './refusal.ts';
import type { By, CommentState, IssueState, LabelState, PullState, RepositoryState } from './state.ts';

export interface NewIssue {
  readonly title: string;
  readonly body?: string | null;
  readonly labels?: readonly string[];
  readonly assignees?: readonly string[];
  readonly pull?: PullState;
}

export function addIssue(lab: Lab, repository: RepositoryState, by: By, spec: NewIssue): IssueState {
  const now = lab.clock.now();
  for (const label of spec.labels ?? []) ensureLabel(lab, repository, label);
  const issue: IssueState = {
    id: lab.nextId('issue'),
    number: repository.issues.length + 1,
    title: spec.title,
    body: spec.body ?? null,
    state: 'open',
    stateReason: null,
    user: by.account,
    labels: [...(spec.labels ?? [])],
    assignees: (spec.assignees ?? []).map(login => lab.accounts.get(login)),
    locked: false,
    createdAt: now,
    updatedAt: now,
    closedAt: null,
    closedBy: null,
    comments: [],
    pull: spec.pull,
  };
  repository.issues.push(issue);
  if (!spec.pull) announce(lab, repository, by, 'issues', 'opened', { issue: showIssue(lab, repository, issue) });
  return issue;
}

export function addComment(
  lab: Lab,
  repository: RepositoryState,
  issue: IssueState,
  by: By,
  body: string,
): CommentState {
  const now = lab.clock.now();
  const comment = { id: lab.nextId('comment'), body, user: by.account, createdAt: now, updatedAt: now };
  issue.comments.push(comment);
  issue.updatedAt = now;
  announce(lab, repository, by, 'issue_comment', 'created', {
    issue: showIssue(lab, repository, issue),
    comment: { id: comment.id, body, user: { login: by.account.login, id: by.account.id } },
  });
  return comment;
}

export function findIssue(repository: RepositoryState, number: number): IssueState {
  const issue = repository.issues.find(each => each.number === number);
  if (!issue) throw notFound();
  return issue;
}

export function setIssueState(
  lab: Lab,
  issue: IssueState,
  by: By,
  state: 'open' | 'closed',
  reason: IssueState['stateReason'],
): void {
  if (state === issue.state) return;
  issue.state = state;
  issue.stateReason = reason ?? (state === 'closed' ? 'completed' : 'reopened');
  issue.closedAt = state === 'closed' ? lab.clock.now() : null;
  issue.closedBy = state === 'closed' ? by.account : null;
}

/** As somebody closes it on its page. */
export function closeIssue(lab: Lab, issue: IssueState, by: By): IssueState {
  setIssueState(lab, issue, by, 'closed', 'completed');
  issue.updatedAt = lab.clock.now();
  return issue;
}

export function reopenIssue(lab: Lab, repository: RepositoryState, title: string, by: By): IssueState {
  const issue = repository.issues.findLast(each => each.state === 'closed' && isCalled(each, title));
  if (!issue) throw new Error(`no closed issue is called “${title}”`);
  setIssueState(lab, issue, by, 'open', 'reopened');
  issue.updatedAt = lab.clock.now();
  return issue;
}

/** As somebody edits it on its page. Each text has to be there. */
export function editIssue(lab: Lab, issue: IssueState, replace: Readonly<Record<string, string>>): IssueState {
  let body = issue.body ?? '';
  for (const [from, to] of Object.entries(replace)) {
    if (!body.includes(from)) throw new Error(`#${issue.number} has no “${from}”:\n${body}`);
    body = body.replaceAll(from, to);
  }
  issue.body = body;
  issue.updatedAt = lab.clock.now();
  return issue;
}

/** What its page shows of those with this title. */
export function issuesOnPage(repository: RepositoryState, title: string): readonly IssueOnPage[] {
  return repository.issues
    .filter(issue => isCalled(issue, title))
    .map(({ number, state, body, comments }) => ({
      number,
      open: state === 'open',
      body: body ?? '',
      comments: comments.map(comment => comment.body),
    }));
}

/** The newest open issue of this title. */
export function openIssueNamed(repository: RepositoryState, title: string): IssueState {
  const issue = repository.issues.findLast(each => each.state === 'open' && isCalled(each, title));
  if (!issue) throw new Error(`no open issue is called “${title}”`);
  return issue;
}

export function ensureLabel(
  lab: Lab,
  repository: RepositoryState,
  name: string,
  look: { readonly color?: string; readonly description?: string | null } = {},
): LabelState {
  const known = repository.labels.get(name.toLowerCase());
  if (known) return known;
  const label = { id: lab.nextId('label'), name, color: look.color ?? 'ededed', description: look.description ?? null };
  repository.labels.set(name.toLowerCase(), label);
  return label;
}

function announce(
  lab: Lab,
  repository: RepositoryState,
  by: By,
  name: string,
  action: string,
  what: Readonly<Record<string, unknown>>,
): void {
  const ref = `refs/heads/${repository.defaultBranch}`;
  const sha = repository.git.refs.get(ref);
  if (by.runId !== undefined || sha === undefined) return;
  const payload = { action, ...what, ...basePayload(lab, repository, by.account) };
  const actor = by.account.login;
  lab.emit({ name, action, repository: repository.fullName, at: lab.clock.now(), ref, sha, actor, payload });
}

/** A title of which a story knows only the beginning ends in `*`. */
function isCalled({ title }: { readonly title: string }, wanted: string): boolean {
  return wanted.endsWith('*') ? title.startsWith(wanted.slice(0, -1)) : title === wanted;
}
