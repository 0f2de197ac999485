import { type GitHub, GitHubCallError, ifPermitted } from './client.ts';

interface Answer {
  readonly protection_rules?: readonly {
    readonly type: string;
    readonly reviewers?: readonly {
      readonly type?: string;
      readonly reviewer?: { readonly login?: string; readonly slug?: string };
    }[];
  }[];
}

/**
 * Whom GitHub asks before a job enters the environment: logins, and teams as `@slug`. Nobody when the environment does not exist,
 * because GitHub makes it on the spot, unprotected. undefined where the job may not read it. Needs `actions: read`.
 */
export function reviewersOf(github: GitHub, environment: string): Promise<readonly string[] | undefined> {
  return ifPermitted('actions: read', async () => {
    const rules = (await read(github, environment))?.protection_rules ?? [];
    return rules
      .filter(rule => rule.type === 'required_reviewers')
      .flatMap(rule => rule.reviewers ?? [])
      .map(({ type, reviewer }) => (type === 'Team' ? `@${reviewer?.slug ?? ''}` : (reviewer?.login ?? '')));
  });
}

async function read(github: GitHub, environment: string): Promise<Answer | undefined> {
  try {
    return await github.request<Answer>('GET /repos/{owner}/{repo}/environments/{environment_name}', {
      environment_name: environment,
    });
  } catch (error) {
    if (error instanceof GitHubCallError && error.status === 404) return undefined;
    throw error;
  }
}
