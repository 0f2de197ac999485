import { planOf } from '#action-kit/common-inputs';
import type { ActionEnd, Kit } from '#action-kit/kit';
import { targetRuntime } from '#action-kit/runtime';
import { concurrently } from '#core/concurrently';
import { FindingError } from '#core/finding';
import { judgeHolds } from '#core/gate/holds';
import type { Happening, Hold } from '#core/journal/event';
import type { EnvironmentState, Standing } from '#core/journal/state';
import { isSuccess, type Outcome, type Result, worst } from '#core/outcome';
import { rollbackGoal, unrecorded } from '#core/plan/goal';
import { comesBack, componentsOf, type Plan, requiredChecks } from '#core/plan/plan';
import type { Snapshot } from '#core/receipt';
import type { Release } from '#core/release';
import { findingOfRule } from '#core/verdict';
import { showPlan } from '#github/deployments';
import type { Writer } from '#github/journal/append';
import { appendAsHolder, assertStillHolder, giveBack, lockEnvironment } from '#github/journal/lock';
import { readJournal } from '#github/journal/read';
import { createWriter } from '#github/writer';
import { createDrivers, type Drivers } from '#targets/registry';
import { returnByReceipt } from './by-receipt.ts';
import type { Inputs } from './inputs.ts';
import { type ComponentReturn, notReturned, returnComponent, toldOf } from './return-component.ts';
import { summarise } from './summary.ts';

/** Brings back what ran before, by a receipt, or a release that was verified, by the journal. */
export async function rollback(kit: Kit, inputs: Inputs): Promise<ActionEnd> {
  const { work } = inputs;
  if (work.kind === 'receipt') return returnByReceipt(kit, work, inputs);
  return returnByJournal(kit, planOf(work.plan, inputs.environment, inputs.flow), inputs);
}

/** Brings back a release that was verified, records it, and holds the version that it replaces. */
async function returnByJournal(kit: Kit, plan: Plan, inputs: Inputs): Promise<ActionEnd> {
  const { clock, random, run } = kit;
  const writer = createWriter({ token: inputs.githubToken, apiUrl: run.apiUrl, run: run.run, clock, random });
  const environment = plan.environment.name;
  const left = leftAsItIs(plan, inputs.deployOutcome);
  if (left !== undefined) {
    if (!inputs.dryRun) await giveBack(writer, environment, left.message);
    return { kind: 'outcome', result: left, details: {} };
  }
  const { state } = await readJournal(writer.github, environment);
  const bad = plan.operation === 'rollback' ? plan.from : plan.release;
  const planned =
    plan.operation === 'rollback' && plan.release.version !== unrecorded ? plan.release.version : undefined;
  const wanted = inputs.version ?? planned;
  const goal = rollbackGoal(state, wanted, bad);
  kit.log.info(
    `${environment}: back to ${goal.release.version}${bad === undefined ? '' : ` from ${bad.version}`}: ${inputs.reason}`,
  );

  if (!inputs.dryRun)
    await lockEnvironment(writer, environment, `rollback to ${goal.release.version}`, current => {
      // The way back of a failed release waits for nobody; one that a person asked for does not go to a version that is held.
      const hold = judgeHolds({ plan, state: current.state, now: clock.now() });
      if (plan.operation === 'rollback' && hold.verdict !== 'pass') throw new FindingError([findingOfRule(hold)]);
      return [];
    });
  const driverOf = createDrivers(targetRuntime(kit, { token: inputs.githubToken }), 'only-back');
  const decided = decidedElsewhere(state, plan);
  const returns = await returnAll(kit, { plan, goal, driverOf, writer, decided, dryRun: inputs.dryRun });
  kit.summary(summarise(environment, goal.release.version, inputs.reason, returns));
  const result = conclude(environment, goal, returns);
  if (!inputs.dryRun) {
    await record(writer, { plan, goal, bad, decided, returns, result, reason: inputs.reason });
    if (isSuccess(result.outcome))
      await warn(kit, showPlan(writer, { ...plan, release: goal.release }, 'success', result.message));
  }
  // What nobody recorded has no version that a smoke test could ask for.
  const recorded = isSuccess(result.outcome) && goal.release.version !== unrecorded;
  kit.setOutput('version', recorded ? goal.release.version : '');
  kit.setOutput('release-sha', recorded ? goal.release.sha : '');
  return {
    kind: 'outcome',
    result,
    details: { release: goal.release, from: bad ?? null, components: toldOf(returns) },
  };
}

/** A release whose deployment changed nothing, or was decided by somebody else, is not ours to undo. */
function leftAsItIs(plan: Plan, deployOutcome: Outcome | undefined): Result | undefined {
  if (deployOutcome === undefined) return undefined;
  const leaves = (why: string): Result => ({
    outcome: 'no-op',
    reason: 'nothing-to-change',
    message: `Nothing was rolled back: ${why}`,
    evidence: { deployOutcome },
  });
  if (plan.environment.onFailure !== 'rollback') {
    return leaves(`the flow file says on-failure: ${plan.environment.onFailure} for ${plan.environment.name}.`);
  }
  return comesBack(plan, deployOutcome) ? undefined : leaves(`the deployment was ${deployOutcome}.`);
}

/** Components that somebody else took over or stopped while this release was at work on them: their decision stands. */
function decidedElsewhere({ attempt }: EnvironmentState, { operation, release }: Plan): ReadonlySet<string> {
  const ended = operation === 'release' && attempt?.release.sha === release.sha ? Object.entries(attempt.ended) : [];
  return new Set(ended.flatMap(([name, outcome]) => (outcome === 'superseded' || outcome === 'stopped' ? [name] : [])));
}

