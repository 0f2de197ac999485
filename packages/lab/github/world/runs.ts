/** Runs, attempts and jobs: the workflow runner writes them, REST shows them. */
import type { Job, JobChange, NewJob, NewRun, Run, RunChange } from '../ports.ts';
import type { IdKind, Lab } from './lab.ts';
import { notFound, Refusal } from './refusal.ts';
import type { Attempt, By, RepositoryState, RunState, WorkflowState } from './state.ts';

const mostAttempts = 51;
const rerunDays = 30 * 24 * 3_600_000;

export function createRun(lab: Lab, repository: RepositoryState, spec: NewRun): Run {
  const now = lab.clock.now();
  const workflow = ensureWorkflow(lab, repository, spec.path, spec.workflowName);
  workflow.name = spec.workflowName;
  const earlier = repository.runs.filter(({ run }) => run.workflowId === workflow.id);
  if (!repository.git.objects.read(spec.sha))
    throw new Error(`a run at ${spec.sha}, which is not in ${repository.fullName}`);
  const run: Run = {
    id: spec.id ?? lab.nextId('run'),
    repository: repository.fullName,
    number: earlier.length + 1,
    attempt: 1,
    workflowId: workflow.id,
    path: spec.path,
    workflowName: spec.workflowName,
    title: spec.title,
    event: spec.event,
    ref: spec.ref,
    sha: spec.sha,
    actor: spec.actor,
    triggeringActor: spec.triggeringActor ?? spec.actor,
    status: 'queued',
    conclusion: undefined,
    referencedWorkflows: spec.referencedWorkflows ?? [],
    pullRequests: spec.pullRequests ?? [],
    checkSuiteId: lab.nextId('suite'),
    createdAt: now,
    startedAt: now,
    updatedAt: now,
  };
  repository.runs.push({ run, attempts: [{ run, jobs: [] }] });
  return run;
}

export function updateRun(lab: Lab, repository: RepositoryState, runId: number, change: RunChange): Run {
  const state = findRun(repository, runId);
  if (change.conclusion !== undefined && (change.status ?? state.run.status) !== 'completed') {
    throw new Error(`run ${runId} cannot have a conclusion before it is completed`);
  }
  const conclusion =
    change.status !== undefined && change.status !== 'completed'
      ? undefined
      : (change.conclusion ?? state.run.conclusion);
  return keep(state, { ...state.run, ...change, conclusion, updatedAt: lab.clock.now() });
}

export function startAttempt(lab: Lab, repository: RepositoryState, runId: number, triggeringActor: string): Run {
  const state = findRun(repository, runId);
  const now = lab.clock.now();
  const attempt = state.run.attempt + 1;
  const run: Run = {
    ...state.run,
    attempt,
    triggeringActor,
    status: 'queued',
    conclusion: undefined,
    startedAt: now,
    updatedAt: now,
  };
  state.attempts.push({ run, jobs: [] });
  return keep(state, run);
}

export function createJob(lab: Lab, repository: RepositoryState, runId: number, spec: NewJob): Job {
  const state = findRun(repository, runId);
  const kept = spec.keptFrom === undefined ? undefined : findJob(repository, spec.keptFrom);
  const job: Job = {
    id: lab.nextId('job'),
    runId,
    attempt: state.run.attempt,
    name: spec.name,
    status: kept?.status ?? 'queued',
    conclusion: kept?.conclusion,
    labels: spec.labels ?? ['ubuntu-latest'],
    runnerName: spec.runnerName ?? kept?.runnerName,
    environment: spec.environment,
    environmentUrl: kept?.environmentUrl,
    steps: kept?.steps ?? [],
    annotations: kept?.annotations ?? [],
    createdAt: kept?.createdAt ?? lab.clock.now(),
    startedAt: kept?.startedAt,
    completedAt: kept?.completedAt,
  };
  latest(state).jobs.push(job);
  return job;
}

export function updateJob(lab: Lab, repository: RepositoryState, jobId: number, change: JobChange): Job {
  for (const { attempts } of repository.runs) {
    for (const { jobs } of attempts) {
      const index = jobs.findIndex(job => job.id === jobId);
      const job = jobs[index];
      if (!job) continue;
      const now = lab.clock.now();
      const started = change.status === 'in_progress' || change.status === 'completed';
      const changed: Job = {
        ...job,
        ...change,
        startedAt: job.startedAt ?? (started ? now : undefined),
        completedAt: change.status === 'completed' ? now : job.completedAt,
      };
      jobs[index] = changed;
      return changed;
    }
  }
  throw notFound();
}

export function findRun(repository: RepositoryState, runId: number): RunState {
  const state = repository.runs.find(each => each.run.id === runId);
  if (!state) throw notFound();
  return state;
}

export function findJob(repository: RepositoryState, jobId: number): Job {
  const jobs = repository.runs.flatMap(({ attempts }) => attempts.flatMap(attempt => attempt.jobs));
  const job = jobs.find(each => each.id === jobId);
  if (!job) throw notFound();
  return job;
}

export function attemptOf(state: RunState, attempt: number | undefined): Attempt {
  const found = attempt === undefined ? state.attempts.at(-1) : state.attempts[attempt - 1];
  if (!found) throw notFound();
  return found;
}

export function ensureWorkflow(lab: Lab, repository: RepositoryState, path: string, name: string): WorkflowState {
  const known = repository.workflows.get(path);
  if (known) return known;
  const kind: IdKind = 'workflow';
  const workflow = { id: lab.nextId(kind), path, name, createdAt: lab.clock.now() };
  repository.workflows.set(path, workflow);
  return workflow;
}

/** https://docs.github.com/actions/how-tos/manage-workflow-runs/re-run-workflows-and-jobs: 30 days, 50 re-runs. */
export function askForRerun(
  lab: Lab,
  repository: RepositoryState,
  runId: number,
  by: By,
  only: { readonly only: 'all' | 'failed' } | { readonly only: 'job'; readonly jobId: number },
): void {
  const { run } = findRun(repository, runId);
  if (run.status !== 'completed') throw new Refusal(403, 'This workflow is already running');
  if (lab.clock.now() > run.createdAt + rerunDays)
    throw new Refusal(403, 'Unable to re-run this workflow run because it was created over a month ago');
  if (run.attempt >= mostAttempts)
    throw new Refusal(403, 'Unable to re-run this workflow run because it has been re-run too many times');
  lab.request({ kind: 'rerun', repository: repository.fullName, runId, by: by.account.login, ...only });
}

export function askForCancel(lab: Lab, repository: RepositoryState, runId: number, by: By, force: boolean): void {
  const { run } = findRun(repository, runId);
  if (run.status === 'completed') throw new Refusal(409, 'Cannot cancel a workflow run that is completed.');
  lab.request({ kind: 'cancel', repository: repository.fullName, runId, by: by.account.login, force });
}

function keep(state: RunState, run: Run): Run {
  state.run = run;
  latest(state).run = run;
  return run;
}

function latest(state: RunState): Attempt {
  return attemptOf(state, undefined);
}
