/** https://docs.github.com/rest/repos/rules and …/branches/branch-protection */
import { ok, paged } from '../http/answers.ts';
import { get, type Route } from '../http/route.ts';
import { showProtection } from '../show/protection.ts';
import { showFullRuleset, showRule, showRuleset } from '../show/rulesets.ts';
import { protectionFor } from '../world/protection.ts';
import { NotModelled, notFound, Refusal } from '../world/refusal.ts';
import { rulesetsFor } from '../world/rulesets.ts';

export const ruleRoutes: readonly Route[] = [
  get('/repos/{owner}/{repo}/rules/branches/{branch}', [['metadata', 'read']], ({ repository, path, query }) => {
    const rules = rulesetsFor(repository, `refs/heads/${path.branch}`).flatMap(({ id, rules: types }) =>
      types.map(type => ({ id, type })),
    );
    return paged(rules, query, ({ id, type }) => ({
      ...showRule(type),
      ruleset_source_type: 'Repository',
      ruleset_source: repository.fullName,
      ruleset_id: id,
    }));
  }),
  get('/repos/{owner}/{repo}/rulesets', [['metadata', 'read']], ({ lab, repository, query }) => {
    const targets = query.targets?.split(',');
    const found = repository.rulesets.filter(({ target }) => targets?.includes(target) ?? true);
    return paged(found, query, ruleset => showRuleset(lab, repository, ruleset));
  }),
  get('/repos/{owner}/{repo}/rulesets/{ruleset_id}', [['metadata', 'read']], ({ lab, repository, caller, path }) => {
    const ruleset = repository.rulesets.find(({ id }) => id === path.ruleset_id);
    if (ruleset === undefined) throw notFound();
    return ok(showFullRuleset(lab, repository, ruleset, caller));
  }),
  // Nobody's GITHUB_TOKEN may read it.
  get(
    '/repos/{owner}/{repo}/branches/{branch}/protection',
    [['administration', 'read']],
    ({ lab, repository, path }) => {
      if (/[*?[\]]/.test(path.branch)) throw new NotModelled('the protection of a pattern');
      if (!repository.git.refs.has(`refs/heads/${path.branch}`)) throw new Refusal(404, 'Branch not found');
      const protection = protectionFor(repository, path.branch);
      if (protection === undefined) throw new Refusal(404, 'Branch not protected');
      return ok(showProtection(lab, repository, path.branch, protection));
    },
  ),
];
