/** https://docs.github.com/rest/deployments/deployments and …/statuses: with the defaults that bite. */
import { type Answer, accepted, created, noContent, ok, paged } from '../http/answers.ts';
import { get, post, remove } from '../http/route.ts';
import { showDeployment, showDeploymentStatus } from '../show/deployments.ts';
import { contextsOf } from '../world/checks.ts';
import { addDeployment, addDeploymentStatus } from '../world/deployments.ts';
import { ensureEnvironment } from '../world/environments.ts';
import type { Lab } from '../world/lab.ts';
import { mergeCommit } from '../world/merges.ts';
import { push } from '../world/pushes.ts';
import { notFound, Refusal } from '../world/refusal.ts';
import { refNamed, resolveCommit } from '../world/revisions.ts';
import type { By, DeploymentState, RepositoryState } from '../world/state.ts';

export const deploymentRoutes = [
  post('/repos/{owner}/{repo}/deployments', [['deployments', 'write']], ({ lab, repository, by, body }) => {
    const sha = resolveCommit(repository, body.ref);
    if (sha === undefined) throw new Refusal(422, `No ref found for: ${body.ref}`);
    const merged = body.auto_merge === false ? undefined : autoMerge(lab, repository, by, body.ref, sha);
    if (merged) return merged;
    assertChecked(repository, body.ref, sha, body.required_contexts);
    const environment = body.environment ?? 'production';
    ensureEnvironment(lab, repository, environment);
    const deployment = addDeployment(lab, repository, {
      sha,
      ref: body.ref,
      environment,
      creator: by.account,
      task: body.task ?? 'deploy',
      payload: body.payload ?? {},
      description: body.description ?? null,
      transient: body.transient_environment ?? false,
      production: body.production_environment ?? environment === 'production',
    });
    const shown = showDeployment(lab, repository, deployment);
    return created(shown, shown.url);
  }),
  get('/repos/{owner}/{repo}/deployments', [['deployments', 'read']], ({ lab, repository, query }) => {
    const is = (value: string, wanted: string | undefined) =>
      wanted === undefined || wanted === 'none' || value === wanted;
    const found = repository.deployments.filter(
      each =>
        is(each.sha, query.sha) &&
        is(each.ref, query.ref) &&
        is(each.task, query.task) &&
        is(each.environment, query.environment ?? undefined),
    );
    return paged(found.toReversed(), query, each => showDeployment(lab, repository, each));
  }),
  get('/repos/{owner}/{repo}/deployments/{deployment_id}', [['deployments', 'read']], ({ lab, repository, path }) =>
    ok(showDeployment(lab, repository, find(repository, path.deployment_id))),
  ),
  remove('/repos/{owner}/{repo}/deployments/{deployment_id}', [['deployments', 'write']], ({ repository, path }) => {
    const deployment = find(repository, path.deployment_id);
    const active = deployment.statuses.at(-1)?.state === 'success';
    if (active && repository.deployments.length > 1)
      throw new Refusal(
        422,
        'We cannot delete an active deployment unless it is the only deployment in a given environment.',
      );
    repository.deployments.splice(repository.deployments.indexOf(deployment), 1);
    return noContent;
  }),
  post(
    '/repos/{owner}/{repo}/deployments/{deployment_id}/statuses',
    [['deployments', 'write']],
    ({ lab, repository, by, path, body }) => {
      const deployment = find(repository, path.deployment_id);
      const status = addDeploymentStatus(lab, repository, deployment, {
        state: body.state,
        creator: by.account,
        description: body.description ?? '',
        logUrl: body.log_url || body.target_url || '',
        environmentUrl: body.environment_url ?? '',
        autoInactive: body.auto_inactive ?? true,
        ...(body.environment === undefined ? {} : { environment: body.environment }),
      });
      const shown = showDeploymentStatus(lab, repository, deployment, status);
      return created(shown, shown.url);
    },
  ),
  get(
    '/repos/{owner}/{repo}/deployments/{deployment_id}/statuses',
    [['deployments', 'read']],
    ({ lab, repository, path, query }) => {
      const deployment = find(repository, path.deployment_id);
      return paged(deployment.statuses.toReversed(), query, status =>
        showDeploymentStatus(lab, repository, deployment, status),
      );
    },
  ),
];

function find(repository: RepositoryState, id: number): DeploymentState {
  const deployment = repository.deployments.find(each => each.id === id);
  if (!deployment) throw notFound();
  return deployment;
}

/**
 * The default: when the default branch has commits that `ref` lacks, they are merged into it **instead of** deploying.
 * Into a tag or a sha nothing can be merged: that is a conflict.
 */
function autoMerge(lab: Lab, repository: RepositoryState, by: By, name: string, sha: string): Answer | undefined {
  const base = repository.git.refs.get(`refs/heads/${repository.defaultBranch}`);
  if (base === undefined || repository.git.isAncestor(base, sha)) return undefined;
  const ref = refNamed(repository, name);
  const conflict = () => new Refusal(409, `Conflict merging ${repository.defaultBranch} into ${name}.`);
  if (!ref?.startsWith('refs/heads/')) throw conflict();
  const message = `Merge branch '${repository.defaultBranch}' into ${name}`;
  const merge = mergeCommit(lab, repository, by, { into: sha, from: base, message });
  if (merge === undefined) throw conflict();
  push(lab, repository, [{ ref, sha: merge }], by);
  return accepted({ message: `Auto-merged ${repository.defaultBranch} into ${name} on deployment.` });
}

/** The other default: every context must have succeeded, and the job that asks has not. */
function assertChecked(
  repository: RepositoryState,
  ref: string,
  sha: string,
  required: readonly string[] | undefined,
): void {
  const present = contextsOf(repository, sha);
  const contexts =
    required === undefined
      ? present
      : required.map(context => present.find(each => each.context === context) ?? { context, state: 'pending' });
  if (contexts.every(({ state }) => state === 'success')) return;
  throw new Refusal(409, `Conflict: Commit status checks failed for ${ref}.`, {
    errors: [{ contexts, resource: 'Deployment', field: 'required_contexts', code: 'invalid' }],
  });
}
