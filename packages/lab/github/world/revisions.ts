/** Names of commits, as GitHub understands them. */
import { Refusal } from './refusal.ts';
import type { RepositoryState } from './state.ts';

/** The full ref that a short or full name means: branches come before tags. */
export function refNamed(repository: RepositoryState, name: string): string | undefined {
  const { refs } = repository.git;
  if (name.startsWith('refs/') && refs.has(name)) return name;
  return [`refs/heads/${name}`, `refs/tags/${name}`, `refs/${name}`].find(ref => refs.has(ref));
}

/** Sha of the commit that a branch, tag, full ref, HEAD or (short) sha names. */
export function resolveCommit(repository: RepositoryState, revision: string): string | undefined {
  const { git } = repository;
  if (revision === 'HEAD') return git.refs.get(`refs/heads/${repository.defaultBranch}`);
  const ref = refNamed(repository, revision);
  const sha = ref === undefined ? git.objects.expand(revision) : git.refs.get(ref);
  return sha === undefined ? undefined : git.peel(sha);
}

/** As `resolveCommit`, refused as GitHub refuses it where there is none. */
export function commitNamed(repository: RepositoryState, name: string): string {
  const sha = resolveCommit(repository, name);
  if (sha === undefined || !repository.git.commit(sha)) throw new Refusal(422, `No commit found for SHA: ${name}`);
  return sha;
}

export function shortName(ref: string): string {
  return ref.replace(/^refs\/(heads|tags)\//, '');
}
