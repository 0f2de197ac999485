import type { Review } from '#core/gate/approval';
import { type GitHub, ifPermitted } from './client.ts';

interface Answer {
  readonly state: string;
  readonly comment: string;
  readonly user: { readonly login: string } | null;
  readonly environments: readonly { readonly name?: string }[];
}

/** The reviews of one environment in this run; undefined where the job may not read them. Needs `actions: read`. */
export async function reviewsOf(
  github: GitHub,
  runId: number,
  environment: string,
): Promise<readonly Review[] | undefined> {
  const route = 'GET /repos/{owner}/{repo}/actions/runs/{run_id}/approvals';
  const answers = await ifPermitted('actions: read', () => github.request<readonly Answer[]>(route, { run_id: runId }));
  return answers
    ?.filter(answer => answer.environments.some(candidate => candidate.name === environment))
    .map(({ state, comment, user }) => ({ state: stateOf(state), comment, login: user?.login ?? 'ghost' }));
}

function stateOf(state: string): Review['state'] {
  return state === 'approved' || state === 'rejected' ? state : 'pending';
}
