import type { OpenIssue } from '#core/gate/lookups';
import { type GitHub, orFinding } from './client.ts';

interface Listed {
  readonly number: number;
  readonly title: string;
  readonly html_url: string;
  /** GitHub lists pull requests as issues, too. */
  readonly pull_request?: unknown;
}

/** The open issues with one of these labels, each once. Needs `issues: read`. */
export async function openIssues(github: GitHub, labels: readonly string[]): Promise<readonly OpenIssue[]> {
  // Several labels in one call would ask for issues that have all of them.
  const lists = await Promise.all(labels.map(label => labelled(github, label)));
  const byNumber = new Map(lists.flat().map(issue => [issue.number, issue]));
  return [...byNumber.values()].toSorted((one, other) => one.number - other.number);
}

async function labelled(github: GitHub, label: string): Promise<readonly OpenIssue[]> {
  const listed = await orFinding('issues: read', () =>
    github.paginate<Listed>('GET /repos/{owner}/{repo}/issues', { labels: label, state: 'open' }),
  );
  return listed
    .filter(issue => issue.pull_request === undefined)
    .map(({ number, title, html_url: url }) => ({ number, title, url, label }));
}
