/** Jobs that wait in front of an environment, and the people who let them in. */
import type { EnvironmentDecision, EnvironmentRequest, EnvironmentWait } from '../ports.ts';
import { addDeployment, addDeploymentStatus } from './deployments.ts';
import { ensureEnvironment, findEnvironment, refusedRef, reviewersOf } from './environments.ts';
import type { Lab } from './lab.ts';
import { Refusal } from './refusal.ts';
import { findJob, findRun } from './runs.ts';
import type { By, RepositoryState, Wait } from './state.ts';

const thirtyDays = 30 * 24 * 3_600_000;

export function requestEnvironment(
  lab: Lab,
  repository: RepositoryState,
  request: EnvironmentRequest,
  decided: (decision: EnvironmentDecision) => void,
): EnvironmentWait {
  const { run } = findRun(repository, request.runId);
  const environment = ensureEnvironment(lab, repository, request.environment);
  const now = lab.clock.now();
  const refused = refusedRef(repository, environment, run.ref);
  if (refused !== undefined) {
    const withdraw = lab.clock.at(now, () => decided({ state: 'refused', message: refused }));
    return { reviewers: [], withdraw };
  }
  const reviewers = reviewersOf(lab, environment);
  const minutes = environment.spec.waitTimer ?? 0;
  const waits = reviewers.length > 0 || minutes > 0;
  const deploymentId =
    request.deployment === false ? undefined : deploymentOf(lab, repository, request, waits ? 'waiting' : 'queued');
  const cancellations: (() => void)[] = [];
  const wait: Wait = {
    runId: run.id,
    jobId: request.jobId,
    environment: environment.spec.name,
    reviewers,
    since: now,
    deploymentId,
    timerEnds: minutes > 0 ? now + minutes * 60_000 : undefined,
    approvedBy: undefined,
    decide(decision) {
      leave(repository, wait);
      for (const cancel of cancellations) cancel();
      cancellations.push(lab.clock.at(lab.clock.now(), () => decided(decision)));
    },
  };
  repository.waits.push(wait);
  cancellations.push(
    lab.clock.at(now + thirtyDays, () => {
      status(lab, repository, wait, 'failure');
      wait.decide({ state: 'expired', message: 'The deployment was not approved within 30 days.' });
    }),
  );
  if (wait.timerEnds !== undefined) cancellations.push(lab.clock.at(wait.timerEnds, () => enter(lab, wait)));
  enter(lab, wait);
  const withdraw = () => {
    leave(repository, wait);
    for (const cancel of cancellations) cancel();
  };
  return { reviewers, withdraw };
}

/** One click in the dialog: for several environments at once when they wait together. */
export function review(
  lab: Lab,
  repository: RepositoryState,
  by: By,
  runId: number,
  click: {
    readonly state: 'approved' | 'rejected';
    readonly environments: readonly string[];
    readonly comment: string;
  },
): readonly Wait[] {
  const { run } = findRun(repository, runId);
  const { login } = by.account;
  const waits = click.environments.flatMap(name => {
    const environment = findEnvironment(repository, name);
    const found = repository.waits.filter(
      wait => wait.runId === runId && wait.environment === environment?.spec.name && reviewable(wait),
    );
    if (found.length === 0) throw new Refusal(422, `There are no pending deployments to ${name} in this run`);
    if (!found.every(wait => wait.reviewers.includes(login)))
      throw new Refusal(403, 'You are not a required reviewer of this environment');
    if (environment?.spec.preventSelfReview && run.triggeringActor === login) {
      throw new Refusal(422, 'You cannot review a deployment that you started');
    }
    return found;
  });
  const environments = [...new Set(waits.map(wait => wait.environment))];
  const { state, comment } = click;
  repository.reviews.push({ id: lab.nextId('review'), runId, state, environments, user: by.account, comment });
  for (const wait of waits) {
    if (state === 'approved') {
      wait.approvedBy = { login, comment };
      enter(lab, wait);
    } else {
      status(lab, repository, wait, 'failure');
      wait.decide({ state: 'rejected', by: login, message: `The deployment was rejected by ${login}` });
    }
  }
  return waits;
}

export function reviewable(wait: Wait): boolean {
  return wait.reviewers.length > 0 && wait.approvedBy === undefined;
}

/** Both must be there: somebody's approval and the end of the timer. */
function enter(lab: Lab, wait: Wait): void {
  if (reviewable(wait) || (wait.timerEnds !== undefined && wait.timerEnds > lab.clock.now())) return;
  const { approvedBy, deploymentId } = wait;
  wait.decide({
    state: 'entered',
    ...(approvedBy ? { by: approvedBy.login, comment: approvedBy.comment } : {}),
    ...(deploymentId === undefined ? {} : { deploymentId }),
  });
}

function leave(repository: RepositoryState, wait: Wait): void {
  const index = repository.waits.indexOf(wait);
  if (index >= 0) repository.waits.splice(index, 1);
}

/** GitHub itself makes the deployment of a job with an environment, in the name of who started the run. */
function deploymentOf(
  lab: Lab,
  repository: RepositoryState,
  { runId, jobId, environment }: EnvironmentRequest,
  state: 'waiting' | 'queued',
): number {
  const { run } = findRun(repository, runId);
  const creator = lab.accounts.bot;
  const ref = run.ref.replace(/^refs\/(heads|tags)\//, '');
  const made = addDeployment(lab, repository, { sha: run.sha, ref, environment, creator, jobId, production: false });
  addDeploymentStatus(lab, repository, made, { state, creator, logUrl: jobPage(lab, repository, runId, jobId) });
  return made.id;
}

export function jobPage(lab: Lab, repository: RepositoryState, runId: number, jobId: number): string {
  return `${lab.serverUrl}/${repository.fullName}/actions/runs/${runId}/job/${jobId}`;
}

function status(lab: Lab, repository: RepositoryState, wait: Wait, state: 'failure'): void {
  const deployment = repository.deployments.find(each => each.id === wait.deploymentId);
  if (deployment) addDeploymentStatus(lab, repository, deployment, { state, creator: lab.accounts.bot });
}

/** The statuses that a job's own deployment takes as the job goes on. */
export function followJob(lab: Lab, repository: RepositoryState, jobId: number): void {
  const deployment = repository.deployments.find(each => each.jobId === jobId);
  const job = findJob(repository, jobId);
  if (!deployment) return;
  const state =
    job.status === 'in_progress'
      ? 'in_progress'
      : job.status === 'completed'
        ? job.conclusion === 'success'
          ? 'success'
          : job.conclusion === 'cancelled' || job.conclusion === 'skipped'
            ? 'error'
            : 'failure'
        : undefined;
  if (state === undefined || deployment.statuses.at(-1)?.state === state) return;
  const environmentUrl = job.environmentUrl === undefined ? {} : { environmentUrl: job.environmentUrl };
  const logUrl = jobPage(lab, repository, job.runId, jobId);
  addDeploymentStatus(lab, repository, deployment, { state, creator: lab.accounts.bot, logUrl, ...environmentUrl });
}
