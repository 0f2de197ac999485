/** https://docs.github.com/rest/deployments/environments and …/branch-policies */
import { ok, paged } from '../http/answers.ts';
import { get, put, type Route } from '../http/route.ts';
import { showEnvironment } from '../show/environments.ts';
import { nodeId } from '../show/schemas.ts';
import { findEnvironment } from '../world/environments.ts';
import { NotModelled, notFound } from '../world/refusal.ts';
import type { EnvironmentState, RepositoryState } from '../world/state.ts';

export const environmentRoutes: readonly Route[] = [
  get('/repos/{owner}/{repo}/environments', [['actions', 'read']], ({ lab, repository, query }) =>
    paged(
      [...repository.environments.values()],
      query,
      each => showEnvironment(lab, repository, each),
      (environments, total) => ({
        total_count: total,
        environments,
      }),
    ),
  ),
  get('/repos/{owner}/{repo}/environments/{environment_name}', [['actions', 'read']], ({ lab, repository, path }) =>
    ok(showEnvironment(lab, repository, find(repository, path.environment_name))),
  ),
  // No GITHUB_TOKEN may; people set environments up through the world.
  put('/repos/{owner}/{repo}/environments/{environment_name}', [['administration', 'write']], () => {
    throw new NotModelled('PUT of an environment by a person: use setEnvironment of the world');
  }),
  get(
    '/repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies',
    [['actions', 'read']],
    ({ repository, path, query }) => {
      const { policies } = find(repository, path.environment_name);
      const show = ({ id, name, type }: (typeof policies)[number]) => ({ id, node_id: nodeId('DBP', id), name, type });
      return paged(policies, query, show, (shown, total) => ({ total_count: total, branch_policies: shown }));
    },
  ),
  // Custom rules (GitHub Apps) are not modelled: there are none.
  get(
    '/repos/{owner}/{repo}/environments/{environment_name}/deployment_protection_rules',
    [['actions', 'read']],
    ({ repository, path }) => {
      find(repository, path.environment_name);
      return ok({ total_count: 0, custom_deployment_protection_rules: [] });
    },
  ),
];

function find(repository: RepositoryState, name: string): EnvironmentState {
  const environment = findEnvironment(repository, name);
  if (!environment) throw notFound();
  return environment;
}
