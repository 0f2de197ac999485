import type { EnvironmentSettings, RefRule, SubjectSettings } from '#core/doctor/facts';
import { type GitHub, orFinding } from './client.ts';
import { readEnvironment, reviewersIn } from './reviewers.ts';

/** The settings of an environment; null where there is none. Needs `actions: read`. */
export function environmentSettings(github: GitHub, name: string): Promise<EnvironmentSettings | null> {
  return orFinding('actions: read', async () => {
    const environment = await readEnvironment(github, name);
    if (environment === undefined) return null;
    const { protection_rules: rules = [], deployment_branch_policy: policy = null } = environment;
    return {
      reviewers: reviewersIn(environment),
      preventsSelfReview: rules.some(rule => rule.prevent_self_review === true),
      waitTimer: Math.max(0, ...rules.map(rule => rule.wait_timer ?? 0)),
      refs: policy === null ? 'any' : policy.protected_branches ? 'protected' : await refRules(github, name),
    };
  });
}

async function refRules(github: GitHub, name: string): Promise<readonly RefRule[]> {
  const policies = await github.paginate<{ readonly name?: string; readonly type?: 'branch' | 'tag' }>(
    'GET /repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies',
    { environment_name: name },
    'branch_policies',
  );
  return policies.map(({ name: pattern = '', type = 'branch' }) => ({ kind: type, pattern }));
}

/** How the subject of OIDC tokens is written. Needs `actions: read`. */
export function subjectSettings(github: GitHub): Promise<SubjectSettings> {
  return orFinding('actions: read', async () => {
    const answer = await github.request<{
      readonly use_default: boolean;
      readonly include_claim_keys?: readonly string[];
      readonly sub_claim_prefix?: string;
    }>('GET /repos/{owner}/{repo}/actions/oidc/customization/sub');
    const { use_default: usual, include_claim_keys: claims = [], sub_claim_prefix: prefix } = answer;
    return { custom: !usual, claims, ...(prefix === undefined ? {} : { prefix }) };
  });
}
