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
  /** ISO 8601: when it may pass by itself, for one that waits for a time. */
  readonly until?: string;
  /** Who or what is missing, for one that waits for people. */
  readonly missing?: readonly string[];
}

/** The verdict of all rules together, led by the rule that decided it. */
export interface Verdict extends Finding {
  readonly verdict: VerdictKind;
  /** Of one that waits: the time before which it cannot pass; absent where only people are waited for. */
  readonly until?: string;
  /** Of one that waits: who or what is missing; nothing where only time is. */
  readonly missing?: readonly string[];
  readonly rules: readonly RuleVerdict[];
}

/** What a rule says, without its verdict: beside the outcome of a change it would be a second one. */
export function findingOfRule(judged: RuleVerdict): Finding {
  const { rule: _rule, verdict: _verdict, until: _until, missing: _missing, ...finding } = judged;
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
  return deciding.verdict === 'wait' ? { ...finding, ...waitedFor(rules), rules } : { ...finding, rules };
}

/** All that is waited for: the latest time, and everybody who is missing. */
function waitedFor(rules: readonly RuleVerdict[]): Pick<Verdict, 'until' | 'missing'> {
  const times = rules.flatMap(({ until }) => until ?? []).toSorted((one, other) => Date.parse(one) - Date.parse(other));
  const until = times.at(-1);
  const missing = [...new Set(rules.flatMap(({ missing: names }) => names ?? []))];
  return { missing, ...(until === undefined ? {} : { until }) };
}
