import { formatDuration } from '../duration.ts';
import type { Approval } from '../journal/event.ts';
import type { Plan, PlannedApproval } from '../plan/plan.ts';
import type { RuleVerdict } from '../verdict.ts';
import { type AttemptFacts, letInUnasked, type Review, reviewsOfAttempt } from './attempt.ts';
import { distinct, isAmong, isTeam } from './people.ts';
import { rule, withinText } from './rule.ts';

export interface ApprovalQuestion {
  readonly plan: Plan;
  /** Of all attempts of the run, oldest first; undefined: could not be read. */
  readonly reviews: readonly Review[] | undefined;
  readonly now: number;
  readonly attempt: AttemptFacts;
}

const name = 'approval';
const nameThem = 'Name people instead of teams in `roles`.';

/**
 * In the plan job nobody has been asked yet; what can be known is whether anybody could approve at all: `reviewers` are those whom
 * GitHub asks before it lets a job into the environment; undefined when they could not be read.
 */
export function judgeApprovalAhead(plan: Plan, reviewers: readonly string[] | undefined): RuleVerdict {
  const { approve, name: environment } = plan.environment;
  if (approve === undefined) return noneNeeded();
  const unknown = originatorUnknown(plan);
  if (unknown !== undefined) return unknown;
  const able = whoCan(approve, plan.originators);
  const teams = able.filter(isTeam);
  if (able.length - teams.length < approve.count && teams.length > 0) {
    const message = `${teams.join(', ')} may approve, but who belongs to a team cannot be read with this token, so nobody’s approval would count.`;
    return rule(name, 'inconclusive', 'approval-unreadable', message, { by: approve.by }, nameThem);
  }
  if (able.length < approve.count) {
    const message = `${approve.count} of ${approve.by.join(', ')} would have to approve, and ${plan.originators.join(', ')} started this release.`;
    return rule(name, 'fail', 'approval-impossible', message, { by: approve.by, originators: plan.originators });
  }
  if (reviewers === undefined) {
    const message = `Whom GitHub asks before it lets a job into ${environment} could not be read.`;
    return rule(name, 'inconclusive', 'approval-unreadable', message);
  }
  const configure = `Set the required reviewers of the environment ${environment} to ${approve.by.join(', ')}.`;
  if (reviewers.length === 0) {
    const message = `GitHub would let the job into ${environment} without asking: the environment has no required reviewers.`;
    return rule(name, 'fail', 'approval-missing', message, { by: able }, configure);
  }
  if (!reviewers.some(isTeam) && !able.some(login => isAmong(login, reviewers))) {
    const message = `GitHub asks ${reviewers.join(', ')}, of whom nobody may approve; ${able.join(', ')} may.`;
    return rule(name, 'fail', 'approval-impossible', message, { by: able, reviewers }, configure);
  }
  const message = `${able.join(' or ')} will be asked${withinText(approve.within)}.`;
  return rule(name, 'pass', 'approval-pending', message, { by: able });
}

function noneNeeded(): RuleVerdict {
  return rule(name, 'pass', 'no-approval-needed', 'The environment asks for no approval.');
}

/** Without anybody who started it, nobody could be refused for approving their own release. */
function originatorUnknown({ originators }: Plan): RuleVerdict | undefined {
  if (originators.length > 0) return undefined;
  return rule(name, 'inconclusive', 'originator-unknown', 'A bot started this run, and nobody says on whose behalf.');
}

/** In the release job: who approved, whether they may, and whether it was in time. Anything unknown is not a pass. */
export function judgeApproval({ plan, reviews: all, now, attempt }: ApprovalQuestion): {
  verdict: RuleVerdict;
  approvals: readonly Approval[];
} {
  const { approve } = plan.environment;
  if (approve === undefined) return { verdict: noneNeeded(), approvals: [] };
  const unknown = originatorUnknown(plan);
  if (unknown !== undefined) return { verdict: unknown, approvals: [] };
  if (all === undefined) {
    const message = 'Who approved this run could not be read.';
    return { verdict: rule(name, 'error', 'approval-unreadable', message), approvals: [] };
  }
  const ours = reviewsOfAttempt(plan, all, attempt);
  if ('verdict' in ours) return { verdict: ours.verdict, approvals: [] };
  const approved = ours.reviews.filter(review => review.state === 'approved');
  const valid = approved.filter(review => may(approve, review.login) && !isOriginator(plan, review.login));
  const people = distinct(valid.map(review => review.login));
  const waited = now - Date.parse(plan.made);
  if (people.length < approve.count) return { verdict: missing(plan, approve, approved, people), approvals: [] };
  if (approve.within !== undefined && !(waited <= approve.within)) {
    const message = `${people.join(', ')} approved ${formatDuration(waited)} after the plan was made; it had to be${withinText(approve.within)}.`;
    return {
      verdict: rule(name, 'fail', 'approval-too-late', message, { by: people, made: plan.made }),
      approvals: [],
    };
  }
  const message = `${people.join(', ')} approved, ${formatDuration(waited)} after the plan was made.`;
  const at = new Date(now).toISOString();
  const approvals = valid.map(({ login, comment }) => ({
    login,
    at,
    source: 'environment' as const,
    ...(comment === '' ? {} : { comment }),
  }));
  return { verdict: rule(name, 'pass', 'approved', message, { by: people }), approvals };
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
    const message = `${own.login} approved, but also started this release; somebody else has to.`;
    return rule(name, 'fail', 'approval-by-originator', message, evidence, next);
  }
  const outsider = approved.find(review => !may(approve, review.login));
  const teams = approve.by.filter(isTeam);
  if (outsider !== undefined && teams.length > 0) {
    const message = `${outsider.login} approved; whether they belong to ${teams.join(', ')} cannot be read with this token.`;
    return rule(name, 'inconclusive', 'approval-unreadable', message, evidence, nameThem);
  }
  if (outsider !== undefined) {
    const message = `${outsider.login} approved, but is not among ${approve.by.join(', ')}.`;
    return rule(name, 'fail', 'approval-by-outsider', message, evidence, next);
  }
  if (people.length > 0) {
    const message = `${people.join(', ')} approved; ${approve.count} of ${approve.by.join(', ')} have to.`;
    return rule(name, 'fail', 'approval-missing', message, evidence, next);
  }
  return letInUnasked(plan, approved);
}

function whoCan(approve: PlannedApproval, originators: readonly string[]): readonly string[] {
  return distinct(approve.by).filter(login => !isAmong(login, originators));
}

function may(approve: PlannedApproval, login: string): boolean {
  return isAmong(login, approve.by);
}

function isOriginator(plan: Plan, login: string): boolean {
  return isAmong(login, plan.originators);
}
