import type { RequiredChecks } from '../flow/gates/checks.ts';
import { didYouMean } from '../flow/nearest.ts';
import { rule } from '../gate/rule.ts';
import { few } from '../report/few.ts';
import type { RuleVerdict } from '../verdict.ts';

/** A check run or a commit status, as GitHub shows it beside the commit. */
export interface CommitCheck {
  readonly kind: 'check' | 'status';
  readonly name: string;
  /** GitHub’s number of it: later ones are greater. */
  readonly id: number;
  /** `success`, `failure`, `skipped` … once it has ended; undefined while it has not. */
  readonly conclusion: string | undefined;
  readonly url: string;
}

export function checkRule(name: string): string {
  return `check ${name}`;
}

/** Each required name on its own, so that one look shows all that are missing. `found` is null while the commit is still to be made. */
export function judgeChecks(
  required: RequiredChecks,
  sha: string,
  found: readonly CommitCheck[] | null,
): readonly RuleVerdict[] {
  if (found === null) return [judgedLater(required)];
  const byName = Map.groupBy(found, check => check.name);
  return required.names.map(name => {
    const own = byName.get(name);
    if (own === undefined) return missing(name, sha, [...byName.keys()]);
    // A check and a status of one name are two things, of which both have to have succeeded.
    const newest = (['check', 'status'] as const).flatMap(kind => newestOf(own.filter(check => check.kind === kind)));
    const verdicts = newest.map(check => judgeCheck(check, required, sha));
    return (
      verdicts.find(({ verdict }) => verdict === 'fail') ??
      verdicts.find(isWaiting) ??
      verdicts[0] ??
      missing(name, sha, [])
    );
  });
}

/** What is only proposed has no commit yet that checks could have run on: theirs is the one that the merge makes. */
function judgedLater({ names }: RequiredChecks): RuleVerdict {
  return rule('checks', 'pass', 'judged-before-change', `⏳ Judged on the commit that the merge makes: ${few(names)}.`);
}

function isWaiting({ verdict }: RuleVerdict): boolean {
  return verdict === 'wait';
}

/**
 * The newest that says something. A run of a tag skips jobs that the run of the branch has made on the same commit: skipped, it
 * says nothing about the commit, and takes nothing back.
 */
function newestOf(checks: readonly CommitCheck[]): readonly CommitCheck[] {
  const newestFirst = checks.toSorted((one, other) => other.id - one.id);
  const best = newestFirst.find(({ conclusion }) => conclusion !== 'skipped') ?? newestFirst[0];
  return best === undefined ? [] : [best];
}

function judgeCheck({ name, conclusion, url, kind }: CommitCheck, { allow }: RequiredChecks, sha: string): RuleVerdict {
  const own = checkRule(name);
  const evidence = { sha, url };
  if (conclusion === undefined) {
    const message = `${name} is still running on ${short(sha)}: ${url}`;
    const next = `It goes on once ${name} has succeeded: by the clock, or with the operation \`go\`.`;
    return { ...rule(own, 'wait', 'check-running', message, evidence, next), missing: [name] };
  }
  if (conclusion === 'success') {
    return rule(own, 'pass', 'check-passed', `${name} succeeded on ${short(sha)}.`, evidence);
  }
  if (conclusion === 'skipped' || conclusion === 'neutral') {
    const message = `${name} was ${conclusion} on ${short(sha)}`;
    if (allow.includes(conclusion)) {
      return rule(own, 'pass', 'check-passed', `${message}, which \`checks.allow\` lets count.`, evidence);
    }
    const next = `Let it run on this commit, or list \`${conclusion}\` in \`checks.allow\` when that is enough.`;
    return rule(own, 'fail', 'check-inconclusive', `${message}: it has shown nothing.`, evidence, next);
  }
  const what = kind === 'check' ? `ended in ${conclusion}` : `says ${conclusion}`;
  const next = `Look at ${url}; correct it and tag the commit that is right, or run it again if it was not to blame.`;
  return rule(own, 'fail', 'check-failed', `${name} ${what} on ${short(sha)}.`, evidence, next);
}

function missing(name: string, sha: string, known: readonly string[]): RuleVerdict {
  const message = `${name} has not run on ${short(sha)}.`;
  const hint = known.length === 0 ? 'nothing has' : didYouMean(name, known);
  const next = `Let it run on this commit, or correct the name in \`checks\` (${hint}).`;
  return rule(checkRule(name), 'fail', 'check-missing', message, { sha }, next);
}

function short(sha: string): string {
  return sha.slice(0, 12);
}
