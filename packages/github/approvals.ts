import type { Review } from '#core/gate/approval';
import { type GitHub, GitHubCallError } from './client.ts';

interface Answer {
  readonly state: string;
  readonly comment: string;
  readonly user: { readonly login: string } | null;
  readonly environments: readonly { readonly name?: string }[];
}

/** The reviews of one environment in this run; undefined where they cannot be read. Needs `actions: read`. */
export async function reviewsOf(
  github: GitHub,
  runId: number,
  environment: string,
): Promise<readonly Review[] | undefined> {
  try {
    const answers = await github.request<readonly Answer[]>(
      'GET /repos/{owner}/{repo}/actions/runs/{run_id}/approvals',
      {
        run_id: runId,
      },
    );
    return answers
      .filter(answer => answer.environments.some(candidate => candidate.name === environment))
      .map(({ state, comment, user }) => ({ state: stateOf(state), comment, login: user?.login ?? 'ghost' }));
  } catch (error) {
    if (error instanceof GitHubCallError) return undefined;
    throw error;
  }
}

function stateOf(state: string): Review['state'] {
  return state === 'approved' || state === 'rejected' ? state : 'pending';
}
