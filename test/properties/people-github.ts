import { type GitHub, GitHubCallError } from '#github/client';
import { flowFile, flowPath, note, type World } from './world.ts';

/** GitHub as far as it knows people (whom it asks, what they clicked, who started a run) and the flow file. Everything else is `journal`’s. */
export function peopleGitHub(world: World, journal: GitHub): GitHub {
  const permitted = (route: string) => {
    if (world.blind.has('approvals')) throw new GitHubCallError(403, route, 'Resource not accessible', []);
  };
  const clicksOf = (run: number) =>
    (world.clicks.get(run) ?? []).map(({ login, state, comment }, index) => ({
      ...{ state, comment, user: { login }, databaseId: run * 100 + index },
      environments: [{ name: 'prod' }],
    }));
  const nodesOf = (run: number) => clicksOf(run).map(each => ({ ...each, environments: { nodes: each.environments } }));
  const answer = async (route: string, parameters: Readonly<Record<string, unknown>>): Promise<unknown> => {
    const run = Number(parameters.run_id);
    switch (route) {
      case 'GET /repos/{owner}/{repo}/actions/runs/{run_id}/approvals':
        permitted(route);
        return clicksOf(run);
      case 'GET /repos/{owner}/{repo}/environments/{environment_name}':
        permitted(route);
        return { protection_rules: protection(world) };
      case 'GET /repos/{owner}/{repo}/actions/runs/{run_id}':
        permitted(route);
        return { ...(await journal.request<object>(route, parameters)), ...startOf(world, run), node_id: String(run) };
      case 'GET /repos/{owner}/{repo}':
        return { default_branch: 'main' };
      case 'GET /repos/{owner}/{repo}/contents/{path}':
        if (parameters.path !== flowPath) return journal.request(route, parameters);
        return { content: Buffer.from(flowFile(world.quorum)).toString('base64') };
      default:
        return journal.request(route, parameters);
    }
  };
  return {
    ...journal,
    request: async <T>(route: string, parameters: Readonly<Record<string, unknown>> = {}) =>
      (await answer(route, parameters)) as T,
    graphql: async <T>(query: string, variables: Readonly<Record<string, unknown>>) =>
      query.includes('deploymentReviews')
        ? ({ node: { deploymentReviews: { nodes: nodesOf(Number(variables.id)) } } } as T)
        : journal.graphql<T>(query, variables),
  };
}

function protection({ reviewers }: World) {
  if (reviewers.length === 0) return [];
  return [{ type: 'required_reviewers', reviewers: reviewers.map(login => ({ type: 'User', reviewer: { login } })) }];
}

function startOf({ starts }: World, run: number) {
  const { event = 'push', login = '' } = starts.get(run) ?? {};
  return { event, actor: { login } };
}

/** Somebody answers GitHub’s question about a run. */
export function click(
  world: World,
  of: { run: number; attempt: number },
  login: string,
  says: 'approved' | 'rejected',
) {
  world.clicks.set(of.run, [...(world.clicks.get(of.run) ?? []), { login, state: says, comment: '' }]);
  note(world, { what: 'clicked', ...of, login, says });
}
