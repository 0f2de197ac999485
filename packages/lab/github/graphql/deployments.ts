/** Deployments in batches, and the reviews of a run: what REST gives only one by one, or not at all. */

import { pageOf } from '../show/repository.ts';
import { nodeId, time } from '../show/schemas.ts';
import { findEnvironment } from '../world/environments.ts';
import type { DeploymentState, DeploymentStatus, RepositoryState, Review, RunState } from '../world/state.ts';
import { type ConnectionArguments, connection } from './connection.ts';
import type { Asked } from './context.ts';
import { actorNode, objectNode } from './objects.ts';

export function deploymentNode(asked: Asked, repository: RepositoryState, deployment: DeploymentState): object {
  const latest = deployment.statuses.at(-1);
  const { payload } = deployment;
  return {
    __typename: 'Deployment',
    id: nodeId('DE', repository.id, deployment.id),
    databaseId: deployment.id,
    commitOid: deployment.sha,
    commit: () => objectNode(asked, repository, deployment.sha),
    createdAt: time(deployment.createdAt),
    updatedAt: time(latest?.createdAt ?? deployment.createdAt),
    creator: () => actorNode(asked, deployment.creator),
    description: deployment.description,
    environment: latest?.environment ?? deployment.environment,
    latestEnvironment: latest?.environment ?? deployment.environment,
    originalEnvironment: deployment.originalEnvironment,
    payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
    task: deployment.task,
    repository: () => asked.repositoryNode(repository),
    state: latest ? (latest.state === 'success' ? 'ACTIVE' : latest.state.toUpperCase()) : 'PENDING',
    latestStatus: () => (latest ? statusNode(asked, repository, deployment, latest) : null),
    statuses: (given: ConnectionArguments) =>
      connection('statuses', deployment.statuses.toReversed(), given, status =>
        statusNode(asked, repository, deployment, status),
      ),
  };
}

function statusNode(asked: Asked, repository: RepositoryState, deployment: DeploymentState, status: DeploymentStatus) {
  return {
    __typename: 'DeploymentStatus',
    id: nodeId('DES', repository.id, status.id),
    createdAt: time(status.createdAt),
    updatedAt: time(status.createdAt),
    creator: () => actorNode(asked, status.creator),
    deployment: () => deploymentNode(asked, repository, deployment),
    description: status.description,
    environment: status.environment,
    environmentUrl: status.environmentUrl === '' ? null : status.environmentUrl,
    logUrl: status.logUrl === '' ? null : status.logUrl,
    state: status.state.toUpperCase(),
  };
}

export function runNode(asked: Asked, repository: RepositoryState, { run }: RunState) {
  const url = `${pageOf(asked.lab, repository)}/actions/runs/${run.id}`;
  const reviews = repository.reviews.filter(review => review.runId === run.id);
  return {
    __typename: 'WorkflowRun',
    id: nodeId('WFR', repository.id, run.id),
    createdAt: time(run.createdAt),
    updatedAt: time(run.updatedAt),
    event: run.event,
    runNumber: run.number,
    url,
    resourcePath: new URL(url).pathname,
    deploymentReviews: (given: ConnectionArguments) =>
      connection('deploymentReviews', reviews, given, review => reviewNode(asked, repository, review)),
  };
}

function reviewNode(asked: Asked, repository: RepositoryState, review: Review) {
  return {
    __typename: 'DeploymentReview',
    id: nodeId('DR', repository.id, review.id),
    databaseId: review.id,
    comment: review.comment,
    state: review.state.toUpperCase(),
    user: () => actorNode(asked, review.user),
    environments: (given: ConnectionArguments) =>
      connection('environments', review.environments, given, name => environmentNode(repository, name)),
  };
}

export function environmentNode(repository: RepositoryState, name: string) {
  return {
    __typename: 'Environment',
    id: nodeId('EN', repository.id, findEnvironment(repository, name)?.id ?? 0),
    name,
  };
}
