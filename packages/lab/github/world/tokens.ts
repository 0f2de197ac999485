/** Tokens and what they may do. https://docs.github.com/actions/tutorials/authenticate-with-github_token */
import type { JobGrant, PermissionName, Permissions, RepositoryPermission } from '../ports.ts';
import type { Accounts } from './lab.ts';
import { notAccessible, notFound, Refusal } from './refusal.ts';
import type { Account, RepositoryState } from './state.ts';

/** What a route asks for. Only people can have the last four: no GITHUB_TOKEN can be given them. */
export type NeedName = PermissionName | 'metadata' | 'administration' | 'members' | 'variables' | 'workflows';
export type Need = readonly [name: NeedName, access: 'read' | 'write'];

export type Caller =
  | {
      readonly kind: 'job';
      readonly account: Account;
      readonly repository: string;
      readonly runId: number;
      readonly permissions: Permissions;
    }
  | { readonly kind: 'person'; readonly account: Account };

export interface Tokens {
  issueJob(grant: JobGrant): string;
  issuePerson(login: string, expires?: number): string;
  revoke(token: string): void;
  /** Throws GitHub's 401 for what is not, or no longer, a token. */
  caller(token: string): Caller;
}

const day = 24 * 3_600_000;

export function createTokens(now: () => number, accounts: Accounts): Tokens {
  const tokens = new Map<string, { readonly caller: Caller; readonly expires: number }>();
  // Counted apart from those that are still good: no token may ever be given out twice.
  let issued = 0;
  const issue = (prefix: string, caller: Caller, expires: number): string => {
    issued += 1;
    const token = prefix + issued.toString(36).padStart(36, 'L');
    tokens.set(token, { caller, expires });
    return token;
  };
  return {
    issueJob: ({ repository, runId, permissions, expires }) =>
      issue('ghs_', { kind: 'job', account: accounts.bot, repository, runId, permissions }, expires ?? now() + day),
    issuePerson: (login, expires) =>
      issue('ghp_', { kind: 'person', account: accounts.get(login) }, expires ?? Number.POSITIVE_INFINITY),
    revoke: token => void tokens.delete(token),
    caller(token) {
      const known = tokens.get(token);
      if (!known || known.expires <= now()) throw new Refusal(401, 'Bad credentials');
      return known.caller;
    },
  };
}

export const rank: Readonly<Record<RepositoryPermission, number>> = {
  read: 1,
  triage: 2,
  write: 3,
  maintain: 4,
  admin: 5,
};

/** What a person may do in a repository; undefined: they cannot even see it. */
export function permissionOf(repository: RepositoryState, account: Account): RepositoryPermission | undefined {
  if (account.login === repository.owner.login) return 'admin';
  return repository.collaborators.get(account.login.toLowerCase()) ?? (repository.private ? undefined : 'read');
}

/** Throws unless the caller has one of the needs: 404 where it may not know, 403 where it may not act. */
export function authorize(caller: Caller, repository: RepositoryState, needs: readonly Need[]): void {
  if (caller.kind === 'job') {
    if (caller.repository !== repository.fullName && repository.private) throw notFound();
    const allowed = needs.some(([name, access]) => jobHas(caller, repository, name, access));
    if (!allowed) throw notAccessible();
    return;
  }
  const permission = permissionOf(repository, caller.account);
  if (permission === undefined) throw notFound();
  if (needs.some(need => rank[permission] >= personNeeds(need))) return;
  throw new Refusal(403, 'Must have admin rights to Repository.');
}

function jobHas(
  caller: Caller & { kind: 'job' },
  repository: RepositoryState,
  name: NeedName,
  access: 'read' | 'write',
): boolean {
  if (name === 'metadata') return access === 'read';
  if (name === 'administration' || name === 'members' || name === 'variables' || name === 'workflows') return false;
  if (caller.repository !== repository.fullName) return access === 'read';
  const granted = caller.permissions[name] ?? 'none';
  return granted === 'write' || (granted === 'read' && access === 'read');
}

function personNeeds([name, access]: Need): number {
  if (name === 'administration') return rank.admin;
  if (access === 'read') return name === 'variables' ? rank.write : rank.read;
  return name === 'issues' ? rank.read : rank.write;
}
