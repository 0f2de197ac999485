import type { Plan } from '../plan/plan.ts';
import type { RuleVerdict } from '../verdict.ts';
import { rule } from './rule.ts';

/** One review of the environment, as GitHub lists it. It gives neither a time nor an attempt: the approved job’s start is the time. */
export interface Review {
  readonly login: string;
  readonly state: 'approved' | 'rejected' | 'pending';
  readonly comment: string;
}

/** Which attempt of the run asks, and what is known of the earlier ones. GitHub lists the reviews of all attempts together. */
export interface AttemptFacts {
  readonly number: number;
  /** How many reviews of the environment this run had when an earlier attempt was let in. */
  readonly used: number;
  /** Whom the environment asks before it lets a job in; undefined: could not be read. Looked at from the second attempt on. */
  readonly reviewers: readonly string[] | undefined;
}

export const firstAttempt: AttemptFacts = { number: 1, used: 0, reviewers: undefined };

/**
 * The reviews that let the job of this attempt in. GitHub gives a review neither a time nor an attempt, only an order, and asks
 * again in every attempt: so whatever was there when the plan was made, or when an earlier attempt was let in, was for something
 * else; and where the plan itself is of an earlier attempt ("re-run failed jobs"), only the newest can be this attempt's.
 * `reviews`: all of the run and the environment, oldest first.
 */
export function reviewsOfAttempt(
  plan: Plan,
  reviews: readonly Review[],
  attempt: AttemptFacts,
): { readonly reviews: readonly Review[] } | { readonly verdict: RuleVerdict } {
  if (attempt.number === 1) return { reviews };
  const { name } = plan.environment;
  const { asked } = plan;
  if (asked === undefined || attempt.reviewers === undefined) {
    const message = `Which approvals of ${name} are of this attempt, the ${ordinal(attempt.number)}, could not be read.`;
    return { verdict: rule('approval', 'inconclusive', 'approval-unreadable', message) };
  }
  if (attempt.reviewers.length === 0) {
    return { verdict: letInUnasked(plan, reviews) };
  }
  const later = reviews.slice(Math.max(asked.reviews, attempt.used));
  const own = attempt.number > asked.attempt ? later.slice(-1) : later;
  const earlier = reviews.filter(review => review.state === 'approved').map(review => review.login);
  if (own.length > 0 || earlier.length === 0) return { reviews: own };
  const message = `${earlier.join(', ')} approved an earlier attempt of this run; nobody has approved this one, the ${ordinal(attempt.number)}.`;
  return { verdict: rule('approval', 'fail', 'approval-of-earlier-attempt', message, { approvedBy: earlier }) };
}

/** The environment has no required reviewers, or does not even exist: GitHub makes it on the spot. */
export function letInUnasked({ environment }: Plan, reviews: readonly Review[]): RuleVerdict {
  const message = `Nobody who may approve has: the environment ${environment.name} let the job in without asking.`;
  const configure = `Set the environment’s required reviewers to ${environment.approve?.by.join(', ') ?? 'those who may approve'}.`;
  return rule(
    'approval',
    'fail',
    'approval-missing',
    message,
    { approvedBy: reviews.map(({ login }) => login) },
    configure,
  );
}

function ordinal(number: number): string {
  const ending = { one: 'st', two: 'nd', few: 'rd', other: 'th', zero: 'th', many: 'th' };
  return `${number}${ending[new Intl.PluralRules('en', { type: 'ordinal' }).select(number)]}`;
}
