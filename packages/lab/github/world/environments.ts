/** https://docs.github.com/actions/reference/workflows-and-actions/deployments-and-environments */
import type { EnvironmentSpec } from '../ports.ts';
import type { Lab } from './lab.ts';
import { matchesPattern } from './patterns.ts';
import { isProtected } from './protection.ts';
import type { EnvironmentState, RepositoryState } from './state.ts';

const mostReviewers = 6;
const longestTimer = 43_200;

export function setEnvironment(lab: Lab, repository: RepositoryState, spec: EnvironmentSpec): EnvironmentState {
  if ((spec.reviewers ?? []).length > mostReviewers)
    throw new Error(`environment ${spec.name}: more than ${mostReviewers} reviewers`);
  if ((spec.waitTimer ?? 0) > longestTimer)
    throw new Error(`environment ${spec.name}: the wait timer is at most ${longestTimer} minutes`);
  for (const reviewer of spec.reviewers ?? []) lab.accounts.members(reviewer);
  const now = lab.clock.now();
  const known = findEnvironment(repository, spec.name);
  const policies = patternsOf(spec).map(policy => ({ id: lab.nextId('policy'), ...policy }));
  if (known) {
    Object.assign(known, { spec, policies, updatedAt: now });
    return known;
  }
  const made = { id: lab.nextId('environment'), createdAt: now, updatedAt: now, spec, policies };
  repository.environments.set(spec.name.toLowerCase(), made);
  return made;
}

/** Names of environments do not differ by case. */
export function findEnvironment(repository: RepositoryState, name: string): EnvironmentState | undefined {
  return repository.environments.get(name.toLowerCase());
}

/** A job that names an environment makes it: without any protection, also when the name was mistyped. */
export function ensureEnvironment(lab: Lab, repository: RepositoryState, name: string): EnvironmentState {
  return findEnvironment(repository, name) ?? setEnvironment(lab, repository, { name });
}

/** GitHub's words when the run's ref may not enter; undefined when it may. */
export function refusedRef(repository: RepositoryState, { spec }: EnvironmentState, ref: string): string | undefined {
  const { refs } = spec;
  if (refs === undefined) return undefined;
  const tag = ref.startsWith('refs/tags/');
  const name = ref.replace(/^refs\/(heads|tags)\//, '');
  const patterns = refs === 'protected' ? [] : ((tag ? refs.tags : refs.branches) ?? []);
  const branchOrTag = /^refs\/(heads|tags)\//.test(ref);
  const allowed =
    refs === 'protected'
      ? !tag && branchOrTag && isProtected(repository, name)
      : branchOrTag && patterns.some(pattern => matchesPattern(pattern, name));
  if (allowed) return undefined;
  return `${tag ? 'Tag' : 'Branch'} "${name}" is not allowed to deploy to ${spec.name} due to environment protection rules.`;
}

/** Logins of everybody who may approve. */
export function reviewersOf(lab: Lab, { spec }: EnvironmentState): readonly string[] {
  return [...new Set((spec.reviewers ?? []).flatMap(reviewer => lab.accounts.members(reviewer)))];
}

function patternsOf({ refs }: EnvironmentSpec): readonly { readonly name: string; readonly type: 'branch' | 'tag' }[] {
  if (refs === undefined || refs === 'protected') return [];
  const branches = (refs.branches ?? []).map(name => ({ name, type: 'branch' as const }));
  return [...branches, ...(refs.tags ?? []).map(name => ({ name, type: 'tag' as const }))];
}