interface Return {
  readonly decided: ReadonlySet<string>;
  readonly plan: Plan;
  readonly goal: Standing;
  readonly driverOf: Drivers;
  readonly writer: Writer;
  readonly dryRun: boolean;
}

/** In the reverse order of the deployment, one wave after the other. */
async function returnAll(
  kit: Kit,
  { plan, goal, driverOf, writer, decided, dryRun }: Return,
): Promise<readonly ComponentReturn[]> {
  const returns: ComponentReturn[] = [];
  const cause = plan.operation === 'rollback' ? 'asked-for' : 'by-itself';
  for (const wave of plan.waves.toReversed()) {
    for (const { name } of wave.filter(component => decided.has(component.name))) {
      kit.log.warning(`${name}: somebody else has decided what runs, so it is left as it is.`);
    }
    const concerned = wave.flatMap(component => {
      const snapshot = decided.has(component.name) ? undefined : goal.snapshots[component.name];
      return snapshot === undefined ? [] : [{ component, snapshot }];
    });
    if (!dryRun) await assertStillHolder(writer, plan.environment.name);
    returns.push(
      ...(await concurrently(concerned, atOnce, async ({ component, snapshot }) => {
        const { name } = component;
        const began = kit.clock.now();
        try {
          return await returnComponent(kit, { name, driver: await driverOf(component), snapshot, cause, dryRun });
        } catch (thrown) {
          // Whatever bars one component: the others come back all the same.
          return notReturned(kit, name, thrown, began);
        }
      })),
    );
  }
  return returns;
}

/** Components at the same time: hundreds of them come back in one job. */
const atOnce = 100;

function conclude(environment: string, goal: Standing, returns: readonly ComponentReturn[]): Result {
  const deciding = worst(returns);
  const { version } = goal.release;
  if (deciding === undefined) {
    const message = `The record of ${version} names none of the components of ${environment}.`;
    return { outcome: 'refused', reason: 'journal-invalid', message, evidence: { version } };
  }
  if (!isSuccess(deciding.outcome)) return deciding;
  if (returns.every(entry => entry.reason === 'dry-run')) return deciding;
  const message = `${environment} runs ${version} again.`;
  return {
    outcome: 'succeeded',
    reason: 'restored',
    message,
    evidence: { version, components: returns.map(entry => entry.component) },
  };
}

interface Ended {
  readonly decided: ReadonlySet<string>;
  readonly plan: Plan;
  readonly goal: Standing;
  readonly bad: Release | undefined;
  readonly returns: readonly ComponentReturn[];
  readonly result: Result;
  readonly reason: string;
}

/** The return, the hold of the bad version, and where nothing is left to check the lock, in one commit. */
async function record(writer: Writer, ended: Ended): Promise<void> {
  const { plan, goal, bad, result, reason } = ended;
  const environment = plan.environment.name;
  await appendAsHolder(writer, environment, ({ state }) => {
    if (!isSuccess(result.outcome)) {
      const { outcome, message, evidence } = result;
      const failed: Happening = {
        type: 'failed',
        release: goal.release,
        outcome,
        reason: result.reason,
        message,
        evidence,
      };
      return outcome === 'refused' ? [failed, { type: 'unlocked', note: 'the way back was refused' }] : [failed];
    }
    const happenings = bad === undefined ? receiptsOf(ended) : [rolledBack(ended, bad)];
    const held = bad === undefined ? undefined : holdOf(writer, state, bad, reason);
    if (held !== undefined) happenings.push({ type: 'held', hold: held });
    if (goal.release.version === unrecorded || !requiredChecks(plan.environment).includes('smoke')) {
      happenings.push({ type: 'unlocked', note: `${goal.release.version} runs again` });
    }
    return happenings;
  });
}

/** A version that was rolled back is not promoted again until a person clears it (kargo#3016). */
function holdOf(writer: Writer, state: EnvironmentState, bad: Release, reason: string): Hold | undefined {
  if (state.holds.some(hold => hold.version === bad.version)) return undefined;
  const since = new Date(writer.now()).toISOString();
  return {
    id: `rollback-${bad.version}`,
    environment: state.environment,
    version: bad.version,
    reason,
    owner: writer.run.actor,
    since,
  };
}

function rolledBack(ended: Ended, from: Release): Happening {
  return { type: 'rolled-back', from, to: ended.goal.release, reason: ended.reason, snapshots: snapshotsOf(ended) };
}

/** The release runs already and was put right where somebody had changed it: nothing was gone back from. */
function receiptsOf({ goal, returns }: Ended): Happening[] {
  const { release, snapshots } = goal;
  return returns
    .filter(entry => entry.changes.length > 0)
    .map(({ component, after, outcome }) => {
      const receipt = { component, before: snapshots[component] ?? null, after };
      return { type: 'receipt', release, receipt, outcome };
    });
}

function snapshotsOf({ goal, returns, plan, decided }: Ended): Readonly<Record<string, Snapshot>> {
  const names = componentsOf(plan).flatMap(({ name }) => (decided.has(name) ? [] : [name]));
  return Object.fromEntries(
    names.flatMap(name => {
      const snapshot = returns.find(entry => entry.component === name)?.after ?? goal.snapshots[name];
      return snapshot === undefined ? [] : [[name, snapshot] as const];
    }),
  );
}

async function warn(kit: Kit, shown: Promise<string | undefined>): Promise<void> {
  const warning = await shown;
  if (warning !== undefined) kit.log.warning(warning);
}
