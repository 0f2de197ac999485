import { notKnown } from '../gate/rule.ts';
import type { Sought } from '../gate/sought.ts';
import type { RuleVerdict } from '../verdict.ts';

/** What could not be read leaves its own rules open, and no others. */
export function judged<T>(
  rules: readonly string[],
  sought: Sought<T>,
  judge: (value: T) => readonly RuleVerdict[],
): readonly RuleVerdict[] {
  return sought.known ? judge(sought.value) : rules.map(name => notKnown(name, sought.finding));
}

/** In a flow that only advises, what would have stopped the release is told and stops nothing. */
export function advised(rules: readonly RuleVerdict[]): readonly RuleVerdict[] {
  return rules.map(judgement =>
    judgement.verdict === 'pass'
      ? judgement
      : {
          ...judgement,
          verdict: 'pass',
          reason: 'not-enforced',
          message: `Not enforced: ${judgement.message}`,
          evidence: { ...judgement.evidence, verdict: judgement.verdict, reason: judgement.reason },
        },
  );
}
