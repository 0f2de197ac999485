import { planOf } from '#action-kit/common-inputs';
import { gitHubAccess } from '#action-kit/github-access';
import type { ActionEnd, Kit } from '#action-kit/kit';
import { targetRuntime } from '#action-kit/runtime';
import { concurrently } from '#core/concurrently';
import { FindingError } from '#core/finding';
import { startedRollback } from '#core/gate/asked-rollback';
import { isFinal } from '#core/gate/migrations';
import { stoppedUnderLock } from '#core/gate/under-lock';
import type { EnvironmentState, Standing } from '#core/journal/state';
import { isSuccess, type Outcome, type Result, worst } from '#core/outcome';
import { assertPart, rollbackGoal, unrecorded } from '#core/plan/goal';
import { comesBack, type Plan } from '#core/plan/plan';
import { nameOf, type Release } from '#core/release';
import { showPlan } from '#github/deployments';
import type { Writer } from '#github/journal/append';
import { assertStillHolder, giveBack, lockEnvironment } from '#github/journal/lock';
import { readJournal } from '#github/journal/read';
import { createWriter } from '#github/writer';
import { createDrivers, type Drivers } from '#targets/registry';
import { returnByReceipt } from './by-receipt.ts';
import type { Inputs } from './inputs.ts';
import { record } from './record.ts';
import { type ComponentReturn, notReturned, returnComponent, toldOf } from './return-component.ts';
import { summarise } from './summary.ts';

/** Brings back what ran before, by a receipt, or a release that was verified, by the journal. */
export async function rollback(kit: Kit, inputs: Inputs): Promise<ActionEnd> {
  const { work } = inputs;
  if (work.kind === 'receipt') return returnByReceipt(kit, work, inputs);
  const plan = planOf(work.plan, inputs.environment, inputs.flow);
  // Whoever lets a rollback go on is not the one who knows why it was asked for.
  const reason = inputs.reason === '' ? plan.why : inputs.reason;
  if (reason === undefined) throw reasonMissing();
  return returnByJournal(kit, plan, { ...inputs, reason });
}

/** Brings back a release that was verified, records it, and holds the version that it replaces. */
async function returnByJournal(kit: Kit, plan: Plan, inputs: Inputs): Promise<ActionEnd> {
  const { clock } = kit;
  const began = clock.now();
  const writer = createWriter(gitHubAccess(kit, inputs.githubToken));
  const environment = plan.environment.name;
  const left = leftAsItIs(plan, inputs.deployOutcome);
  if (left !== undefined) {
    if (!inputs.dryRun) await giveBack(writer, environment, left.message);
    return { kind: 'outcome', result: left, details: {} };
  }
  const { state } = await readJournal(writer.github, environment);
  const bad = plan.operation === 'rollback' ? plan.from : plan.release;
  const goal = rollbackGoal(state, inputs.version ?? versionAskedFor(plan), bad);
  assertPart(state, plan.only ?? [], goal);
  const from = bad === undefined ? '' : ` from ${nameOf(bad)}`;
  kit.log.info(`${environment}: back to ${nameOf(goal.release)}${from}: ${inputs.reason}`);
  if (!inputs.dryRun) await takeEnvironment(writer, plan, `rollback to ${goal.release.version}`);
  const driverOf = createDrivers(targetRuntime(kit, { token: inputs.githubToken }), 'only-back');
  const decided = decidedElsewhere(state, plan);
  const returns = await returnAll(kit, { plan, goal, driverOf, writer, decided, dryRun: inputs.dryRun });
  kit.summary(summarise(environment, goal.release.version, inputs.reason, returns));
  const result = conclude(plan, goal, returns);
  if (!inputs.dryRun) {
    const took = clock.now() - began;
    await record(writer, { plan, goal, bad, decided, returns, result, took, reason: inputs.reason });
    if (isSuccess(result.outcome))
      await warn(
        kit,
        showPlan(writer, { ...plan, release: standingAfter(plan, goal, bad) }, 'success', result.message),
      );
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

/** What was planned, so that a rollback goes where people were told that it goes. */
function versionAskedFor({ operation, release: { tag, version } }: Plan): string | undefined {
  return operation === 'rollback' && version !== unrecorded ? (tag ?? version) : undefined;
}

/** The way back of a failed release waits for nobody; one that a person asked for is the one that was judged, or none. */
async function takeEnvironment(writer: Writer, plan: Plan, reason: string): Promise<void> {
  await lockEnvironment(writer, plan.environment.name, reason, ({ state }, lock) => {
    if (plan.operation === 'release') return [];
    const stopped = stoppedUnderLock({ plan, state, lock, now: writer.now() });
    if (stopped.length > 0) throw new FindingError(stopped);
    return startedRollback(plan, state);
  });
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
  const { migrations } = plan.environment.gates;
  if (plan.environment.onFailure !== 'rollback' && migrations !== undefined && isFinal(migrations)) {
    return leaves(`a migration of ${plan.release.version} cannot be undone; release a fix on top of it.`);
  }
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

/** Where only a part goes back, the environment stays at the release that the others are of. */
function standingAfter({ only }: Plan, goal: Standing, bad: Release | undefined): Release {
  return only === undefined || bad === undefined ? goal.release : bad;
}

function conclude(plan: Plan, goal: Standing, returns: readonly ComponentReturn[]): Result {
  const environment = plan.environment.name;
  const deciding = worst(returns);
  const { version } = goal.release;
  if (deciding === undefined) {
    const message = `The record of ${version} names none of the components of ${environment}.`;
    return { outcome: 'refused', reason: 'journal-invalid', message, evidence: { version } };
  }
  if (!isSuccess(deciding.outcome)) return deciding;
  if (returns.every(entry => entry.reason === 'dry-run')) return deciding;
  const what = plan.only === undefined ? environment : `${plan.only.join(', ')} of ${environment}`;
  const message = `${what} runs ${version} again.`;
  return {
    outcome: 'succeeded',
    reason: 'restored',
    message,
    evidence: { version, components: returns.map(entry => entry.component) },
  };
}

async function warn(kit: Kit, shown: Promise<string | undefined>): Promise<void> {
  const warning = await shown;
  if (warning !== undefined) kit.log.warning(warning);
}

function reasonMissing(): FindingError {
  const where = { kind: 'input', input: 'reason' } as const;
  const message = 'Input `reason`: is missing: the plan of a release does not say why it failed.';
  const next = 'Hand over the `reason` of the step that failed.';
  return new FindingError([{ reason: 'input-invalid', message, evidence: {}, where, next }]);
}
