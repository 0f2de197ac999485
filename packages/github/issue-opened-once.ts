import { boxesOf } from '#core/flow/boxes';
import type { ReleaseIssue } from '#core/gate/lookups';
import { type GitHub, GitHubCallError, ifPermitted, isLost, orFinding } from './client.ts';

interface Listed {
  readonly number: number;
  readonly html_url: string;
  readonly state: string;
  readonly body?: string | null;
  readonly user: { readonly type?: string } | null;
}

/** How an issue that is opened once is found again. One that people take the label off is not. */
export interface Known {
  /** A hidden line of the body, by which it is known. */
  readonly marker: string;
  readonly label: string;
}

/** The issue that is so known; null where there is none. Of several, the first one counts. Needs `issues: read`. */
export function findIssue(github: GitHub, { marker, label }: Known): Promise<ReleaseIssue | null> {
  return orFinding('issues: read', async () => {
    const [first] = await issuesOf(github, { marker, label });
    return first === undefined ? null : shown(first);
  });
}

export interface WantedIssue extends Known {
  readonly title: string;
  readonly body: string;
}

/** Whether an issue is open; undefined where it may not be read. Needs `issues: read`. */
export function isOpen(github: GitHub, number: number): Promise<boolean | undefined> {
  return ifPermitted('issues: read', async () => {
    const issue = await github.request<Listed>('GET /repos/{owner}/{repo}/issues/{issue_number}', {
      issue_number: number,
    });
    return issue.state === 'open';
  });
}

/**
 * Opens the issue, once: another run may do the same at this moment, and GitHub may do it without an answer that arrives. So it looks
 * again afterwards; the lowest number counts for everybody, and whoever sees another one closes it. Needs `issues: write`.
 */
export function openIssueOnce(github: GitHub, { title, body, marker, label }: WantedIssue): Promise<ReleaseIssue> {
  return orFinding('issues: write', async () => {
    const opened = await create(github, { title, body, labels: [label] });
    const listed = await issuesOf(github, { marker, label });
    // The list may not have it yet.
    const all =
      opened instanceof GitHubCallError || listed.some(isNumbered(opened.number)) ? listed : [...listed, opened];
    const [first, ...others] = all.toSorted(byNumber);
    if (first === undefined) throw opened;
    for (const { number } of others) await withdraw(github, number);
    return shown(first);
  });
}

/** The issue that was opened, or why nobody knows whether it was. */
async function create(
  github: GitHub,
  issue: { readonly title: string; readonly body: string; readonly labels: readonly string[] },
): Promise<Listed | GitHubCallError> {
  try {
    return await github.request<Listed>('POST /repos/{owner}/{repo}/issues', issue);
  } catch (error) {
    if (error instanceof GitHubCallError && isLost(error)) return error;
    throw error;
  }
}

/** Without its label it is never taken for the issue again, whatever becomes of the first one. */
async function withdraw(github: GitHub, number: number): Promise<void> {
  await github.request(
    'PATCH /repos/{owner}/{repo}/issues/{issue_number}',
    { issue_number: number, state: 'closed', state_reason: 'not_planned', labels: [] },
    'any-number',
  );
}

/**
 * Those of the suite that have the marker, the first one first. Of the newest hundred: one that is older than a hundred others with its
 * label is not found, and opened anew. Anybody can write a marker, but only what is installed in the repository opens issues as a bot.
 */
async function issuesOf(github: GitHub, { marker, label }: Known): Promise<readonly Listed[]> {
  const newest = await github.request<readonly Listed[]>('GET /repos/{owner}/{repo}/issues', {
    labels: label,
    state: 'all',
    per_page: 100,
  });
  return newest.filter(({ body, user }) => user?.type === 'Bot' && (body ?? '').includes(marker)).toSorted(byNumber);
}

function byNumber(one: Listed, other: Listed): number {
  return one.number - other.number;
}

function isNumbered(number: number): (issue: Listed) => boolean {
  return issue => issue.number === number;
}

function shown({ number, html_url: url, state, body }: Listed): ReleaseIssue {
  return { number, url, open: state === 'open', boxes: boxesOf(body ?? '') };
}

interface Comment {
  readonly id: number;
  readonly body?: string;
  readonly user: { readonly type?: string } | null;
}

/** Keeps one comment of the suite up to date, which is known by a marker at its beginning. Needs `issues: write`. */
export function keepComment(
  github: GitHub,
  { issue, marker, body }: { readonly issue: number; readonly marker: string; readonly body: string },
): Promise<void> {
  return orFinding('issues: write', async () => {
    const parameters = { issue_number: issue };
    const comments = await github.paginate<Comment>(
      'GET /repos/{owner}/{repo}/issues/{issue_number}/comments',
      parameters,
    );
    const own = comments.find(comment => comment.user?.type === 'Bot' && comment.body?.startsWith(marker));
    if (own?.body?.trim() === body.trim()) return;
    if (own === undefined) {
      await github.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', { ...parameters, body });
    } else {
      const route = 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}';
      await github.request(route, { comment_id: own.id, body }, 'any-number');
    }
  });
}
