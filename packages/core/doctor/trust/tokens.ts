import type { Caller } from '../facts.ts';
import type { Claims } from './condition.ts';

/** Whose token is meant: that of the release job behind an environment. */
export interface Subject {
  /** `owner/name` */
  readonly repository: string;
  /** What the subject begins with: `repo:owner/name`, or with the ids of both. */
  readonly prefix: string;
  readonly environment: string;
}

/** The token of the job that the suite’s workflow runs in an environment. */
export function tokenOf({ repository, prefix, environment }: Subject, jobWorkflowRef: string): Claims {
  return {
    aud: 'sts.amazonaws.com',
    sub: `${prefix}:environment:${environment}`,
    environment,
    repository,
    job_workflow_ref: jobWorkflowRef,
  };
}

/** Callers name a tag or a branch in the same way, a commit by its sha. Source: GitHub’s OIDC reference, `job_workflow_ref`. */
export function refsOf({ ref }: Caller): readonly string[] {
  return /^[0-9a-f]{40}$/.test(ref) ? [ref] : [`refs/tags/${ref}`, `refs/heads/${ref}`];
}

export function workflowAt({ suite, workflow }: Caller, ref: string): string {
  return `${suite}/.github/workflows/${workflow}@${ref}`;
}

/** Somebody else’s token, which differs from that of the release in one thing. */
export interface Stranger {
  /** `any job of the repository outside of the environment` */
  readonly who: string;
  readonly claims: Claims;
}

/** Nobody has these names. */
const branch = 'refs/heads/x-any-branch';
const other = 'x-any-name';

/** Those whom a role must not let in, told by what the release’s token has and theirs does not. */
export function strangersTo(subject: Subject, release: Claims, caller: Caller): readonly Stranger[] {
  const { repository, prefix, environment } = subject;
  const [owner = ''] = repository.split('/');
  const own = (who: string, change: Claims) => ({ who, claims: { ...release, ...change } });
  const elsewhere = (name: string, start: string) => ({ repository: name, sub: `${start}:environment:${environment}` });
  return [
    ...[`ref:${branch}`, 'ref:refs/tags/v1.2.3', 'pull_request'].map(context =>
      own('jobs without an environment', { sub: `${prefix}:${context}`, environment: undefined }),
    ),
    own('jobs of other environments', { sub: `${prefix}:environment:${other}`, environment: other }),
    own('other repositories of the owner', elsewhere(`${owner}/${other}`, `repo:${owner}/${other}`)),
    // Ids come with the names of owner and repository alike.
    ...(prefix.includes('@')
      ? [own('other repositories of the owner', elsewhere(`${owner}/${other}`, `${prefix.split('/')[0]}/${other}@1`))]
      : []),
    own('repositories of anybody', elsewhere(`${other}/${other}`, `repo:${other}/${other}`)),
    own('tokens for any audience', { aud: 'x-any-audience' }),
    own(`any other workflow of ${repository}, past every gate`, {
      job_workflow_ref: `${repository}/.github/workflows/${other}.yml@${branch}`,
    }),
    own(`the workflows of ${caller.suite} on any branch of it`, { job_workflow_ref: workflowAt(caller, branch) }),
  ];
}
