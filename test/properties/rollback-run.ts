import type { Kit } from '#action-kit/kit';
import { FindingError } from '#core/finding';
import { startedRollback } from '#core/gate/asked-rollback';
import type { Standing } from '#core/journal/state';
import type { Plan } from '#core/plan/plan';
import { assertStillHolder, lockEnvironment } from '#github/journal/lock';
import { readJournal } from '#github/journal/read';
import { record } from '../../actions/rollback/record.ts';
import type { Inputs } from '../../actions/validate-tag/inputs.ts';
import { planParkedRollback } from '../../actions/validate-tag/plan-parked-rollback.ts';
import { planRollback } from '../../actions/validate-tag/plan-rollback.ts';
import { testKit } from '../verify/kit.ts';
import {
  assertAllowed,
  end,
  judgeAhead,
  ofRun,
  type RollbackRun,
  referenceOf,
  type Setting,
  type Steps,
  states,
  writerOf,
} from './run.ts';
import { flowPath, note } from './world.ts';

/** The job `plan` of a rollback: the product’s own, whether it is asked for or waits. */
export async function planReturn(setting: Setting, run: RollbackRun): Promise<void> {
  const { world } = setting;
  const plan = await planned(setting, run);
  if (plan?.request === undefined) return end(setting, run);
  run.plan = plan;
  const request = plan.request.id;
  const wish = world.wishes.get(request) ?? { by: [], named: false };
  note(world, { what: 'planned-back', ...ofRun(run), request, ...wish, to: plan.release });
  await judgeAhead(setting, run, plan, await states(setting, run));
}

/** Undefined where there is nothing to go back to, or no rollback waits. */
async function planned(setting: Setting, run: RollbackRun): Promise<Plan | undefined> {
  const { github } = writerOf(setting, run);
  const kit = kitOf(setting, run);
  const { version, word } = run;
  const wish = { environment: 'prod', why: 'logins fail', ...(version === undefined ? {} : { version }) };
  const inputs: Inputs = {
    ...{ flow: flowPath, githubToken: '', dryRun: false, images: {}, components: [], vars: {} },
    operation: { kind: 'rollback', ...wish },
  };
  const planning =
    word === undefined ? planRollback(kit, github, inputs, wish) : planParkedRollback(kit, github, inputs, wish, word);
  const { plan } = await planning.catch((error: unknown) => {
    if (error instanceof FindingError) return { plan: undefined };
    throw error;
  });
  return plan;
}

function kitOf({ world }: Setting, run: RollbackRun): Kit {
  const clock = { now: () => world.now, sleep: () => Promise.reject(new Error('nobody sleeps')) };
  const kit = testKit(clock, '.');
  const [login = ''] = run.by;
  const people = { actor: login, triggeringActor: login, eventName: 'workflow_dispatch' };
  return { ...kit, run: { ...kit.run, run: referenceOf(run), ...people } };
}

export const rollbackSteps: Steps<RollbackRun> = { judged: begin, begun: goBack, changed: conclude };

/** Where it goes to is found out before the environment is taken, as the action does it. */
async function begin(setting: Setting, run: RollbackRun, plan: Plan): Promise<void> {
  const { world } = setting;
  const writer = writerOf(setting, run);
  const { state } = await readJournal(writer.github, 'prod');
  run.goal = setting.judges.goal(state, plan.release.tag, plan.from);
  await lockEnvironment(writer, 'prod', `rollback to ${plan.release.version}`, (current, found) => {
    assertAllowed(setting, plan, current, found);
    return startedRollback(plan, current.state);
  });
  note(world, { what: 'began', ...ofRun(run) });
  run.phase = 'begun';
}

async function goBack(setting: Setting, run: RollbackRun): Promise<void> {
  await assertStillHolder(writerOf(setting, run), 'prod');
  note(setting.world, { what: 'went-back', ...ofRun(run), to: goalOf(run).release });
  run.phase = 'changed';
}

/** It is written down, and what was gone back from is held. */
async function conclude(setting: Setting, run: RollbackRun, plan: Plan): Promise<void> {
  const result = { outcome: 'succeeded', reason: 'restored', message: 'It runs again.', evidence: {} } as const;
  const ended = { plan, goal: goalOf(run), bad: plan.from, result, returns: [], took: 1, decided: new Set<string>() };
  await record(writerOf(setting, run), { ...ended, reason: 'logins fail' });
  end(setting, run);
}

function goalOf({ goal }: RollbackRun): Standing {
  if (goal === undefined) throw new Error('it has not begun');
  return goal;
}
