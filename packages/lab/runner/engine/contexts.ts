import type { Value } from '../language/expressions.ts';
import type { RunnerGitHub } from '../ports.ts';
import type { LoadedWorkflow } from './load.ts';
import type { RunState } from './run-state.ts';

/** `github` as expressions outside of jobs see it; jobs add `token` and `job`. */
export function githubContext(run: RunState): { readonly [key: string]: Value } {
  const { record, repository, ports } = run;
  const refName = record.ref.replace(/^refs\/(?:heads|tags|pull)\//, '');
  const pull = pullRequest(record.payload);
  return {
    ref: record.ref,
    sha: record.sha,
    ref_name: refName,
    ref_type: record.ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    // The lab's GitHub does not say which branches are protected: policy must not rest on this one.
    ref_protected: false,
    repository: record.repository,
    repository_owner: repository.owner,
    repository_id: String(repository.id),
    repository_owner_id: String(repository.ownerId),
    repositoryUrl: `git://github.com/${record.repository}.git`,
    run_id: String(record.id),
    run_number: String(record.number),
    run_attempt: String(record.attempt),
    retention_days: '90',
    actor: record.actor,
    actor_id: String(ports.github.person(record.actor).id),
    triggering_actor: record.triggeringActor,
    workflow: record.workflow.name,
    workflow_ref: `${record.repository}/${record.workflow.path}@${record.ref}`,
    workflow_sha: record.workflow.sha,
    head_ref: pull.head,
    base_ref: pull.base,
    event_name: record.event,
    event: record.payload as { readonly [key: string]: Value },
    server_url: ports.addresses.server,
    api_url: ports.addresses.api,
    graphql_url: ports.addresses.graphql,
    secret_source: 'Actions',
  };
}

/** The contexts that a workflow's own expressions start from: of the run, or of one call. */
export function workflowContexts(run: RunState, inputs: Readonly<Record<string, Value>>, environment?: string) {
  return { github: githubContext(run), inputs, vars: run.repository.variables(environment) };
}

/**
 * `owner/repo/.github/workflows/file.yml@refs/tags/v1` of the file that defines a job, as tokens name it: in full, whatever `uses` says; of
 * a commit, its sha. https://docs.github.com/actions/reference/security/oidc
 */
export function definingRef(github: RunnerGitHub, { source: { repository, path, ref } }: LoadedWorkflow): string {
  const known = github.repository(repository);
  // A tag goes before a branch of its name.
  const full = [`refs/tags/${ref}`, `refs/heads/${ref}`].find(each => known.resolve(each) !== undefined);
  return `${repository}/${path}@${full ?? ref}`;
}

function pullRequest(payload: Readonly<Record<string, unknown>>): { readonly head: string; readonly base: string } {
  const ref = (side: 'head' | 'base') => {
    const request = payload.pull_request;
    if (typeof request !== 'object' || request === null || !(side in request)) return '';
    const part: unknown = Object.entries(request).find(([key]) => key === side)?.[1];
    return typeof part === 'object' && part !== null && 'ref' in part ? String(part.ref) : '';
  };
  return { head: ref('head'), base: ref('base') };
}
