import type { Finding } from '../finding.ts';
import type { RuleVerdict } from '../verdict.ts';

/** Something that a rule needs to know, or why it could not be read. */
export type Fact<T> =
  | { readonly known: true; readonly value: T }
  | { readonly known: false; readonly finding: Finding };

/** What could not be read is never a pass, and no reason to leave the other rules unjudged. */
export function judged<T>(
  rules: readonly string[],
  fact: Fact<T>,
  judge: (value: T) => readonly RuleVerdict[],
): readonly RuleVerdict[] {
  if (fact.known) return judge(fact.value);
  return rules.map(name => ({ rule: name, verdict: 'inconclusive', ...fact.finding }));
}
