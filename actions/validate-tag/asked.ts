import type { Plan } from '#core/plan/plan';
import type { RunReference } from '#core/release';
import { reviewsOf } from '#github/approvals';
import type { GitHub } from '#github/client';

/** Notes what GitHub has of approvals before anybody can have seen this plan: in a later attempt, those of the earlier ones. */
export async function withAsked(github: GitHub, run: RunReference, plan: Plan): Promise<Plan> {
  if (plan.environment.approve === undefined) return plan;
  const { attempt } = run;
  const reviews = attempt === 1 ? [] : await reviewsOf(github, run, plan.environment.name);
  return reviews === undefined ? plan : { ...plan, asked: { attempt, reviews: reviews.length } };
}
