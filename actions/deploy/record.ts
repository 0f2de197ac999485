import type { Finding } from '#core/finding';
import { droppedRollbacks } from '#core/gate/asked-rollback';
import type { Happening } from '#core/journal/event';
import type { EnvironmentState } from '#core/journal/state';
import { isSuccess, type Outcome, type Result } from '#core/outcome';
import { partName } from '#core/plan/parts';
import { comesBack, componentsOf, type Plan, requiredChecks } from '#core/plan/plan';
import type { Receipt, Snapshot } from '#core/receipt';
import type { RuleVerdict } from '#core/verdict';
import type { Part } from './inputs.ts';

/** What a deployment writes down, and what it knows from what was written. */
export interface DeployRecord {
  /** The last verified state of a component; null when none is recorded. */
  verified(component: string): Snapshot | null;
  /**
   * Called right before a change. Throws when this run does not hold the environment any more; answers what forbids the change,
   * nothing where it may begin. A release that has begun is not stopped half-way by a hold.
   */
  beforeChange(): Promise<readonly Finding[]>;
  receipt(receipt: Receipt, outcome: Outcome): Promise<void>;
  finish(result: Result): Promise<void>;
}

/** What follows from the end of a deployment; a release without smoke test and watch is verified by its deployment alone. */
export function endHappenings(plan: Plan, result: Result): readonly Happening[] {
  const { release } = plan;
  if (!isSuccess(result.outcome)) {
    const { outcome, reason, message, evidence } = result;
    const failed: Happening = { type: 'failed', release, outcome, reason, message, evidence };
    // Where a rollback follows in this job, it keeps the lock and gives it back.
    return comesBack(plan, outcome) ? [failed] : [failed, { type: 'unlocked', note: `the deployment was ${outcome}` }];
  }
  if (requiredChecks(plan.environment).length > 0) return [];
  const check: RuleVerdict = {
    rule: 'deployment',
    verdict: 'pass',
    reason: 'deployed',
    message: result.message,
    evidence: result.evidence,
  };
  return [
    { type: 'verified', release, checks: [check] },
    { type: 'unlocked', note: 'the release is verified' },
  ];
}

/** What one job of several came to: the release as a whole is judged by the job that waits for all of them. */
export function partHappening(
  { release }: Plan,
  { number, of }: Exclude<Part, 'all'>,
  { outcome, reason, message, evidence }: Result,
): Happening {
  return { type: 'part-ended', release, part: partName(number, of), outcome, reason, message, evidence };
}

export function startHappenings(plan: Plan, state: EnvironmentState): readonly Happening[] {
  const components = componentsOf(plan).map(component => component.name);
  return [...droppedRollbacks(plan, state), { type: 'started', release: plan.release, components }];
}
