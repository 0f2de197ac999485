import { type GitHub, GitHubCallError, ifPermitted } from './client.ts';

/** An environment of the repository’s settings, as GitHub shows it. */
export interface EnvironmentAnswer {
  readonly protection_rules?: readonly ProtectionRule[];
  readonly deployment_branch_policy?: { readonly protected_branches: boolean } | null;
}

interface ProtectionRule {
  readonly type: string;
  readonly wait_timer?: number;
  readonly prevent_self_review?: boolean;
  readonly reviewers?: readonly {
    readonly type?: string;
    readonly reviewer?: { readonly login?: string; readonly slug?: string };
  }[];
}

/**
 * Whom GitHub asks before a job enters the environment: logins, and teams as `@slug`. Nobody when the environment does not exist,
 * because GitHub makes it on the spot, unprotected. undefined where the job may not read it. Needs `actions: read`.
 */
export function reviewersOf(github: GitHub, environment: string): Promise<readonly string[] | undefined> {
  return ifPermitted('actions: read', async () => reviewersIn((await readEnvironment(github, environment)) ?? {}));
}

/** Logins, and teams as `@slug`. */
export function reviewersIn({ protection_rules: rules = [] }: EnvironmentAnswer): readonly string[] {
  return rules
    .filter(rule => rule.type === 'required_reviewers')
    .flatMap(rule => rule.reviewers ?? [])
    .map(({ type, reviewer }) => (type === 'Team' ? `@${reviewer?.slug ?? ''}` : (reviewer?.login ?? '')));
}

/** undefined where there is none of that name. */
export async function readEnvironment(github: GitHub, environment: string): Promise<EnvironmentAnswer | undefined> {
  try {
    return await github.request<EnvironmentAnswer>('GET /repos/{owner}/{repo}/environments/{environment_name}', {
      environment_name: environment,
    });
  } catch (error) {
    if (error instanceof GitHubCallError && error.status === 404) return undefined;
    throw error;
  }
}
