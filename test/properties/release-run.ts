import { FindingError } from '#core/finding';
import type { EnvironmentState } from '#core/journal/state';
import { rollbackGoal } from '#core/plan/goal';
import { makePlan } from '#core/plan/make-plan';
import type { Plan } from '#core/plan/plan';
import { type Release, sameContent } from '#core/release';
import { appendAsHolder, assertStillHolder, giveBack, lockEnvironment, lockJudgement } from '#github/journal/lock';
import { endHappenings, startHappenings } from '../../actions/deploy/record.ts';
import { record as recordReturn } from '../../actions/rollback/record.ts';
import { snapshot } from '../core/fixture.ts';
import { type Commit, rules } from './history.ts';
import {
  assertAllowed,
  end,
  judgeAhead,
  type Known,
  ofRun,
  type ReleaseRun,
  type Setting,
  type Steps,
  states,
  writerOf,
} from './run.ts';
import { flowPath, flows, note } from './world.ts';

/** The job `plan` of a release. */
export async function planRelease(setting: Setting, run: ReleaseRun): Promise<void> {
  const { world } = setting;
  const known = await states(setting, run);
  const plan = planOf(setting, run, known);
  run.plan = plan;
  const { commit, by } = run;
  note(world, { what: 'planned', ...ofRun(run), commit, by, digest: plan.artifacts[rules.component]?.image ?? '' });
  await judgeAhead(setting, run, plan, known);
}

export const releaseSteps: Steps<ReleaseRun> = { judged: begin, begun: change, changed: conclude };

async function begin(setting: Setting, run: ReleaseRun, plan: Plan): Promise<void> {
  const { world } = setting;
  await lockEnvironment(writerOf(setting, run), 'prod', `release of ${plan.release.version}`, (current, found) => {
    assertAllowed(setting, plan, current, found);
    return startHappenings(plan, current.state);
  });
  note(world, { what: 'began', ...ofRun(run) });
  run.phase = 'begun';
}

async function change(setting: Setting, run: ReleaseRun, plan: Plan): Promise<void> {
  const { world } = setting;
  const writer = writerOf(setting, run);
  const { release } = plan;
  const current = await assertStillHolder(writer, 'prod');
  try {
    assertAllowed(setting, plan, current, await lockJudgement(writer, current));
  } catch (error) {
    await giveBack(writer, 'prod', 'refused');
    throw error;
  }
  note(world, { what: 'changed', ...ofRun(run), digest: plan.artifacts[rules.component]?.image ?? '' });
  const before = current.state.running?.snapshots[rules.component] ?? snapshot('before the journal');
  const receipt = { component: rules.component, before, after: snapshot(release.version) };
  await appendAsHolder(writer, 'prod', () => [{ type: 'receipt', release, receipt, outcome: 'succeeded' }]);
  run.phase = 'changed';
}

/** It is verified, or brought back in the same job, and held. */
async function conclude(setting: Setting, run: ReleaseRun, plan: Plan): Promise<void> {
  const writer = writerOf(setting, run);
  const outcome = run.fails ? 'failed' : 'succeeded';
  const result = {
    outcome,
    reason: run.fails ? 'crash-loop' : 'deployed',
    message: 'It ended.',
    evidence: {},
  } as const;
  await appendAsHolder(writer, 'prod', () => endHappenings(plan, result));
  if (run.fails) await bringBack(setting, run, plan);
  else note(setting.world, { what: 'verified', ...ofRun(run) });
  end(setting, run);
}

async function bringBack(setting: Setting, run: ReleaseRun, plan: Plan): Promise<void> {
  const { world } = setting;
  const writer = writerOf(setting, run);
  const { state } = await assertStillHolder(writer, 'prod');
  const bad = plan.release;
  const goal = rollbackGoal(state, undefined, bad);
  note(world, { what: 'came-back', ...ofRun(run), to: goal.release });
  const result = { outcome: 'succeeded', reason: 'restored', message: 'It runs again.', evidence: {} } as const;
  const ended = { plan, goal, bad, result, returns: [], took: 1, decided: new Set<string>(), reason: 'crash-loop' };
  await recordReturn(writer, ended);
}

function planOf({ world }: Setting, run: ReleaseRun, { prod, stage }: Known): Plan {
  const release = releaseOf(run.commit);
  const { running } = prod.state;
  const { word } = run;
  const made = makePlan({
    ...{ flow: flows[world.quorum], file: flowPath, environment: 'prod', release, now: world.now },
    artifacts: run.rebuilt
      ? { [rules.component]: { image: `sha256:built by run ${run.number}` } }
      : (recordedOf(release, [...stage.recorded, ...prod.state.recorded])?.artifacts ?? {}),
    ...(word === undefined ? {} : { goesOn: { by: word.by, since: word.since } }),
    ref: `refs/tags/${release.tag}`,
    ...{ originators: run.by, vars: {}, operation: 'release', only: [] },
    ...(running === null ? {} : { runs: running.release }),
  });
  if (!made.ok) throw new FindingError(made.findings);
  const { attempt } = run;
  const reviews = world.blind.has('approvals') && attempt > 1 ? undefined : (world.clicks.get(run.number)?.length ?? 0);
  return reviews === undefined ? made.plan : { ...made.plan, asked: { attempt, reviews } };
}

function recordedOf(release: Release, recorded: EnvironmentState['recorded']) {
  return (
    recorded.find(entry => entry.release.sha === release.sha) ??
    recorded.find(entry => sameContent(entry.release, release))
  );
}

export function releaseOf({ version, sha, tree }: Commit): Release {
  return { version, tag: `v${version}`, sha, tree };
}
