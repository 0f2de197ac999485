import type { Check, Happening } from '#core/journal/event';
import type { EnvironmentState } from '#core/journal/state';
import { comesBack, type Plan, requiredChecks } from '#core/plan/plan';
import type { Verdict } from '#core/verdict';
import { showPlan } from '../deployments.ts';
import { createWriter, type WriterOptions } from '../writer.ts';
import type { Writer } from './append.ts';
import { appendAsHolder } from './lock.ts';
import type { Journal } from './read.ts';

/** Writes down what the check came to. */
export type RecordVerdict = (verdict: Verdict) => Promise<void>;

/** Opened before the check begins, so that a missing token is told at once. Throws a `FindingError` without one. */
export function openCheckRecord(
  options: WriterOptions,
  plan: Plan,
  check: Check,
  warn: (text: string) => void,
): RecordVerdict {
  const writer = createWriter(options);
  return async verdict => {
    const { warning } = await recordCheck(writer, plan, check, verdict);
    if (warning !== undefined) warn(warning);
  };
}

/**
 * Writes down what a check of the deployed release came to. The last check that has to pass makes the release verified and
 * gives the environment back.
 */
export async function recordCheck(
  writer: Writer,
  plan: Plan,
  check: Check,
  verdict: Verdict,
): Promise<{ readonly journal: Journal; readonly warning: string | undefined }> {
  let happenings: readonly Happening[] = [];
  const journal = await appendAsHolder(writer, plan.environment.name, ({ state }) => {
    happenings = checkHappenings(state, plan, check, verdict);
    return happenings;
  });
  return { journal, warning: await show(writer, plan, happenings) };
}

/** People see the release succeed when it is verified, not when its tasks run. */
async function show(writer: Writer, plan: Plan, happenings: readonly Happening[]): Promise<string | undefined> {
  const failed = happenings.find(happening => happening.type === 'failed');
  if (failed !== undefined) return showPlan(writer, plan, 'failure', failed.message);
  const verified = happenings.some(happening => happening.type === 'verified');
  return verified ? showPlan(writer, plan, 'success', `${plan.release.version} is verified`) : undefined;
}

export function checkHappenings(
  state: EnvironmentState,
  plan: Plan,
  check: Check,
  verdict: Verdict,
): readonly Happening[] {
  // A release that had nothing to change is not yet what runs: the attempt names what is checked.
  const release = state.attempt?.release ?? state.running?.release ?? plan.release;
  if (verdict.verdict !== 'pass') {
    const { reason, message, evidence } = verdict;
    const failed: Happening = {
      type: 'failed',
      release,
      outcome: 'failed',
      reason,
      message: `${check}: ${message}`,
      evidence,
    };
    const bringsBack = state.attempt !== null && comesBack(plan, 'failed');
    return bringsBack ? [failed] : [failed, { type: 'unlocked', note: `the ${check} did not pass` }];
  }
  const checked: Happening = { type: 'checked', release, check, rules: verdict.rules };
  // After a rollback the release that was restored is verified already: the check only confirms it.
  if (state.attempt === null)
    return [checked, { type: 'unlocked', note: `${release.version} runs, and its ${check} passes` }];
  const passed = { ...state.attempt.checks, [check]: verdict.rules };
  const missing = requiredChecks(plan.environment).filter(required => passed[required] === undefined);
  if (missing.length > 0) return [checked];
  const checks = Object.values(passed).flat();
  return [checked, { type: 'verified', release, checks }, { type: 'unlocked', note: 'the release is verified' }];
}
