import type { Review } from '#core/gate/attempt';
import type { RunReference } from '#core/release';
import { type GitHub, ifPermitted } from './client.ts';

interface Listed {
  readonly state: string;
  readonly comment: string;
  readonly user: { readonly login: string } | null;
  readonly environments: readonly { readonly name?: string }[];
}

/**
 * The reviews of one environment in this run, oldest first, of all attempts; undefined where the job may not read them, or they
 * cannot be put in order. Needs `actions: read`.
 */
export function reviewsOf(
  github: GitHub,
  run: RunReference,
  environment: string,
): Promise<readonly Review[] | undefined> {
  return ifPermitted('actions: read', async () => {
    // REST gives no order; one attempt has no earlier ones that they would have to be told from.
    const all = run.attempt === 1 ? await listedReviews(github, run.id) : await ordered(github, run.id);
    return all
      ?.filter(review => review.environments.some(candidate => candidate.name === environment))
      .map(({ state, comment, user }) => ({ state: stateOf(state), comment, login: user?.login ?? 'ghost' }));
  });
}

/** Of all attempts and environments of a run, in no order. */
export function listedReviews(github: GitHub, runId: number): Promise<readonly Listed[]> {
  return github.request('GET /repos/{owner}/{repo}/actions/runs/{run_id}/approvals', { run_id: runId });
}

const query = `query reviews($id: ID!) {
  node(id: $id) {
    ... on WorkflowRun {
      deploymentReviews(last: 100) {
        nodes { databaseId state comment user { login } environments(first: 100) { nodes { name } } }
      }
    }
  }
}`;

interface Answer {
  readonly node: {
    readonly deploymentReviews?: {
      readonly nodes: readonly (Omit<Listed, 'environments'> & {
        readonly databaseId: number | null;
        readonly environments: { readonly nodes: Listed['environments'] };
      })[];
    };
  } | null;
}

/** GraphQL gives the reviews the numbers of their rows: later ones are greater. */
async function ordered(github: GitHub, runId: number): Promise<readonly Listed[] | undefined> {
  const run = await github.request<{ readonly node_id: string }>('GET /repos/{owner}/{repo}/actions/runs/{run_id}', {
    run_id: runId,
  });
  const answer = await github.graphql<Answer>(query, { id: run.node_id });
  const nodes = answer.node?.deploymentReviews?.nodes;
  if (nodes === undefined || nodes.some(node => node.databaseId === null)) return undefined;
  return nodes
    .toSorted((one, other) => (one.databaseId ?? 0) - (other.databaseId ?? 0))
    .map(({ environments, ...review }) => ({ ...review, environments: environments.nodes }));
}

function stateOf(state: string): Review['state'] {
  const known = state.toLowerCase();
  return known === 'approved' || known === 'rejected' ? known : 'pending';
}
