import type { BranchRule } from '#core/doctor/facts';
import { FindingError } from '#core/finding';
import { type GitHub, GitHubCallError, orFinding } from './client.ts';

interface Rule {
  readonly type: string;
  readonly ruleset_id?: number;
  readonly parameters?: {
    readonly required_approving_review_count?: number;
    readonly required_status_checks?: readonly { readonly context: string }[];
  };
}

/** The active rules of all rulesets that hold for a branch, whether it exists or not. Any token may read them. */
export function branchRules(github: GitHub, branch: string): Promise<readonly BranchRule[]> {
  return orFinding('contents: read', async () => {
    const rules = await github.paginate<Rule>('GET /repos/{owner}/{repo}/rules/branches/{branch}', { branch });
    return rules.map(({ type, parameters, ruleset_id: ruleset }) => {
      const { required_approving_review_count: reviews, required_status_checks: checks } = parameters ?? {};
      return {
        type,
        ...(ruleset === undefined ? {} : { ruleset }),
        ...(reviews === undefined ? {} : { reviews }),
        ...(checks === undefined ? {} : { checks: checks.map(({ context }) => context) }),
      };
    });
  });
}

interface Switch {
  readonly enabled?: boolean;
}

interface Protection {
  readonly allow_deletions?: Switch;
  readonly allow_force_pushes?: Switch;
  readonly enforce_admins?: Switch;
  readonly block_creations?: Switch;
  readonly lock_branch?: Switch;
  readonly required_pull_request_reviews?: { readonly required_approving_review_count?: number };
  readonly required_status_checks?: {
    readonly contexts?: readonly string[];
    readonly checks?: readonly { readonly context: string }[];
  };
  readonly restrictions?: { readonly apps?: readonly { readonly slug?: string }[] };
}

/**
 * The classic protection of a branch, in the words of rulesets. Whether it is protected at all, any token may read; how, only that of an
 * administrator, and never a job’s. Throws a `FindingError` where it may not.
 */
export function branchProtection(github: GitHub, branch: string): Promise<readonly BranchRule[]> {
  return orFinding('contents: read', async () => {
    if (!(await isProtected(github, branch))) return [];
    try {
      const path = 'GET /repos/{owner}/{repo}/branches/{branch}/protection';
      return rulesOf(await github.request<Protection>(path, { branch }));
    } catch (error) {
      if (!(error instanceof GitHubCallError) || (error.status !== 403 && error.status !== 404)) throw error;
      // It is protected by rulesets alone.
      if (/branch not protected/i.test(error.message)) return [];
      throw hidden(error, branch);
    }
  });
}

async function isProtected(github: GitHub, branch: string): Promise<boolean> {
  try {
    const path = 'GET /repos/{owner}/{repo}/branches/{branch}';
    return (await github.request<{ readonly protected: boolean }>(path, { branch })).protected;
  } catch (error) {
    if (error instanceof GitHubCallError && error.status === 404 && /branch not found/i.test(error.message))
      return false;
    throw error;
  }
}

/** GitHub answers 404 or 403 to whoever does not administrate the repository. */
function hidden({ route, status, message }: GitHubCallError, branch: string): FindingError {
  return new FindingError([
    {
      reason: 'github-permission-missing',
      message: `The classic protection of ${branch} may not be read: ${message}`,
      evidence: { status, route },
      where: { kind: 'call', call: route },
      next: 'Run this with the token of somebody who administrates the repository, which no job’s token does; or use rulesets, which anybody may read.',
    },
  ]);
}

function rulesOf(protection: Protection): readonly BranchRule[] {
  const { required_pull_request_reviews: pulls, required_status_checks: checks } = protection;
  const off = (way: Switch | undefined) => way?.enabled !== true;
  const spared = off(protection.enforce_admins) ? { sparesAdministrators: true } : {};
  return [
    ...(off(protection.allow_deletions) ? [{ type: 'deletion', ...spared }] : []),
    ...(off(protection.allow_force_pushes) ? [{ type: 'non_fast_forward', ...spared }] : []),
    ...(keepsJobsOut(protection) ? [{ type: 'update' }] : []),
    ...(off(protection.block_creations) ? [] : [{ type: 'creation' }]),
    ...(pulls === undefined ? [] : [{ type: 'pull_request', reviews: pulls.required_approving_review_count ?? 0 }]),
    ...(checks === undefined ? [] : [{ type: 'required_status_checks', checks: namesOf(checks) }]),
  ];
}

/** Who may push is on a list, people and apps; a job’s token is that of the app `github-actions`. */
function keepsJobsOut({ restrictions, lock_branch: lock }: Protection): boolean {
  if (lock?.enabled === true) return true;
  return restrictions !== undefined && !(restrictions.apps ?? []).some(({ slug }) => slug === 'github-actions');
}

function namesOf({ contexts = [], checks = [] }: NonNullable<Protection['required_status_checks']>): readonly string[] {
  return [...new Set([...contexts, ...checks.map(({ context }) => context)])];
}
