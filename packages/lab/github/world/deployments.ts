/** https://docs.github.com/rest/deployments/deployments and …/deployments/statuses */
import type { Lab } from './lab.ts';
import { invalid } from './refusal.ts';
import type { Account, DeploymentState, DeploymentStatus, DeploymentStatusState, RepositoryState } from './state.ts';

/** Not documented; GitHub does stop somewhere, and a caller that writes a status for each poll must find out. */
const mostStatuses = 100;

export interface NewDeployment {
  readonly sha: string;
  readonly ref: string;
  readonly environment: string;
  readonly creator: Account;
  readonly task?: string;
  readonly payload?: DeploymentState['payload'];
  readonly description?: string | null;
  readonly transient?: boolean;
  /** By default only an environment that is called exactly `production` is one. */
  readonly production?: boolean;
  readonly jobId?: number;
}

export function addDeployment(lab: Lab, repository: RepositoryState, spec: NewDeployment): DeploymentState {
  const deployment: DeploymentState = {
    id: lab.nextId('deployment'),
    sha: spec.sha,
    ref: spec.ref,
    task: spec.task ?? 'deploy',
    payload: spec.payload ?? {},
    environment: spec.environment,
    originalEnvironment: spec.environment,
    description: spec.description ?? null,
    creator: spec.creator,
    createdAt: lab.clock.now(),
    transient: spec.transient ?? false,
    production: spec.production ?? spec.environment === 'production',
    jobId: spec.jobId,
    statuses: [],
  };
  repository.deployments.push(deployment);
  return deployment;
}

export interface NewStatus {
  readonly state: DeploymentStatusState;
  readonly creator: Account;
  readonly description?: string;
  readonly environment?: string;
  readonly environmentUrl?: string;
  readonly logUrl?: string;
  /** True by default. */
  readonly autoInactive?: boolean;
}

export function addDeploymentStatus(
  lab: Lab,
  repository: RepositoryState,
  deployment: DeploymentState,
  spec: NewStatus,
): DeploymentStatus {
  if ((spec.description ?? '').length > 140) {
    throw invalid('DeploymentStatus', 'description', 'custom', 'description is too long (maximum is 140 characters)');
  }
  if (deployment.statuses.length >= mostStatuses) {
    throw invalid(
      'DeploymentStatus',
      'deployment',
      'custom',
      'This deployment has reached the maximum number of statuses.',
    );
  }
  const status = {
    id: lab.nextId('deploymentStatus'),
    state: spec.state,
    description: spec.description ?? '',
    environment: spec.environment ?? deployment.environment,
    environmentUrl: spec.environmentUrl ?? '',
    logUrl: spec.logUrl ?? '',
    creator: spec.creator,
    createdAt: lab.clock.now(),
  };
  deployment.statuses.push(status);
  if (spec.state === 'success' && spec.autoInactive !== false) inactivateOlder(lab, repository, deployment, status);
  return status;
}

/** Older successes of the same environment, except production and transient ones. */
function inactivateOlder(
  lab: Lab,
  repository: RepositoryState,
  newest: DeploymentState,
  status: DeploymentStatus,
): void {
  for (const older of repository.deployments) {
    if (older.id >= newest.id || older.environment !== status.environment) continue;
    if (older.transient || older.production || older.statuses.at(-1)?.state !== 'success') continue;
    const { creator, createdAt } = status;
    const id = lab.nextId('deploymentStatus');
    const rest = {
      description: '',
      environment: older.environment,
      environmentUrl: '',
      logUrl: '',
      creator,
      createdAt,
    };
    older.statuses.push({ id, state: 'inactive', ...rest });
  }
}
