import type { Lab } from '../world/lab.ts';
import type { RepositoryState, RulesetState } from '../world/state.ts';
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

/** `bypass_actors` is shown to those who may write the ruleset: nobody bypasses any here. */
export function showFullRuleset(lab: Lab, repository: RepositoryState, ruleset: RulesetState, administrates: boolean) {
  return {
    ...showRuleset(lab, repository, ruleset),
    conditions: { ref_name: { include: ruleset.include, exclude: ruleset.exclude ?? [] } },
    rules: ruleset.rules.map(showRule),
    ...(administrates ? { bypass_actors: [] } : {}),
    current_user_can_bypass: 'never',
  };
}

export function showRule(type: RulesetState['rules'][number]) {
  return { type, ...(type === 'update' ? { parameters: { update_allows_fetch_and_merge: false } } : {}) };
}
