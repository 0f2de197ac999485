import type { Finding } from './finding.ts';

/**
 * What a check came to. `wait` lacks only time or people; `inconclusive` means that there was too little evidence;
 * `error` that the evidence could not be read. Neither is ever taken for a pass.
 */
export const verdicts = ['pass', 'wait', 'fail', 'inconclusive', 'error'] as const;

export type VerdictKind = (typeof verdicts)[number];

/** One rule's verdict. All rules are evaluated and all are reported. */
export interface RuleVerdict extends Finding {
  readonly rule: string;
  readonly verdict: VerdictKind;
}

/** The verdict of all rules together, led by the rule that decided it. */
export interface Verdict extends Finding {
  readonly verdict: VerdictKind;
  readonly rules: readonly RuleVerdict[];
}

/** What a rule says, without its verdict: beside the outcome of a change it would be a second one. */
export function findingOfRule({ rule: _rule, verdict: _verdict, ...finding }: RuleVerdict): Finding {
  return finding;
}

/** From best to worst: an error outweighs a failure, for what is unknown may be worse than what is known. */
const severity: Record<VerdictKind, number> = { pass: 0, wait: 1, inconclusive: 2, fail: 3, error: 4 };

/** Zero rules are never a pass: nothing was checked. */
export function judge(rules: readonly RuleVerdict[]): Verdict {
  const [first, ...others] = rules;
  if (first === undefined) {
    return {
      verdict: 'inconclusive',
      reason: 'nothing-checked',
      message: 'No rule applied, so nothing was checked.',
      evidence: {},
      rules,
    };
  }
  const deciding = others.reduce(
    (held, next) => (severity[next.verdict] > severity[held.verdict] ? next : held),
    first,
  );
  if (deciding.verdict === 'pass') {
    const message = rules.length === 1 ? deciding.message : `All ${rules.length} rules pass.`;
    return { verdict: 'pass', reason: 'all-rules-pass', message, evidence: {}, rules };
  }
  const { rule: _rule, ...finding } = deciding;
  return { ...finding, rules };
}
