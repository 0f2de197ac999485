import { type GitHub, GitHubCallError } from '#github/client';

/** What changes against what runs. */
export interface Comparison {
  readonly commits: readonly { readonly sha: string; readonly title: string; readonly author: string }[];
  readonly total: number;
  readonly url: string;
  /** Commits that run now and are not part of the release: it goes back as well as forward. */
  readonly behind: number;
}

interface Answer {
  readonly ahead_by: number;
  readonly behind_by: number;
  readonly html_url: string;
  readonly commits: readonly {
    readonly sha: string;
    readonly commit: { readonly message: string; readonly author?: { readonly name?: string } | null };
    readonly author: { readonly login?: string } | null;
  }[];
}

/** How many commits the reviewer’s page lists; the link shows all. */
const shown = 20;

/** The commits between what runs and the release; undefined when nothing runs, or GitHub cannot compare them. */
export async function readComparison(
  github: GitHub,
  running: string | undefined,
  release: string,
): Promise<Comparison | undefined> {
  if (running === undefined || running === '' || running === release) return undefined;
  try {
    const answer = await github.request<Answer>('GET /repos/{owner}/{repo}/compare/{basehead}', {
      basehead: `${running}...${release}`,
    });
    const commits = answer.commits.slice(-shown).map(({ sha, commit, author }) => ({
      sha,
      title: commit.message.split('\n')[0] ?? '',
      author: author?.login ?? commit.author?.name ?? 'unknown',
    }));
    return { commits: commits.toReversed(), total: answer.ahead_by, behind: answer.behind_by, url: answer.html_url };
  } catch (error) {
    if (error instanceof GitHubCallError) return undefined;
    throw error;
  }
}
