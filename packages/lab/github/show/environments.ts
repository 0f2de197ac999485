import type { Lab } from '../world/lab.ts';
import type { EnvironmentState, RepositoryState } from '../world/state.ts';
import { showUser } from './people.ts';
import { apiOf, pageOf } from './repository.ts';
import { nodeId, time } from './schemas.ts';

export function showEnvironment(lab: Lab, repository: RepositoryState, environment: EnvironmentState) {
  const { spec } = environment;
  const rule = (type: string, offset: number) => ({
    id: environment.id * 10 + offset,
    node_id: nodeId('GA', environment.id, offset),
    type,
  });
  const reviewers = showReviewers(lab, spec.reviewers ?? []);
  return {
    ...environmentHead(lab, repository, environment),
    created_at: time(environment.createdAt),
    updated_at: time(environment.updatedAt),
    can_admins_bypass: spec.canAdminsBypass ?? true,
    protection_rules: [
      ...(spec.waitTimer ? [{ ...rule('wait_timer', 1), wait_timer: spec.waitTimer }] : []),
      ...(reviewers.length > 0
        ? [{ ...rule('required_reviewers', 2), prevent_self_review: spec.preventSelfReview ?? false, reviewers }]
        : []),
      ...(spec.refs === undefined ? [] : [rule('branch_policy', 3)]),
    ],
    deployment_branch_policy:
      spec.refs === undefined
        ? null
        : { protected_branches: spec.refs === 'protected', custom_branch_policies: spec.refs !== 'protected' },
  };
}

export function environmentHead(lab: Lab, repository: RepositoryState, { id, spec }: EnvironmentState) {
  return {
    id,
    node_id: nodeId('EN', repository.id, id),
    name: spec.name,
    url: `${apiOf(lab, repository)}/environments/${encodeURIComponent(spec.name)}`,
    html_url: `${pageOf(lab, repository)}/deployments/activity_log?environments_filter=${encodeURIComponent(spec.name)}`,
  };
}

export function showReviewers(lab: Lab, names: readonly string[]) {
  return names.map(name =>
    name.startsWith('@')
      ? { type: 'Team', reviewer: showTeam(lab, name) }
      : { type: 'User', reviewer: showUser(lab, lab.accounts.get(name)) },
  );
}

function showTeam(lab: Lab, name: string) {
  const team = lab.accounts.team(name);
  if (!team) throw new Error(`the lab has no team ${name}`);
  const url = `${lab.apiUrl()}/organizations/1/team/${team.id}`;
  return {
    id: team.id,
    node_id: nodeId('T', team.id),
    name: team.slug,
    slug: team.slug,
    description: null,
    privacy: 'closed',
    notification_setting: 'notifications_enabled',
    permission: 'pull',
    url,
    html_url: `${lab.serverUrl}/orgs/${team.org}/teams/${team.slug}`,
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
    type: 'organization' as const,
    organization_id: 1,
    parent: null,
  };
}
