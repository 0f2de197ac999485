import { findingOf } from '#aws/denied';
import { AwsCallError } from '#aws/errors';
import type { Finding } from '#core/finding';
import type { Snapshot } from '#core/receipt';
import { sentence } from '#core/report/sentence';
import type { Applied, Driver, Ending, Rollout } from '#core/target';

export interface WayBack {
  /** The state to come back to: the last verified one where a journal knows it, else what ran before. */
  readonly goal: Snapshot | null;
  readonly verified: boolean;
}

/**
 * Brings a component back after its change failed. The service’s own rollback goes to the last *completed* revision, which may
 * never have been verified: what runs afterwards is compared with the goal and corrected.
 */
export async function comeBack(
  driver: Driver,
  rollout: Rollout | undefined,
  failed: Ending,
  way: WayBack,
): Promise<Ending> {
  const taken = rollout === undefined ? failed : await rollout.takeBack();
  const why = sentence(failed.message);
  if (way.goal === null) {
    return taken.outcome === 'rolled-back'
      ? taken
      : { ...taken, reason: 'no-way-back', message: `${why} Nothing ran before, so there is nothing to go back to.` };
  }
  try {
    return await restored(driver, way.goal, failed, way);
  } catch (error) {
    if (!(error instanceof AwsCallError)) throw error;
    return barred(failed, findingOf(error));
  }
}

async function restored(driver: Driver, goal: Snapshot, failed: Ending, way: WayBack): Promise<Ending> {
  const why = sentence(failed.message);
  const back = await driver.restore(goal, 'by-itself');
  switch (back.kind) {
    case 'no-op':
      return rolledBack(failed, back.snapshot, way, why);
    case 'refused':
      return barred(failed, ...back.findings);
    case 'change': {
      const ending = await endOf(await back.apply());
      return ending.outcome === 'succeeded'
        ? rolledBack(failed, ending.after, way, why)
        : {
            ...ending,
            outcome: 'failed',
            reason: 'rollback-failed',
            message: `${why} So did the way back: ${ending.message}`,
          };
    }
  }
}

function barred(failed: Ending, ...findings: readonly Finding[]): Ending {
  const reasons = findings.map(finding => sentence(finding.message)).join(' ');
  const next = findings[0]?.next;
  return {
    ...failed,
    outcome: 'failed',
    reason: 'rollback-failed',
    message: `${sentence(failed.message)} The way back is barred: ${reasons}`,
    ...(next === undefined ? {} : { next }),
  };
}

function rolledBack(failed: Ending, after: Snapshot | null, way: WayBack, why: string): Ending {
  const where = way.verified ? 'The last verified release runs again.' : 'What ran before runs again.';
  return { ...failed, outcome: 'rolled-back', message: `${why} ${where}`, after };
}

async function endOf(applied: Applied): Promise<Ending> {
  return applied.kind === 'ended' ? applied.ending : applied.rollout.follow();
}
