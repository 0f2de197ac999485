import type { Job, Run } from '../ports.ts';
import { jobPage } from '../world/approvals.ts';
import type { Lab } from '../world/lab.ts';
import type { CheckRunState, CommitStatus, RepositoryState } from '../world/state.ts';
import { showUser } from './people.ts';
import { apiOf } from './repository.ts';
import { nodeId, optionalTime, time } from './schemas.ts';

export function showJobAsCheck(lab: Lab, repository: RepositoryState, run: Run, job: Job) {
  const page = jobPage(lab, repository, run.id, job.id);
  return {
    ...checkHead(lab, repository, job.id, run.sha, job.name),
    external_id: String(job.id),
    html_url: page,
    details_url: page,
    status: job.status,
    conclusion: job.conclusion ?? null,
    started_at: optionalTime(job.startedAt),
    completed_at: optionalTime(job.completedAt),
    output: output(lab, repository, job.id, { title: null, summary: null, text: null }, job.annotations.length),
    check_suite: { id: run.checkSuiteId },
  };
}

export function showCheck(lab: Lab, repository: RepositoryState, check: CheckRunState) {
  return {
    ...checkHead(lab, repository, check.id, check.sha, check.name),
    external_id: check.externalId,
    html_url: `${lab.serverUrl}/${repository.fullName}/runs/${check.id}`,
    details_url: check.detailsUrl,
    status: check.status,
    conclusion: check.conclusion,
    started_at: time(check.startedAt),
    completed_at: optionalTime(check.completedAt),
    output: output(lab, repository, check.id, check.output, 0),
    check_suite: { id: check.id },
  };
}

function checkHead(lab: Lab, repository: RepositoryState, id: number, sha: string, name: string) {
  return {
    id,
    node_id: nodeId('CR', repository.id, id),
    name,
    head_sha: sha,
    url: `${apiOf(lab, repository)}/check-runs/${id}`,
    app: null,
    pull_requests: [],
  };
}

function output(
  lab: Lab,
  repository: RepositoryState,
  id: number,
  texts: CheckRunState['output'],
  annotations: number,
) {
  const url = `${apiOf(lab, repository)}/check-runs/${id}/annotations`;
  return { ...texts, annotations_count: annotations, annotations_url: url };
}

export function showStatus(lab: Lab, repository: RepositoryState, status: CommitStatus) {
  return { ...showSimpleStatus(lab, repository, status), creator: showUser(lab, status.creator) };
}

/** Inside the combined status (`simple-commit-status`): without the creator. */
export function showSimpleStatus(lab: Lab, repository: RepositoryState, status: CommitStatus) {
  return {
    url: `${apiOf(lab, repository)}/statuses/${status.sha}`,
    avatar_url: `https://avatars.githubusercontent.com/u/${status.creator.id}?v=4`,
    id: status.id,
    node_id: nodeId('SC', repository.id, status.id),
    state: status.state,
    description: status.description,
    target_url: status.targetUrl,
    context: status.context,
    created_at: time(status.createdAt),
    updated_at: time(status.createdAt),
  };
}
