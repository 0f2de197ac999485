import type { Approval } from '../journal/event.ts';
import type { Plan } from '../plan/plan.ts';
import type { RuleVerdict } from '../verdict.ts';
import { distinct, isAmong, isTeam } from './people.ts';
import { approvalRule, askedFor, countOf, nameThem, noneNeeded, originatorUnknown, whoCan } from './quorum.ts';
import { rule, withinText } from './rule.ts';

/**
 * In the plan job nobody has been asked yet; what can be known is whether anybody could approve at all, and whether the one click that
 * GitHub asks for will be enough: `reviewers` are those whom it asks before it lets a job into the environment; undefined when they could
 * not be read. What is missing beyond that click is waited for. `agreed`: the approvals that were given before.
 */
export function judgeApprovalAhead(
  plan: Plan,
  reviewers: readonly string[] | undefined,
  agreed: readonly Approval[],
): RuleVerdict {
  const { approve, name: environment } = plan.environment;
  if (approve === undefined) return noneNeeded();
  const unknown = originatorUnknown(plan);
  if (unknown !== undefined) return unknown;
  const people = distinct(agreed.map(({ login }) => login));
  const able = whoCan(approve, plan.originators).filter(login => !isAmong(login, people));
  const needed = countOf(plan, approve) - people.length;
  const teams = able.filter(isTeam);
  if (able.length - teams.length < needed && teams.length > 0) {
    const message = `${teams.join(', ')} may approve, but who belongs to a team cannot be read with this token, so nobody’s approval would count.`;
    return rule(approvalRule, 'inconclusive', 'approval-unreadable', message, { by: approve.by }, nameThem);
  }
  if (able.length < needed) {
    const message = `${countOf(plan, approve)} of ${approve.by.join(', ')} would have to approve, and ${plan.originators.join(', ')} ${askedFor(plan)}.`;
    return rule(approvalRule, 'fail', 'approval-impossible', message, {
      by: approve.by,
      originators: plan.originators,
    });
  }
  if (reviewers === undefined) {
    const message = `Whom GitHub asks before it lets a job into ${environment} could not be read.`;
    return rule(approvalRule, 'inconclusive', 'approval-unreadable', message);
  }
  if (needed <= 0) return rule(approvalRule, 'pass', 'approved', `${people.join(', ')} approved.`, { by: people });
  if (reviewers.length > 0 && !reviewers.some(isTeam) && !able.some(login => isAmong(login, reviewers))) {
    const message = `GitHub asks ${reviewers.join(', ')}, of whom nobody may approve; ${able.join(', ')} may.`;
    const configure = `Set the required reviewers of the environment ${environment} to ${approve.by.join(', ')}.`;
    return rule(approvalRule, 'fail', 'approval-impossible', message, { by: able, reviewers }, configure);
  }
  const clicks = reviewers.length > 0 ? 1 : 0;
  if (needed > clicks) return awaited(plan, { people, able, needed: needed - clicks, clicks });
  const had = people.length === 0 ? '' : `${people.join(', ')} approved; `;
  const message = `${had}${able.join(' or ')} will be asked${withinText(approve.within)}.`;
  return rule(approvalRule, 'pass', 'approval-pending', message, { by: able });
}

function awaited(
  { operation, environment: { name: environment } }: Plan,
  facts: {
    readonly people: readonly string[];
    readonly able: readonly string[];
    readonly needed: number;
    readonly clicks: number;
  },
): RuleVerdict {
  const { people, able, needed, clicks } = facts;
  const had = people.length === 0 ? 'Nobody has approved yet' : `${people.join(', ')} approved`;
  const then = clicks === 0 ? `, because ${environment} has no required reviewers` : ', and one more lets the job in';
  const message = `${had}; ${needed} of ${able.join(', ')} approve by the operation${then}.`;
  const workflow = operation === 'rollback' ? 'workflow of this rollback' : 'workflow';
  const next = `${able.join(' or ')} starts the ${workflow} with the operation \`approve\`, for ${environment}.`;
  return {
    ...rule(approvalRule, 'wait', 'approval-missing', message, { approvedBy: people, by: able }, next),
    missing: able,
  };
}
