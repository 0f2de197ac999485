import type { Job, Run } from '../ports.ts';
import { jobPage } from '../world/approvals.ts';
import type { Lab } from '../world/lab.ts';
import type { Account, RepositoryState, WorkflowState } from '../world/state.ts';
import { showSimpleCommit } from './commits.ts';
import { showUser } from './people.ts';
import { apiOf, pageOf, showRepository } from './repository.ts';
import { nodeId, optionalTime, time } from './schemas.ts';

export function showRun(lab: Lab, repository: RepositoryState, run: Run) {
  const api = apiOf(lab, repository);
  const url = `${api}/actions/runs/${run.id}`;
  const commit = repository.git.commit(run.sha);
  return {
    id: run.id,
    name: run.workflowName,
    node_id: nodeId('WFR', repository.id, run.id),
    check_suite_id: run.checkSuiteId,
    check_suite_node_id: nodeId('CS', repository.id, run.checkSuiteId),
    head_branch: run.ref.replace(/^refs\/(heads|tags)\//, ''),
    head_sha: run.sha,
    path: run.path,
    run_number: run.number,
    run_attempt: run.attempt,
    referenced_workflows: run.referencedWorkflows.map(({ path, sha, ref }) => ({
      path,
      sha,
      ...(ref === undefined ? {} : { ref }),
    })),
    event: run.event,
    status: run.status,
    conclusion: run.conclusion ?? null,
    workflow_id: run.workflowId,
    url,
    html_url: `${pageOf(lab, repository)}/actions/runs/${run.id}`,
    pull_requests: [],
    created_at: time(run.createdAt),
    updated_at: time(run.updatedAt),
    actor: showUser(lab, account(lab, run.actor)),
    triggering_actor: showUser(lab, account(lab, run.triggeringActor)),
    run_started_at: time(run.startedAt),
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${api}/check-suites/${run.checkSuiteId}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: run.attempt > 1 ? `${url}/attempts/${run.attempt - 1}` : null,
    workflow_url: `${api}/actions/workflows/${run.workflowId}`,
    display_title: run.title,
    head_commit: commit ? showSimpleCommit(commit) : null,
    repository: showRepository(lab, repository),
    head_repository: showRepository(lab, repository),
  };
}

export function showJob(lab: Lab, repository: RepositoryState, run: Run, job: Job) {
  const api = apiOf(lab, repository);
  return {
    id: job.id,
    run_id: run.id,
    workflow_name: run.workflowName,
    head_branch: run.ref.replace(/^refs\/(heads|tags)\//, ''),
    run_url: `${api}/actions/runs/${run.id}`,
    run_attempt: job.attempt,
    node_id: nodeId('CR', repository.id, job.id),
    head_sha: run.sha,
    url: `${api}/actions/jobs/${job.id}`,
    html_url: jobPage(lab, repository, run.id, job.id),
    status: job.status,
    conclusion: job.conclusion ?? null,
    created_at: time(job.createdAt),
    started_at: time(job.startedAt ?? job.createdAt),
    completed_at: optionalTime(job.completedAt),
    name: job.name,
    steps: job.steps.map(step => ({
      name: step.name,
      status: step.status,
      conclusion: step.conclusion ?? null,
      number: step.number,
      started_at: optionalTime(step.startedAt),
      completed_at: optionalTime(step.completedAt),
    })),
    check_run_url: `${api}/check-runs/${job.id}`,
    labels: job.labels,
    runner_id: job.startedAt === undefined ? null : 1,
    runner_name: job.runnerName ?? null,
    runner_group_id: job.startedAt === undefined ? null : 2,
    runner_group_name: job.startedAt === undefined ? null : 'GitHub Actions',
  };
}

export function showWorkflow(lab: Lab, repository: RepositoryState, workflow: WorkflowState) {
  const page = pageOf(lab, repository);
  return {
    id: workflow.id,
    node_id: nodeId('W', repository.id, workflow.id),
    name: workflow.name,
    path: workflow.path,
    state: 'active',
    created_at: time(workflow.createdAt),
    updated_at: time(workflow.createdAt),
    url: `${apiOf(lab, repository)}/actions/workflows/${workflow.id}`,
    html_url: `${page}/blob/${repository.defaultBranch}/${workflow.path}`,
    badge_url: `${page}/workflows/${encodeURIComponent(workflow.name)}/badge.svg`,
  };
}

/** Whoever left since is shown as GitHub shows them. */
function account(lab: Lab, login: string): Account {
  return lab.accounts.find(login) ?? { login: 'ghost', id: 10137, type: 'User', name: 'Deleted user', email: '' };
}
