import type { Approval } from '../journal/event.ts';
import type { Plan, PlannedApproval } from '../plan/plan.ts';
import type { RuleVerdict } from '../verdict.ts';
import { distinct, isAmong } from './people.ts';
import { rule } from './rule.ts';

export const approvalRule = 'approval';
export const nameThem = 'Name people instead of teams in `roles`.';

/** An approval as the journal keeps it: without a comment where nobody wrote one. */
export function approvalOf(
  { login, comment }: { readonly login: string; readonly comment: string },
  at: string,
  source: Approval['source'],
): Approval {
  return { login, at, source, ...(comment === '' ? {} : { comment }) };
}

/** The way back waits for no more than the one click: a quorum at three in the morning is a longer outage. */
export function countOf({ operation }: Plan, { count }: PlannedApproval): number {
  return operation === 'rollback' ? 1 : count;
}

export function noneNeeded(): RuleVerdict {
  return rule(approvalRule, 'pass', 'no-approval-needed', 'The environment asks for no approval.');
}

/** Without anybody who started it, nobody could be refused for approving their own release. */
export function originatorUnknown({ originators }: Plan): RuleVerdict | undefined {
  if (originators.length > 0) return undefined;
  return rule(
    approvalRule,
    'inconclusive',
    'originator-unknown',
    'A bot started this run, and nobody says on whose behalf.',
  );
}

/** What those have done whose own approval does not count. */
export function askedFor({ operation }: Plan): string {
  return operation === 'rollback' ? 'asked for this rollback' : 'started this release';
}

export function whoCan(approve: PlannedApproval, originators: readonly string[]): readonly string[] {
  return distinct(approve.by).filter(login => !isAmong(login, originators));
}

export function may(approve: PlannedApproval, login: string): boolean {
  return isAmong(login, approve.by);
}

export function isOriginator(plan: Plan, login: string): boolean {
  return isAmong(login, plan.originators);
}
