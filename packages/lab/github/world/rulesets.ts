/** https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets */
import { matchesPattern } from './patterns.ts';
import { Refusal } from './refusal.ts';
import type { RepositoryState, RulesetState } from './state.ts';

export interface RefMove {
  readonly ref: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly forced: boolean;
}

/** Rulesets that hold for a ref, whether it exists or not. Nobody bypasses them in the lab. */
export function rulesetsFor(repository: RepositoryState, ref: string): readonly RulesetState[] {
  const target = ref.startsWith('refs/heads/') ? 'branch' : ref.startsWith('refs/tags/') ? 'tag' : undefined;
  const matches = (pattern: string) =>
    pattern === '~ALL' ||
    (pattern === '~DEFAULT_BRANCH' ? ref === `refs/heads/${repository.defaultBranch}` : matchesPattern(pattern, ref));
  return repository.rulesets.filter(
    ruleset =>
      ruleset.target === target &&
      (ruleset.enforcement ?? 'active') === 'active' &&
      ruleset.include.some(matches) &&
      !(ruleset.exclude ?? []).some(matches),
  );
}

export function checkRules(repository: RepositoryState, move: RefMove): void {
  const rules = new Set(rulesetsFor(repository, move.ref).flatMap(ruleset => ruleset.rules));
  const broken: string[] = [];
  if (rules.has('creation') && move.before === undefined)
    broken.push('Cannot create ref due to creations being restricted.');
  if (rules.has('deletion') && move.after === undefined) broken.push('Cannot delete this ref');
  if (rules.has('update') && move.before !== undefined && move.after !== undefined)
    broken.push('Cannot update this protected ref.');
  if (rules.has('non_fast_forward') && move.forced) broken.push('Cannot force-push to this ref');
  if (rules.has('required_signatures') && move.after !== undefined && !signedSince(repository, move)) {
    broken.push('Commits must have verified signatures.');
  }
  if (broken.length > 0) throw new Refusal(422, `Repository rule violations found\n\n${broken.join('\n')}\n`);
}

function signedSince({ git, signed }: RepositoryState, { before, after }: RefMove): boolean {
  const tip = after === undefined ? undefined : git.peel(after);
  if (tip === undefined) return true;
  const from = before === undefined ? undefined : git.peel(before);
  return git.history(tip, from === undefined ? {} : { without: from }).every(sha => signed.has(sha));
}
