import { randomUUID } from 'node:crypto';
import type { OidcJob } from '../runner/ports.ts';

export const issuer = 'https://token.actions.githubusercontent.com';

/** GitHub’s tokens live five minutes. */
const lifetime = 5 * 60;

/** Numbers that only GitHub itself knows. */
export interface IdsOf {
  repository(fullName: string): {
    readonly id: number;
    readonly ownerId: number;
    /** The name of the workflow that a run is of. */
    workflowOf(runId: number): string;
  };
  person(login: string): number;
}

/** https://docs.github.com/en/actions/reference/security/oidc#oidc-token-claims */
export function claimsOf(job: OidcJob, audience: string, now: number, ids: IdsOf) {
  const issued = Math.floor(now / 1000);
  const repository = ids.repository(job.repository);
  const [owner = ''] = job.repository.split('/');
  return {
    jti: randomUUID(),
    iss: issuer,
    aud: audience,
    sub: `repo:${job.repository}:${subjectOf(job)}`,
    ...(job.environment === undefined ? {} : { environment: job.environment }),
    ref: job.ref,
    ref_type: job.ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    sha: job.sha,
    repository: job.repository,
    repository_id: String(repository.id),
    repository_owner: owner,
    repository_owner_id: String(repository.ownerId),
    actor: job.actor,
    actor_id: String(ids.person(job.actor)),
    event_name: job.event,
    run_id: String(job.runId),
    run_number: String(job.runNumber),
    run_attempt: String(job.attempt),
    runner_environment: 'github-hosted',
    workflow: repository.workflowOf(job.runId),
    workflow_ref: job.workflowRef,
    workflow_sha: job.workflowSha,
    job_workflow_ref: job.jobWorkflowRef,
    job_workflow_sha: job.jobWorkflowSha,
    iat: issued,
    nbf: issued,
    exp: issued + lifetime,
  };
}

/** https://docs.github.com/en/actions/reference/security/oidc#example-subject-claims : the environment goes before all. */
function subjectOf({ environment, event, ref }: OidcJob): string {
  if (environment !== undefined) return `environment:${environment}`;
  return event === 'pull_request' ? 'pull_request' : `ref:${ref}`;
}
