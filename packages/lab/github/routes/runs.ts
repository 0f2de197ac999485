/** https://docs.github.com/rest/actions/workflow-runs, …/workflow-jobs, …/workflows */
import { created, noContent, ok, type Paging, paged } from '../http/answers.ts';
import { get, post, type Route } from '../http/route.ts';
import type { Run } from '../ports.ts';
import { showDeployment } from '../show/deployments.ts';
import { environmentHead, showReviewers } from '../show/environments.ts';
import { showUser } from '../show/people.ts';
import { apiOf, pageOf } from '../show/repository.ts';
import { showJob, showRun, showWorkflow } from '../show/runs.ts';
import { optionalTime, time } from '../show/schemas.ts';
import { review } from '../world/approvals.ts';
import { dispatchWorkflow, findWorkflow } from '../world/dispatch.ts';
import { findEnvironment } from '../world/environments.ts';
import type { Lab } from '../world/lab.ts';
import { NotModelled, notAccessible, notFound } from '../world/refusal.ts';
import { askForCancel, askForRerun, attemptOf, findJob, findRun } from '../world/runs.ts';
import type { EnvironmentState, RepositoryState } from '../world/state.ts';
import { workflowFiles } from '../world/workflow-files.ts';

const read = [['actions', 'read']] as const;
const write = [['actions', 'write']] as const;

export const runRoutes: readonly Route[] = [
  get('/repos/{owner}/{repo}/actions/runs', read, ({ lab, repository, query }) => listRuns(lab, repository, query)),
  get('/repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs', read, ({ lab, repository, path, query }) => {
    const { id } = findWorkflow(lab, repository, path.workflow_id);
    return listRuns(lab, repository, { ...query, workflow: id });
  }),
  get('/repos/{owner}/{repo}/actions/runs/{run_id}', read, ({ lab, repository, path }) =>
    ok(showRun(lab, repository, findRun(repository, path.run_id).run)),
  ),
  get('/repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}', read, ({ lab, repository, path }) =>
    ok(showRun(lab, repository, attemptOf(findRun(repository, path.run_id), path.attempt_number).run)),
  ),
  get('/repos/{owner}/{repo}/actions/runs/{run_id}/jobs', read, ({ lab, repository, path, query }) => {
    const state = findRun(repository, path.run_id);
    const attempts = query.filter === 'all' ? state.attempts : state.attempts.slice(-1);
    const jobs = attempts.flatMap(attempt => attempt.jobs);
    return paged(
      jobs,
      query,
      job => showJob(lab, repository, state.run, job),
      (shown, total) => ({ total_count: total, jobs: shown }),
    );
  }),
  get(
    '/repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}/jobs',
    read,
    ({ lab, repository, path, query }) => {
      const { run, jobs } = attemptOf(findRun(repository, path.run_id), path.attempt_number);
      return paged(
        jobs,
        query,
        job => showJob(lab, repository, run, job),
        (shown, total) => ({ total_count: total, jobs: shown }),
      );
    },
  ),
  get('/repos/{owner}/{repo}/actions/jobs/{job_id}', read, ({ lab, repository, path }) => {
    const job = findJob(repository, path.job_id);
    return ok(showJob(lab, repository, findRun(repository, job.runId).run, job));
  }),
  // No time, no attempt, no id: whoever needs an order asks GraphQL for the reviews' database ids.
  get('/repos/{owner}/{repo}/actions/runs/{run_id}/approvals', read, ({ lab, repository, path }) => {
    findRun(repository, path.run_id);
    const reviews = repository.reviews.filter(each => each.runId === path.run_id);
    return ok(
      reviews.map(({ environments, state, user, comment }) => ({
        environments: environments.flatMap(name => {
          const found = findEnvironment(repository, name);
          return found
            ? [
                {
                  ...environmentHead(lab, repository, found),
                  created_at: time(found.createdAt),
                  updated_at: time(found.updatedAt),
                },
              ]
            : [];
        }),
        state,
        user: showUser(lab, user),
        comment,
      })),
    );
  }),
  get('/repos/{owner}/{repo}/actions/runs/{run_id}/pending_deployments', read, ({ lab, repository, caller, path }) => {
    const { run } = findRun(repository, path.run_id);
    const waits = repository.waits.filter(wait => wait.runId === run.id);
    const names = [...new Set(waits.map(wait => wait.environment))];
    return ok(
      names.flatMap(name => {
        const environment = findEnvironment(repository, name);
        const wait = waits.find(each => each.environment === name);
        if (!environment || !wait) return [];
        const { login } = caller.account;
        const own = environment.spec.preventSelfReview === true && run.triggeringActor === login;
        return {
          environment: environmentHead(lab, repository, environment),
          wait_timer: environment.spec.waitTimer ?? 0,
          wait_timer_started_at: optionalTime(wait.timerEnds === undefined ? null : wait.since),
          current_user_can_approve: wait.reviewers.includes(login) && !own,
          reviewers: showReviewers(lab, environment.spec.reviewers ?? []),
        };
      }),
    );
  }),
  // Reviewers only: a bot is none.
  post(
    '/repos/{owner}/{repo}/actions/runs/{run_id}/pending_deployments',
    [['deployments', 'write']],
    ({ lab, repository, caller, by, path, body }) => {
      if (caller.kind === 'job') throw notAccessible();
      const all = [...repository.environments.values()];
      const environments = body.environment_ids.map(id => named(all, id).spec.name);
      const waits = review(lab, repository, by, path.run_id, {
        state: body.state,
        environments,
        comment: body.comment,
      });
      const deployments = repository.deployments.filter(each => waits.some(wait => wait.deploymentId === each.id));
      return ok(deployments.map(each => showDeployment(lab, repository, each)));
    },
  ),
  post('/repos/{owner}/{repo}/actions/runs/{run_id}/cancel', write, ({ lab, repository, by, path }) => {
    askForCancel(lab, repository, path.run_id, by, false);
    return { status: 202, body: {} };
  }),
  post('/repos/{owner}/{repo}/actions/runs/{run_id}/force-cancel', write, ({ lab, repository, by, path }) => {
    askForCancel(lab, repository, path.run_id, by, true);
    return { status: 202, body: {} };
  }),
  post('/repos/{owner}/{repo}/actions/runs/{run_id}/rerun', write, ({ lab, repository, by, path }) => {
    askForRerun(lab, repository, path.run_id, by, { only: 'all' });
    return created({});
  }),
  post('/repos/{owner}/{repo}/actions/runs/{run_id}/rerun-failed-jobs', write, ({ lab, repository, by, path }) => {
    askForRerun(lab, repository, path.run_id, by, { only: 'failed' });
    return created({});
  }),
  post('/repos/{owner}/{repo}/actions/jobs/{job_id}/rerun', write, ({ lab, repository, by, path }) => {
    const job = findJob(repository, path.job_id);
    askForRerun(lab, repository, job.runId, by, { only: 'job', jobId: job.id });
    return created({});
  }),
  get('/repos/{owner}/{repo}/actions/workflows', read, ({ lab, repository, query }) => {
    const head = repository.git.refs.get(`refs/heads/${repository.defaultBranch}`);
    const found =
      head === undefined
        ? []
        : [...workflowFiles(repository, head).keys()].map(path => findWorkflow(lab, repository, path));
    return paged(
      found,
      query,
      each => showWorkflow(lab, repository, each),
      (workflows, total) => ({ total_count: total, workflows }),
    );
  }),
  get('/repos/{owner}/{repo}/actions/workflows/{workflow_id}', read, ({ lab, repository, path }) =>
    ok(showWorkflow(lab, repository, findWorkflow(lab, repository, path.workflow_id))),
  ),
  post(
    '/repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches',
    write,
    ({ lab, repository, by, path, body }) => {
      const runId = dispatchWorkflow(
        lab,
        repository,
        { workflow: path.workflow_id, ref: body.ref, inputs: body.inputs ?? {} },
        by,
      );
      if (body.return_run_details !== true) return noContent;
      return ok({
        workflow_run_id: runId,
        run_url: `${apiOf(lab, repository)}/actions/runs/${runId}`,
        html_url: `${pageOf(lab, repository)}/actions/runs/${runId}`,
      });
    },
  ),
];

