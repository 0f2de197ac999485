import { gitHubAccess } from '#action-kit/github-access';
import type { Kit } from '#action-kit/kit';
import { type Finding, FindingError } from '#core/finding';
import { stoppedUnderLock } from '#core/gate/under-lock';
import { isSameRun, type LockJudgement } from '#core/journal/lock';
import type { EnvironmentState } from '#core/journal/state';
import { isSuccess } from '#core/outcome';
import { type Plan, requiredChecks } from '#core/plan/plan';
import { shared } from '#core/together';
import { type DisplayState, showPlan } from '#github/deployments';
import type { Writer } from '#github/journal/append';
import { appendAsHolder, assertStillHolder, lockEnvironment, lockJudgement } from '#github/journal/lock';
import type { Journal } from '#github/journal/read';
import { createWriter } from '#github/writer';
import type { Part } from './inputs.ts';
import { createNotebook } from './notebook.ts';
import { type DeployRecord, endHappenings, partHappening, startHappenings } from './record.ts';

/** Takes the environment for this run and writes down what happens to it. Several jobs of one run share its lock and its journal. */
export async function openJournal(kit: Kit, token: string, plan: Plan, part?: Part): Promise<DeployRecord> {
  const { clock } = kit;
  const { name } = plan.environment;
  const writer = createWriter(gitHubAccess(kit, token));
  // A flow that only advises is stopped by nothing that is judged, here neither.
  const stoppedBy = ({ state }: Journal, lock: LockJudgement): readonly Finding[] =>
    plan.environment.enforce ? stoppedUnderLock({ plan, state, lock, now: clock.now() }) : [];
  const journal = await lockEnvironment(writer, name, `release of ${plan.release.version}`, (current, found) => {
    const stopped = stoppedBy(current, found);
    if (stopped.length > 0) throw new FindingError(stopped);
    return part !== undefined && hasBegun(current.state, writer) ? [] : startHappenings(plan, current.state);
  });
  let begun = false;
  const look = shared(() => assertStillHolder(writer, name));
  const write = createNotebook(kit, plan, async happenings => {
    await appendAsHolder(writer, name, () => happenings);
  });
  const isLeg = part !== undefined && part !== 'all';
  // The job that waits for all of them shows people what becomes of the release.
  const show = async (state: DisplayState, description: string) => {
    const warning = isLeg ? undefined : await showPlan(writer, plan, state, description);
    if (warning !== undefined) kit.log.warning(warning);
  };
  await show('in_progress', `Deploying ${plan.release.version}`);

  return {
    verified: component => journal.state.verified?.snapshots[component] ?? null,
    async beforeChange() {
      const current = await look();
      const elsewhere = failedElsewhere(current.state);
      if (elsewhere !== undefined) return [elsewhere];
      const stopped = begun ? [] : stoppedBy(current, await lockJudgement(writer, current));
      begun ||= stopped.length === 0;
      return stopped;
    },
    receipt: (receipt, outcome) => write([{ type: 'receipt', release: plan.release, receipt, outcome }]),
    async finish(result) {
      if (isLeg) return write([partHappening(plan, part, result)]);
      const happenings = endHappenings(plan, result);
      if (happenings.length > 0) await write(happenings);
      if (!isSuccess(result.outcome)) await show('failure', result.message);
      else if (requiredChecks(plan.environment).length === 0)
        await show('success', `${plan.release.version} is verified`);
    },
  };
}

/** Another job of this run, in this very attempt, has written down that the release starts. */
function hasBegun({ attempt }: EnvironmentState, { run }: Writer): boolean {
  return attempt !== null && isSameRun(attempt.run, run) && attempt.run.attempt === run.attempt;
}

/** One part that fails stops what has not begun in the others: all of it is going to come back. */
function failedElsewhere({ attempt }: EnvironmentState): Finding | undefined {
  const [failed] = Object.entries(attempt?.parts ?? {}).filter(([, end]) => !isSuccess(end.outcome));
  if (failed === undefined) return undefined;
  const [part, { reason }] = failed;
  const message = `Part ${part} of this release has failed (${reason}), so nothing more is begun.`;
  return { reason: 'part-failed', message, evidence: { part, reason } };
}
