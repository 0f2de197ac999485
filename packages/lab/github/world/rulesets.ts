/** https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets */
import type { RuleType } from '../specs.ts';
import { bypassMode } from './bypass.ts';
import type { Lab } from './lab.ts';
import { matchesPattern } from './patterns.ts';
import { NotModelled, Refusal } from './refusal.ts';
import type { By, RepositoryState, RulesetState } from './state.ts';

export interface RefMove {
  readonly ref: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly forced: boolean;
}

/** Rulesets that hold for a ref, whether it exists or not. */
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

/** Throws what GitHub says, unless whoever moves the ref may pass by every ruleset that forbids it. */
export function checkRules(lab: Lab, repository: RepositoryState, move: RefMove, by: By): void {
  const forbidding = rulesetsFor(repository, move.ref).filter(
    ({ rules }) => brokenOf(repository, move, rules).length > 0,
  );
  // What is allowed to everybody is asked of nobody.
  const holding = forbidding.filter(ruleset => {
    const mode = bypassMode(lab, repository, ruleset, by);
    if (mode === 'unsure')
      throw new NotModelled(`who passes by the ruleset ${ruleset.name} with a higher role than it names`);
    return mode === undefined || mode === 'pull_request';
  });
  const broken = brokenOf(
    repository,
    move,
    holding.flatMap(({ rules }) => rules),
  );
  if (broken.length > 0) throw new Refusal(422, `Repository rule violations found\n\n${broken.join('\n')}\n`);
}

function brokenOf(repository: RepositoryState, move: RefMove, types: readonly RuleType[]): readonly string[] {
  const rules = new Set(types);
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
  return broken;
}

function signedSince({ git, signed }: RepositoryState, { before, after }: RefMove): boolean {
  const tip = after === undefined ? undefined : git.peel(after);
  if (tip === undefined) return true;
  const from = before === undefined ? undefined : git.peel(before);
  return git.history(tip, from === undefined ? {} : { without: from }).every(sha => signed.has(sha));
}
