import type { Change } from '#core/version/next';
import { type GitHub, orFinding } from './client.ts';

/** A commit with what it says. */
export interface ChangedCommit {
  readonly sha: string;
  readonly message: string;
  /** ISO 8601: when it came to be on its branch. */
  readonly at: string;
}

export interface Since {
  /** Whether `base` is before the commit (`ahead`), the same, after it (`behind`), or on another line (`diverged`). */
  readonly status: 'ahead' | 'identical' | 'behind' | 'diverged';
  /** What the commit has and `base` has not, the oldest first; nothing unless it is ahead. */
  readonly commits: readonly ChangedCommit[];
}

interface Comparison {
  readonly status: Since['status'];
  readonly total_commits: number;
  readonly commits: readonly {
    readonly sha: string;
    readonly commit: { readonly message: string; readonly committer: { readonly date?: string } | null };
  }[];
}

const pageSize = 100;

/** What has changed between two commits: a call for each hundred of them. Needs `contents: read`. */
export function changesSince(github: GitHub, base: string, head: string): Promise<Since> {
  return orFinding('contents: read', async () => {
    const commits: ChangedCommit[] = [];
    for (let page = 1; ; page += 1) {
      const answer = await github.request<Comparison>('GET /repos/{owner}/{repo}/compare/{basehead}', {
        basehead: `${base}...${head}`,
        per_page: pageSize,
        page,
      });
      const { status, total_commits: total } = answer;
      if (status !== 'ahead') return { status, commits: [] };
      commits.push(
        ...answer.commits.map(({ sha, commit: { message, committer } }) => ({
          sha,
          message,
          at: committer?.date ?? '',
        })),
      );
      if (answer.commits.length < pageSize || commits.length >= total) return { status, commits };
    }
  });
}

interface ListedPull {
  readonly number: number;
  readonly title: string;
  readonly updated_at: string;
  readonly merged_at: string | null;
  readonly merge_commit_sha: string | null;
  readonly labels: readonly { readonly name: string }[];
}

/**
 * The pull requests that were merged with one of these commits, with their labels. Of the closed ones, the last updated first: no older
 * page is asked for than the oldest commit can stand on. Needs `pull-requests: read`.
 */
export function mergedWith(github: GitHub, commits: readonly ChangedCommit[]): Promise<readonly Change[]> {
  return orFinding('pull-requests: read', async () => {
    const known = new Set(commits.map(({ sha }) => sha));
    const oldest = Math.min(...commits.map(({ at }) => Date.parse(at)));
    const changes: Change[] = [];
    for (let page = 1; ; page += 1) {
      const pulls = await github.request<readonly ListedPull[]>('GET /repos/{owner}/{repo}/pulls', {
        state: 'closed',
        sort: 'updated',
        direction: 'desc',
        per_page: pageSize,
        page,
      });
      const merged = pulls.filter(pull => pull.merged_at !== null && known.has(pull.merge_commit_sha ?? ''));
      // The number first: the words of a title ask for nothing here, only labels do.
      changes.push(
        ...merged.map(({ number, title, labels }) => ({
          message: `#${number} ${title}`,
          labels: labels.map(({ name }) => name),
        })),
      );
      const last = pulls.at(-1);
      if (last === undefined || pulls.length < pageSize || Date.parse(last.updated_at) < oldest) return changes;
    }
  });
}
