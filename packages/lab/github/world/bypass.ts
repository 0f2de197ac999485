/**
 * Who may pass by a ruleset. https://docs.github.com/rest/repos/rules has the kinds of actors and what each mode is for. The numbers of
 * GitHub’s own roles are those that the documentation of its Terraform provider lists.
 */
import type { BypassSpec, RulesetSpec } from '../specs.ts';
import type { Lab } from './lab.ts';
import { NotModelled, Refusal } from './refusal.ts';
import type { By, RepositoryState, RulesetState } from './state.ts';
import { permissionOf, rank } from './tokens.ts';

const roles = { maintain: 2, write: 4, admin: 5 } as const;

/** The app whose token every job gets. */
const actionsApp = 15368;

type Actor =
  | { readonly type: 'RepositoryRole'; readonly id: number; readonly role: keyof typeof roles }
  | { readonly type: 'Team' | 'User'; readonly id: number; readonly members: readonly string[] }
  | { readonly type: 'Integration'; readonly id: number }
  | { readonly type: 'OrganizationAdmin' | 'DeployKey'; readonly id: null };

type World = Pick<Lab, 'accounts'>;

/** Refuses a list that GitHub would refuse. */
export function checkBypass({ accounts }: World, owner: string, { name, target, bypass = [] }: RulesetSpec): void {
  const refuse = (why: string) => new Refusal(422, 'Validation Failed', { errors: [`ruleset ${name}: ${why}`] });
  for (const entry of bypass) {
    const actor = actorOf({ accounts }, entry);
    // Jobs can be let by in no repository: public reports of this answer, for personal and organisations’ rulesets alike.
    if (actor.type === 'Integration' && actor.id === actionsApp) {
      throw refuse('Actor GitHub Actions integration must be part of the ruleset source or owner organization');
    }
    const { org } = accounts.team(entry.actor) ?? { org: owner };
    if (org !== owner) throw refuse(`Actor ${entry.actor} must be part of the ruleset source or owner organization`);
    if (actor.type === 'OrganizationAdmin' && accounts.get(owner).type === 'User') {
      throw refuse('OrganizationAdmin is not applicable for personal repositories');
    }
    if (entry.mode === 'pull_request' && (target === 'tag' || actor.type === 'DeployKey')) {
      throw refuse('pull_request is only applicable to branch rulesets, and not to deploy keys');
    }
  }
}

export function showBypass(world: World, { bypass = [] }: RulesetState) {
  return bypass.map(entry => {
    const { type, id } = actorOf(world, entry);
    return { actor_id: id, actor_type: type, bypass_mode: modeOf(entry) };
  });
}

type Mode = NonNullable<BypassSpec['mode']>;

/**
 * How somebody may pass by a ruleset; undefined: not at all. A job’s token is on no list, and has no role: public reports of pushes
 * that a ruleset refused with every role on its list. `unsure`: a lower role than theirs is on the list, and nothing says whether that
 * means them, too.
 */
export function bypassMode(
  world: World,
  repository: RepositoryState,
  { bypass = [] }: RulesetState,
  { account, runId }: By,
): Mode | 'unsure' | undefined {
  if (runId !== undefined || account.type !== 'User') return undefined;
  const permission = permissionOf(repository, account) ?? 'read';
  const actors = bypass.map(entry => ({ actor: actorOf(world, entry), mode: modeOf(entry) }));
  const modes = actors.filter(({ actor }) => isMeant(actor, account.login, permission)).map(({ mode }) => mode);
  const [found] = (['exempt', 'always', 'pull_request'] as const).filter(mode => modes.includes(mode));
  if (found !== undefined) return found;
  const lower = actors.some(({ actor }) => actor.type === 'RepositoryRole' && rank[actor.role] < rank[permission]);
  return lower ? 'unsure' : undefined;
}

function isMeant(actor: Actor, login: string, permission: keyof typeof rank): boolean {
  if (actor.type === 'RepositoryRole') return actor.role === permission;
  return (actor.type === 'Team' || actor.type === 'User') && actor.members.includes(login);
}

function modeOf({ mode = 'always' }: BypassSpec): Mode {
  return mode;
}

function actorOf({ accounts }: World, { actor }: BypassSpec): Actor {
  if (actor === 'organization-admins') return { type: 'OrganizationAdmin', id: null };
  if (actor === 'deploy-keys') return { type: 'DeployKey', id: null };
  const [, app] = /^app (\d+)$/.exec(actor) ?? [];
  if (app !== undefined) return { type: 'Integration', id: Number(app) };
  const [, role] = /^role (.+)$/.exec(actor) ?? [];
  if (role !== undefined) {
    if (role !== 'maintain' && role !== 'write' && role !== 'admin') throw new NotModelled(`the role ${role}`);
    return { type: 'RepositoryRole', id: roles[role], role };
  }
  const members = accounts.members(actor);
  const { id } = accounts.team(actor) ?? accounts.get(actor);
  return { type: actor.startsWith('@') ? 'Team' : 'User', id, members };
}
