import { formatDuration } from '../duration.ts';
import type { Approval } from '../journal/event.ts';
import type { Plan, PlannedApproval } from '../plan/plan.ts';
import type { RuleVerdict } from '../verdict.ts';
import { type AttemptFacts, letInUnasked, type Review, reviewsOfAttempt } from './attempt.ts';
import { distinct, isAmong, isTeam } from './people.ts';
import {
  approvalOf,
  approvalRule,
  askedFor,
  countOf,
  isOriginator,
  may,
  nameThem,
  noneNeeded,
  originatorUnknown,
  whoCan,
} from './quorum.ts';
import { rule, withinText } from './rule.ts';

export interface ApprovalQuestion {
  readonly plan: Plan;
  /** The approvals that were given by the operation `approve` and count. */
  readonly agreed: readonly Approval[];
  /** Of all attempts of the run, oldest first; undefined: could not be read. */
  readonly reviews: readonly Review[] | undefined;
  readonly now: number;
  readonly attempt: AttemptFacts;
}

/** In the release job: who approved, whether they may, and whether it was in time. Anything unknown is not a pass. */
export function judgeApproval({ plan, agreed, reviews: all, now, attempt }: ApprovalQuestion): {
  verdict: RuleVerdict;
  approvals: readonly Approval[];
} {
  const { approve } = plan.environment;
  if (approve === undefined) return { verdict: noneNeeded(), approvals: [] };
  const unknown = originatorUnknown(plan);
  if (unknown !== undefined) return { verdict: unknown, approvals: [] };
  const before = distinct(agreed.map(({ login }) => login));
  if (before.length >= countOf(plan, approve)) {
    const message = `${before.join(', ')} approved.`;
    return { verdict: rule(approvalRule, 'pass', 'approved', message, { by: before }), approvals: agreed };
  }
  if (all === undefined) {
    const message = 'Who approved this run could not be read.';
    return { verdict: rule(approvalRule, 'error', 'approval-unreadable', message), approvals: [] };
  }
  const ours = reviewsOfAttempt(plan, all, attempt);
  if ('verdict' in ours) return { verdict: ours.verdict, approvals: [] };
  const approved = ours.reviews.filter(review => review.state === 'approved');
  const valid = approved.filter(review => may(approve, review.login) && !isOriginator(plan, review.login));
  const people = distinct([...before, ...valid.map(review => review.login)]);
  const waited = now - Date.parse(plan.made);
  if (people.length < countOf(plan, approve)) {
    return { verdict: missing(plan, approve, approved, people), approvals: [] };
  }
  if (approve.within !== undefined && !(waited <= approve.within)) {
    const message = `${people.join(', ')} approved ${formatDuration(waited)} after the plan was made; it had to be${withinText(approve.within)}.`;
    return {
      verdict: rule(approvalRule, 'fail', 'approval-too-late', message, { by: people, made: plan.made }),
      approvals: [],
    };
  }
  const message = `${people.join(', ')} approved, ${formatDuration(waited)} after the plan was made.`;
  const at = new Date(now).toISOString();
  const clicked = valid.map(review => approvalOf(review, at, 'environment'));
  return {
    verdict: rule(approvalRule, 'pass', 'approved', message, { by: people }),
    approvals: [...agreed, ...clicked],
  };
}

function missing(
  plan: Plan,
  approve: PlannedApproval,
  approved: readonly Review[],
  people: readonly string[],
): RuleVerdict {
  const able = whoCan(approve, plan.originators).filter(login => !isAmong(login, people));
  const evidence = { approvedBy: approved.map(review => review.login), needed: able };
  const next = `One of ${able.join(', ')} approves the environment ${plan.environment.name} in a new run.`;
  const own = approved.find(review => isOriginator(plan, review.login));
  if (own !== undefined) {
    const message = `${own.login} approved, but also ${askedFor(plan)}; somebody else has to.`;
    return rule(approvalRule, 'fail', 'approval-by-originator', message, evidence, next);
  }
  const outsider = approved.find(review => !may(approve, review.login));
  const teams = approve.by.filter(isTeam);
  if (outsider !== undefined && teams.length > 0) {
    const message = `${outsider.login} approved; whether they belong to ${teams.join(', ')} cannot be read with this token.`;
    return rule(approvalRule, 'inconclusive', 'approval-unreadable', message, evidence, nameThem);
  }
  if (outsider !== undefined) {
    const message = `${outsider.login} approved, but is not among ${approve.by.join(', ')}.`;
    return rule(approvalRule, 'fail', 'approval-by-outsider', message, evidence, next);
  }
  if (people.length > 0) {
    const message = `${people.join(', ')} approved; ${countOf(plan, approve)} of ${approve.by.join(', ')} have to.`;
    return rule(approvalRule, 'fail', 'approval-missing', message, evidence, next);
  }
  return letInUnasked(plan, approved);
}
