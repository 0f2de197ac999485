import { type GitHub, GitHubCallError } from './client.ts';

/** How a commit lies to a branch or another commit. */
export interface Relation {
  /** The commit is it, or one of its ancestors. */
  readonly contains: boolean;
  /** The newest commit that both have; absent when they have none. */
  readonly base?: string;
}

interface Answer {
  readonly status: string;
  readonly merge_base_commit: { readonly sha: string };
}

/**
 * Whether `of` (a branch or a sha) contains the commit; undefined when there is no such branch. One call, and one commit in its
 * answer: what lies between them is not asked for. Needs `contents: read`.
 */
export async function relationOf(github: GitHub, of: string, commit: string): Promise<Relation | undefined> {
  if (of === commit) return { contains: true, base: commit };
  try {
    const route = 'GET /repos/{owner}/{repo}/compare/{basehead}';
    const answer = await github.request<Answer>(route, { basehead: `${of}...${commit}`, per_page: 1 });
    const contains = answer.status === 'behind' || answer.status === 'identical';
    return { contains, base: answer.merge_base_commit.sha };
  } catch (error) {
    if (!(error instanceof GitHubCallError) || error.status !== 404) throw error;
    return /no common ancestor/i.test(error.message) ? { contains: false } : undefined;
  }
}