interface RunQuery extends Paging {
  readonly actor?: string | undefined;
  readonly branch?: string | undefined;
  readonly event?: string | undefined;
  readonly status?: string | undefined;
  readonly head_sha?: string | undefined;
  readonly created?: string | undefined;
  readonly check_suite_id?: number | undefined;
  readonly exclude_pull_requests?: boolean | undefined;
  readonly workflow?: number | undefined;
}

function listRuns(lab: Lab, repository: RepositoryState, query: RunQuery) {
  if (query.created !== undefined) throw new NotModelled('the `created` filter of runs');
  const is = <Value>(value: Value, wanted: Value | undefined) => wanted === undefined || value === wanted;
  const asked = (run: Run) =>
    is(run.actor, query.actor) &&
    is(run.ref.replace(/^refs\/(heads|tags)\//, ''), query.branch) &&
    is(run.event, query.event) &&
    is(run.sha, query.head_sha) &&
    is(run.checkSuiteId, query.check_suite_id) &&
    is(run.workflowId, query.workflow) &&
    (query.status === undefined || run.status === query.status || run.conclusion === query.status);
  const runs = repository.runs.map(({ run }) => run).filter(asked);
  return paged(
    runs.toReversed(),
    query,
    run => showRun(lab, repository, run),
    (shown, total) => ({ total_count: total, workflow_runs: shown }),
  );
}

function named(environments: readonly EnvironmentState[], id: number): EnvironmentState {
  const environment = environments.find(each => each.id === id);
  if (!environment) throw notFound();
  return environment;
}
