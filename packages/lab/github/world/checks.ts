/** Everything that a commit's page shows with a tick or a cross: statuses, check runs, and the jobs of runs. */
import type { CheckSpec, Job, Run, StatusSpec } from '../ports.ts';
import type { Lab } from './lab.ts';
import { invalid } from './refusal.ts';
import type { Account, CheckRunState, CommitStatus, RepositoryState } from './state.ts';

export interface Context {
  readonly context: string;
  readonly state: string;
}

/** The last status of each context. */
export function statusesOf(repository: RepositoryState, sha: string): readonly CommitStatus[] {
  const latest = new Map<string, CommitStatus>();
  for (const status of repository.statuses) if (status.sha === sha) latest.set(status.context, status);
  return [...latest.values()];
}

/** Jobs are check runs: of the latest attempt of every run at the commit, those of the asking run included. */
export function jobsAt(repository: RepositoryState, sha: string): readonly { readonly run: Run; readonly job: Job }[] {
  const runs = repository.runs.filter(({ run }) => run.sha === sha);
  return runs.flatMap(({ run, attempts }) => (attempts.at(-1)?.jobs ?? []).map(job => ({ run, job })));
}

/** What `required_contexts` looks at: by default every context, the job that creates the deployment among them. */
export function contextsOf(repository: RepositoryState, sha: string): readonly Context[] {
  const conclude = (status: string, conclusion: string | null | undefined) =>
    status === 'completed' ? (conclusion ?? 'success') : 'pending';
  return [
    ...statusesOf(repository, sha).map(({ context, state }) => ({ context, state })),
    ...jobsAt(repository, sha).map(({ job }) => ({ context: job.name, state: conclude(job.status, job.conclusion) })),
    ...repository.checkRuns
      .filter(check => check.sha === sha)
      .map(check => ({ context: check.name, state: conclude(check.status, check.conclusion) })),
  ];
}

/** A check run over the API, by an app. */
export function addCheckRun(
  lab: Lab,
  repository: RepositoryState,
  {
    sha,
    name,
    conclusion = null,
    status,
    ...more
  }: Omit<CheckSpec, 'at'> & { readonly sha: string } & Partial<
      Pick<CheckRunState, 'externalId' | 'detailsUrl' | 'output'>
    >,
): CheckRunState {
  const now = lab.clock.now();
  const check: CheckRunState = {
    id: lab.nextId('job'),
    sha,
    name,
    externalId: '',
    status: conclusion === null ? (status ?? 'queued') : 'completed',
    conclusion,
    detailsUrl: null,
    startedAt: now,
    completedAt: conclusion === null ? null : now,
    output: { title: null, summary: null, text: null },
    ...more,
  };
  repository.checkRuns.push(check);
  return check;
}

/** https://docs.github.com/rest/commits/statuses: 1,000 for one sha and context. */
const mostStatuses = 1_000;

export function addStatus(
  lab: Lab,
  repository: RepositoryState,
  creator: Account,
  {
    sha,
    state,
    context = 'default',
    description = null,
    targetUrl = null,
  }: Omit<StatusSpec, 'at'> & {
    readonly sha: string;
    readonly description?: string | null;
    readonly targetUrl?: string | null;
  },
): CommitStatus {
  if ((description ?? '').length > 140)
    throw invalid('Status', 'description', 'custom', 'description is too long (maximum is 140 characters)');
  const before = repository.statuses.filter(each => each.sha === sha && each.context === context);
  if (before.length >= mostStatuses)
    throw invalid('Status', 'base', 'custom', 'This SHA and context has reached the maximum number of statuses.');
  const id = lab.nextId('status');
  const status = { id, sha, state, context, description, targetUrl, creator, createdAt: lab.clock.now() };
  repository.statuses.push(status);
  return status;
}
