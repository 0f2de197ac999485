import type { RuleVerdict } from '../verdict.ts';
import type { GateFacts } from './facts.ts';
import { judgeReviews } from './reviews.ts';
import { notKnown, rule } from './rule.ts';

const name = 'emergency reviews';

/** The reviews that an emergency needs instead of those that it breaks. Nothing breaks these. */
export function judgeEmergencyReviews({ plan, found }: Pick<GateFacts, 'plan' | 'found'>): readonly RuleVerdict[] {
  const policy = plan.environment.emergencyReviews;
  if (policy === undefined) return [];
  const sought = found.reviews;
  if (sought === undefined) return [rule(name, 'error', 'gate-not-looked-up', 'Nobody looked up what was reviewed.')];
  if (!sought.known) return [notKnown(name, sought.finding)];
  return judgeReviews({ policy, found: sought.value }).map(judged => ({ ...judged, rule: name }));
}
