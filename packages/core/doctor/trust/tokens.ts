import type { Caller } from '../facts.ts';
import type { Claims } from './condition.ts';

/** Whose token is meant. */
export interface Subject {
  /** `owner/name` */
  readonly repository: string;
  /** What the subject begins with: `repo:owner/name`, or with the ids of both. */
  readonly prefix: string;
  /** What it ends with: `environment:prod`, `ref:refs/heads/main`. */
  readonly context: string;
}

export function subjectOf({ prefix, context }: Subject): string {
  return `${prefix}:${context}`;
}

/** The token of a job of the suite’s workflow. */
export function tokenOf(subject: Subject, jobWorkflowRef: string): Claims {
  const [kind, environment] = subject.context.split(/:(.*)/s);
  return {
    aud: 'sts.amazonaws.com',
    sub: subjectOf(subject),
    environment: kind === 'environment' ? environment : undefined,
    repository: subject.repository,
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

/** Those whom a role that changes things must not let in, told by what the release’s token has and theirs does not. */
export function strangersTo(subject: Subject, release: Claims, caller: Caller): readonly Stranger[] {
  const { prefix, repository } = subject;
  const own = (who: string, change: Claims) => ({ who, claims: { ...release, ...change } });
  return [
    ...[`ref:${branch}`, 'ref:refs/tags/v1.2.3', 'pull_request'].map(context =>
      own('jobs without an environment', { sub: `${prefix}:${context}`, environment: undefined }),
    ),
    own('jobs of other environments', { sub: `${prefix}:environment:${other}`, environment: other }),
    ...outsidersTo(subject, release, caller, `any other workflow of ${repository}, past every gate`),
  ];
}

/** Those whom not even a role that only reads lets in. */
export function outsidersTo(
  { repository, prefix, context }: Subject,
  release: Claims,
  caller: Caller,
  anyWorkflow = `any other workflow of ${repository}`,
): readonly Stranger[] {
  const [owner = ''] = repository.split('/');
  const own = (who: string, change: Claims) => ({ who, claims: { ...release, ...change } });
  const elsewhere = (name: string, start: string) => ({ repository: name, sub: `${start}:${context}` });
  return [
    own('other repositories of the owner', elsewhere(`${owner}/${other}`, `repo:${owner}/${other}`)),
    // Ids come with the names of owner and repository alike.
    ...(prefix.includes('@')
      ? [own('other repositories of the owner', elsewhere(`${owner}/${other}`, `${prefix.split('/')[0]}/${other}@1`))]
      : []),
    own('repositories of anybody', elsewhere(`${other}/${other}`, `repo:${other}/${other}`)),
    own('tokens for any audience', { aud: 'x-any-audience' }),
    own(anyWorkflow, { job_workflow_ref: `${repository}/.github/workflows/${other}.yml@${branch}` }),
    own(`the workflows of ${caller.suite} on any branch of it`, { job_workflow_ref: workflowAt(caller, branch) }),
  ];
}
