/** Everything that a commit's page shows with a tick or a cross: statuses, check runs, and the jobs of runs. */
import type { Job, Run } from '../ports.ts';
import type { CommitStatus, RepositoryState } from './state.ts';

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
