import type { GateFacts } from '#core/gate/facts';
import { type Judgement, judgeRelease } from '#core/gate/judge';
import { judgeUnderLock } from '#core/gate/under-lock';
import { judge, type RuleVerdict } from '#core/verdict';

/** Who says whether a release may go on: the product, or the product with a rule taken out of it. */
export interface Judges {
  gate(facts: GateFacts): Judgement;
  underLock(facts: Parameters<typeof judgeUnderLock>[0]): readonly RuleVerdict[];
}

export const product: Judges = { gate: judgeRelease, underLock: judgeUnderLock };

/** The rule says that all is well, wherever it is asked. */
export function without(name: string): Judges {
  const blind = (rules: readonly RuleVerdict[]) =>
    rules.map(entry => (entry.rule === name ? { ...entry, verdict: 'pass' as const } : entry));
  return {
    gate(facts) {
      const { verdict, approvals } = judgeRelease(facts);
      return { verdict: judge(blind(verdict.rules)), approvals };
    },
    underLock: facts => blind(judgeUnderLock(facts)),
  };
}

/** What is written into the journal after the gate is not looked at any more. */
export const onlyAtTheGate: Judges = { ...product, underLock: () => [] };

/** Nothing is judged again behind the click. */
export const onlyBeforeTheClick: Judges = {
  ...product,
  gate: facts => (facts.stage === 'plan' ? product.gate(facts) : allIsWell),
};

const allIsWell: Judgement = {
  verdict: { verdict: 'pass', reason: 'all-rules-pass', message: 'As before.', evidence: {}, rules: [] },
  approvals: [],
};
