import { bypassMode, showBypass } from '../world/bypass.ts';
import type { Lab } from '../world/lab.ts';
import type { RepositoryState, RulesetState } from '../world/state.ts';
import { type Caller, permissionOf } from '../world/tokens.ts';
import { apiOf, pageOf } from './repository.ts';
import { nodeId, time } from './schemas.ts';

/** One of a list: without what it is about. */
export function showRuleset(lab: Lab, repository: RepositoryState, { id, name, target, enforcement }: RulesetState) {
  return {
    id,
    name,
    target,
    source_type: 'Repository',
    source: repository.fullName,
    enforcement: enforcement ?? 'active',
    node_id: nodeId('RRS', repository.id, id),
    _links: {
      self: { href: `${apiOf(lab, repository)}/rulesets/${id}` },
      html: { href: `${pageOf(lab, repository)}/rules/${id}` },
    },
    created_at: time(repository.createdAt),
    updated_at: time(repository.createdAt),
  };
}

/** `bypass_actors` is shown to those who may write the ruleset. */
export function showFullRuleset(lab: Lab, repository: RepositoryState, ruleset: RulesetState, caller: Caller) {
  const administrates = caller.kind === 'person' && permissionOf(repository, caller.account) === 'admin';
  const mode = bypassMode(lab, repository, ruleset, caller);
  return {
    ...showRuleset(lab, repository, ruleset),
    conditions: { ref_name: { include: ruleset.include, exclude: ruleset.exclude ?? [] } },
    rules: ruleset.rules.map(showRule),
    ...(administrates ? { bypass_actors: showBypass(lab, ruleset) } : {}),
    ...(mode === 'unsure' ? {} : { current_user_can_bypass: ownWay(mode) }),
  };
}

function ownWay(mode: 'always' | 'exempt' | 'pull_request' | undefined) {
  return mode === 'pull_request' ? 'pull_requests_only' : (mode ?? 'never');
}

export function showRule(type: RulesetState['rules'][number]) {
  return { type, ...(type === 'update' ? { parameters: { update_allows_fetch_and_merge: false } } : {}) };
}
