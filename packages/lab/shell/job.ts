import type { Permissions } from '../github/ports.ts';
import type { OpenWorld } from './open-world.ts';

/** What the reusable workflows give to the job behind the click. */
const permissions: Permissions = { actions: 'read', contents: 'write', deployments: 'write', 'id-token': 'write' };

export interface OutsideJob {
  readonly runId: number;
  /** What a runner gives to the job's steps: `GITHUB_…`, and how to ask for an OIDC token. */
  readonly variables: Readonly<Record<string, string>>;
  /** The job's own token. */
  readonly token: string;
}

/**
 * A job of the release workflow that somebody else runs: a shell, or another runner. The lab's GitHub knows its run and its
 * token, and its OIDC tokens say what those of the real job would.
 */
export function outsideJob({ lab, world, repository }: OpenWorld, environment: string): OutsideJob {
  const [actor = 'suite-author'] = world.people;
  const path = '.github/workflows/release.yml';
  const ref = `refs/heads/${repository.defaultBranch}`;
  const sha = repository.resolve(ref);
  if (sha === undefined) throw new Error(`${repository.fullName} has no ${ref}`);
  const title = 'A run outside of the lab';
  const run = repository.createRun({ path, workflowName: 'release', title, event: 'push', ref, sha, actor });
  repository.updateRun(run.id, { status: 'in_progress' });
  const job = repository.createJob(run.id, { name: 'release / release', environment });
  const access = lab.oidcAccess({
    repository: repository.fullName,
    runId: run.id,
    runNumber: run.number,
    attempt: run.attempt,
    jobId: job.id,
    jobName: job.name,
    environment,
    ref,
    sha,
    actor,
    event: 'push',
    workflowRef: `${repository.fullName}/${path}@${ref}`,
    workflowSha: sha,
    jobWorkflowRef: `org/release-actions/${path}@refs/tags/v1`,
    jobWorkflowSha: lab.github.world.repository('org/release-actions').resolve('v1') ?? '',
  });
  return {
    runId: run.id,
    token: lab.github.world.issueToken({ repository: repository.fullName, runId: run.id, jobId: job.id, permissions }),
    variables: {
      GITHUB_REPOSITORY: repository.fullName,
      GITHUB_RUN_ID: String(run.id),
      GITHUB_RUN_NUMBER: String(run.number),
      GITHUB_RUN_ATTEMPT: String(run.attempt),
      GITHUB_ACTOR: actor,
      GITHUB_TRIGGERING_ACTOR: actor,
      GITHUB_EVENT_NAME: 'push',
      GITHUB_REF: ref,
      GITHUB_SHA: sha,
      ACTIONS_ID_TOKEN_REQUEST_URL: access.url,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: access.token,
    },
  };
}
