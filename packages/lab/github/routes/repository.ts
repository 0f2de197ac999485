/** The repository itself, who may what in it, its rules; and what is asked without a repository. */
import { ok } from '../http/answers.ts';
import type { Limits } from '../http/limits.ts';
import { get, type Route } from '../http/route.ts';
import { showUser } from '../show/people.ts';
import { showFullRepository } from '../show/repository.ts';
import { time } from '../show/schemas.ts';
import type { Lab } from '../world/lab.ts';
import { NotModelled, notAccessible, notFound } from '../world/refusal.ts';
import type { Account } from '../world/state.ts';
import { permissionOf } from '../world/tokens.ts';

export const repositoryRoutes = (limits: Limits): readonly Route[] => [
  get('/repos/{owner}/{repo}', [['metadata', 'read']], ({ lab, repository, caller }) => {
    const role = permissionOf(repository, caller.account) ?? 'read';
    const job = caller.kind === 'job';
    const write = job ? caller.permissions.contents === 'write' : ['write', 'maintain', 'admin'].includes(role);
    const permissions = {
      admin: !job && role === 'admin',
      maintain: !job && ['maintain', 'admin'].includes(role),
      push: write,
      triage: !job && role !== 'read',
      pull: true,
    };
    return ok({ ...showFullRepository(lab, repository), permissions, network_count: 0, subscribers_count: 0 });
  }),
  // https://docs.github.com/rest/collaborators/collaborators#get-repository-permissions-for-a-user
  get(
    '/repos/{owner}/{repo}/collaborators/{username}/permission',
    [['metadata', 'read']],
    ({ lab, repository, path }) => {
      const account = lab.accounts.find(path.username);
      if (!account) throw notFound();
      const role = permissionOf(repository, account);
      // The old names know neither triage nor maintain.
      const permission =
        role === undefined ? 'none' : role === 'maintain' ? 'write' : role === 'triage' ? 'read' : role;
      const at = (roles: readonly string[]) => role !== undefined && roles.includes(role);
      const permissions = {
        admin: at(['admin']),
        maintain: at(['admin', 'maintain']),
        push: at(['admin', 'maintain', 'write']),
        triage: at(['admin', 'maintain', 'write', 'triage']),
        pull: role !== undefined,
      };
      const roleName = role ?? 'none';
      return ok({
        permission,
        role_name: roleName,
        user: { ...showUser(lab, account), permissions, role_name: roleName },
      });
    },
  ),
  // https://docs.github.com/rest/actions/oidc#get-the-customization-template-for-an-oidc-subject-claim-for-a-repository
  // Nobody customises it in the lab: its tokens have the default subject.
  get('/repos/{owner}/{repo}/actions/oidc/customization/sub', [['actions', 'read']], ({ repository }) =>
    ok({ use_default: true, use_immutable_subject: false, sub_claim_prefix: `repo:${repository.fullName}` }),
  ),
  get('/user', [], ({ lab, caller }) => {
    if (caller.kind === 'job') throw notAccessible();
    return ok(publicUser(lab, caller.account));
  }),
  get('/users/{username}', [], ({ lab, path }) => {
    const account = lab.accounts.find(path.username);
    if (!account) throw notFound();
    return ok(publicUser(lab, account));
  }),
  // https://docs.github.com/rest/teams/members#get-team-membership-for-a-user
  get('/orgs/{org}/teams/{team_slug}/memberships/{username}', [], ({ lab, caller, path }) => {
    if (caller.kind === 'job') throw notAccessible();
    const team = lab.accounts.team(`@${path.org}/${path.team_slug}`);
    if (!team?.members.includes(path.username)) throw notFound();
    const url = `${lab.apiUrl()}/organizations/1/team/${team.id}/memberships/${path.username}`;
    return ok({ url, role: 'member', state: 'active' });
  }),
  // https://docs.github.com/rest/rate-limit/rate-limit
  get('/rate_limit', [], ({ caller }) => {
    const show = (resource: 'core' | 'graphql') => {
      const { limit, used, resetsAt } = limits.window(caller, resource);
      return { limit, used, remaining: limit - used, reset: Math.ceil(resetsAt / 1000) };
    };
    const search = { limit: 30, used: 0, remaining: 30, reset: show('core').reset };
    return ok({ resources: { core: show('core'), graphql: show('graphql'), search }, rate: show('core') });
  }),
];

function publicUser(lab: Lab, account: Account) {
  if (account.type === 'Organization') throw new NotModelled('organisations as users');
  return {
    ...showUser(lab, account),
    name: account.name,
    company: null,
    blog: null,
    location: null,
    email: account.email === '' ? null : account.email,
    hireable: null,
    bio: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: time(Date.UTC(2015, 0, 1)),
    updated_at: time(Date.UTC(2015, 0, 1)),
  };
}
