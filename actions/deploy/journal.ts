import type { Kit } from '#action-kit/kit';
import { FindingError } from '#core/finding';
import { judgeHolds } from '#core/gate/holds';
import { isSuccess } from '#core/outcome';
import type { Plan } from '#core/plan/plan';
import { requiredChecks } from '#core/plan/plan';
import { findingOfRule } from '#core/verdict';
import { type DisplayState, showPlan } from '#github/deployments';
import { appendAsHolder, assertStillHolder, lockEnvironment } from '#github/journal/lock';
import type { Journal } from '#github/journal/read';
import { createWriter } from '#github/writer';
import { type DeployRecord, endHappenings, startHappenings } from './record.ts';

/** Takes the environment for this run and writes down what happens to it. */
export async function openJournal(kit: Kit, token: string, plan: Plan): Promise<DeployRecord> {
  const { clock, random, run } = kit;
  const { name } = plan.environment;
  const writer = createWriter({ token, apiUrl: run.apiUrl, run: run.run, clock, random });
  const holdOf = ({ state }: Journal) => judgeHolds({ plan, state, now: clock.now() });
  const journal = await lockEnvironment(writer, name, `release of ${plan.release.version}`, current => {
    const hold = holdOf(current);
    if (hold.verdict !== 'pass') throw new FindingError([findingOfRule(hold)]);
    return startHappenings(plan);
  });
  let begun = false;
  const show = async (state: DisplayState, description: string) => {
    const warning = await showPlan(writer, plan, state, description);
    if (warning !== undefined) kit.log.warning(warning);
  };
  await show('in_progress', `Deploying ${plan.release.version}`);

  return {
    verified: component => journal.state.verified?.snapshots[component] ?? null,
    async beforeChange() {
      const current = await assertStillHolder(writer, name);
      const hold = holdOf(current);
      if (!begun && hold.verdict !== 'pass') return [findingOfRule(hold)];
      begun = true;
      return [];
    },
    async receipt(receipt, outcome) {
      await appendAsHolder(writer, name, () => [{ type: 'receipt', release: plan.release, receipt, outcome }]);
    },
    async finish(result) {
      const happenings = endHappenings(plan, result);
      if (happenings.length > 0) await appendAsHolder(writer, name, () => happenings);
      if (!isSuccess(result.outcome)) await show('failure', result.message);
      else if (requiredChecks(plan.environment).length === 0)
        await show('success', `${plan.release.version} is verified`);
    },
  };
}
