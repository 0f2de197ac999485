import type { Lab } from '../world/lab.ts';
import type { DeploymentState, DeploymentStatus, RepositoryState } from '../world/state.ts';
import { showUser } from './people.ts';
import { apiOf } from './repository.ts';
import { nodeId, time } from './schemas.ts';

export function showDeployment(lab: Lab, repository: RepositoryState, deployment: DeploymentState) {
  const url = `${apiOf(lab, repository)}/deployments/${deployment.id}`;
  const latest = deployment.statuses.at(-1);
  return {
    url,
    id: deployment.id,
    node_id: nodeId('DE', repository.id, deployment.id),
    sha: deployment.sha,
    ref: deployment.ref,
    task: deployment.task,
    payload: deployment.payload,
    original_environment: deployment.originalEnvironment,
    environment: latest?.environment ?? deployment.environment,
    description: deployment.description,
    creator: showUser(lab, deployment.creator),
    created_at: time(deployment.createdAt),
    updated_at: time(latest?.createdAt ?? deployment.createdAt),
    statuses_url: `${url}/statuses`,
    repository_url: apiOf(lab, repository),
    transient_environment: deployment.transient,
    production_environment: deployment.production,
    performed_via_github_app: null,
  };
}

export function showDeploymentStatus(
  lab: Lab,
  repository: RepositoryState,
  deployment: DeploymentState,
  status: DeploymentStatus,
) {
  const url = `${apiOf(lab, repository)}/deployments/${deployment.id}`;
  return {
    url: `${url}/statuses/${status.id}`,
    id: status.id,
    node_id: nodeId('DES', repository.id, status.id),
    state: status.state,
    creator: showUser(lab, status.creator),
    description: status.description,
    environment: status.environment,
    // Empty text is what GitHub answers for an address that was not given.
    target_url: status.logUrl,
    log_url: status.logUrl,
    environment_url: status.environmentUrl,
    created_at: time(status.createdAt),
    updated_at: time(status.createdAt),
    deployment_url: url,
    repository_url: apiOf(lab, repository),
    performed_via_github_app: null,
  };
}
