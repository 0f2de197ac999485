import type { Approval } from '../journal/event.ts';
import { judge, type RuleVerdict, type Verdict } from '../verdict.ts';
import { agreements } from './agreed.ts';
import { judgeApproval } from './approval.ts';
import { judgeApprovalAhead } from './approval-ahead.ts';
import { judgeWaitingRollback } from './asked-rollback.ts';
import { judgeGlass, judgeReviewsDue, unlessBroken } from './break-glass.ts';
import { judgeUndecided } from './checklist.ts';
import { agreementOf, judgeDispatch } from './dispatch.ts';
import { judgeEarlier, sameArtifactsRule } from './earlier.ts';
import type { GateFacts } from './facts.ts';
import { judgeGates } from './gates.ts';
import { judgeHolds } from './holds.ts';
import { judgeLockRule } from './lock.ts';
import { judgeQueue } from './queue.ts';
import { judgeRejection } from './rejection.ts';
import { judgeWayBack } from './way-back.ts';
import { judgeWentOn } from './went-on.ts';
import { judgeStart } from './what-runs.ts';

export interface Judgement {
  readonly verdict: Verdict;
  /** Who approved, where that is what let it pass. */
  readonly approvals: readonly Approval[];
}

/** May this release go on? All rules are judged, what no click can change first, and all are told. */
export function judgeRelease(facts: GateFacts): Judgement {
  const { rules: ofPeople, approvals } = judgePeople(facts);
  const rules = [...judgeEvidence(facts), ...ofPeople];
  return { verdict: enforced(facts, judge([...rules, ...judgeUndecided(facts.plan, rules)])), approvals };
}

/** What no click can change: judged in the plan job, and once more right before the change. */
export function judgeEvidence(facts: GateFacts): readonly RuleVerdict[] {
  return [
    ...judgeGlass(facts),
    // Other artifacts are another release, in an emergency, too.
    ...judgeEarlier(facts).flatMap(each =>
      each.rule === sameArtifactsRule ? each : unlessBroken(facts.plan, 'after', [each]),
    ),
    ...judgeGates(facts),
    judgeHolds(facts),
    ...judgeRejection(facts),
    ...judgeQueue(facts),
    ...judgeWentOn(facts),
    judgeLockRule(facts),
    judgeWayBack(facts),
    ...judgeWaitingRollback(facts),
    ...judgeReviewsDue(facts),
  ];
}

function judgePeople(facts: GateFacts): {
  readonly rules: readonly RuleVerdict[];
  readonly approvals: readonly Approval[];
} {
  const { approval } = facts;
  if (approval.kind === 'ahead') {
    const word = judgeDispatch(facts);
    const given = word?.reason === 'agreed' ? [...agreements(facts), ...agreementOf(facts)] : agreements(facts);
    const rules = [...(word === undefined ? [] : [word]), judgeApprovalAhead(facts.plan, approval.reviewers, given)];
    return { rules, approvals: [] };
  }
  const { verdict, approvals } = judgeApproval({ ...facts, ...approval, agreed: agreements(facts) });
  return { rules: [...judgeStart(facts), verdict], approvals };
}

/**
 * A flow that only advises (`enforce: false`) is judged, shown and recorded like any other, and stops nothing; but the lock, without
 * which two runs would change the environment at once.
 */
function enforced({ plan, lock }: GateFacts, verdict: Verdict): Verdict {
  if (plan.environment.enforce || verdict.verdict === 'pass' || lock.kind === 'held') return verdict;
  if (plan.goesOn?.by === 'reject') return verdict;
  const stopping = verdict.rules.filter(entry => entry.verdict !== 'pass');
  const message = `Not enforced: ${stopping.length} of ${verdict.rules.length} rules would have stopped this release (${stopping.map(entry => entry.rule).join(', ')}).`;
  return {
    verdict: 'pass',
    reason: 'not-enforced',
    message,
    evidence: { rules: stopping.map(entry => `${entry.rule}: ${entry.reason}`) },
    rules: verdict.rules,
  };
}
