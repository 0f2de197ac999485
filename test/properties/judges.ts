import type { GateFacts } from '#core/gate/facts';
import { type Judgement, judgeRelease } from '#core/gate/judge';
import { judgeUnderLock } from '#core/gate/under-lock';
import { rollbackGoal } from '#core/plan/goal';
import type { Plan } from '#core/plan/plan';
import { judge, type RuleVerdict } from '#core/verdict';

/** Who says whether a release or a rollback may go on, and where to: the product, or the product with a rule taken out of it. */
export interface Judges {
  /** Where a rollback goes. */
  readonly goal: typeof rollbackGoal;
  gate(facts: GateFacts): Judgement;
  underLock(facts: Parameters<typeof judgeUnderLock>[0]): readonly RuleVerdict[];
}

export const product: Judges = { goal: rollbackGoal, gate: judgeRelease, underLock: judgeUnderLock };

/** The rule says that all is well, wherever it is asked; or only where it is asked of one of the two operations. */
export function without(name: string, operation?: Plan['operation']): Judges {
  const blind = ({ plan }: { readonly plan: Plan }, rules: readonly RuleVerdict[]) =>
    rules.map(entry =>
      entry.rule === name && plan.operation === (operation ?? plan.operation)
        ? { ...entry, verdict: 'pass' as const }
        : entry,
    );
  return {
    ...product,
    gate(facts) {
      const { verdict, approvals } = judgeRelease(facts);
      return { verdict: judge(blind(facts, verdict.rules)), approvals };
    },
    underLock: facts => blind(facts, judgeUnderLock(facts)),
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

/** Whoever has approved any rollback has approved this one. */
export const ofAnyRequest: Judges = {
  ...product,
  gate: facts => product.gate({ ...facts, agreed: facts.agreed.map(entry => ({ ...entry, subject: facts.subject })) }),
};

/** A rollback goes to the oldest release that was verified, whatever people were shown. */
export const toTheOldest: Judges = {
  ...product,
  goal: (state, _version, bad) => state.known.at(-1) ?? rollbackGoal(state, undefined, bad),
};

/** Whoever has died with the lock has changed nothing. */
export const nothingIsLeft: Judges = {
  ...product,
  gate: facts => product.gate({ ...facts, lock: { kind: 'free' } }),
  underLock: facts => product.underLock({ ...facts, lock: { kind: 'free' } }),
};
