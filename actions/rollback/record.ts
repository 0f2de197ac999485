import type { Happening, Hold } from '#core/journal/event';
import type { EnvironmentState, Standing } from '#core/journal/state';
import { isSuccess, type Result } from '#core/outcome';
import { unrecorded } from '#core/plan/goal';
import { componentsOf, type Plan, requiredChecks } from '#core/plan/plan';
import type { Snapshot } from '#core/receipt';
import type { Release } from '#core/release';
import type { Writer } from '#github/journal/append';
import { appendAsHolder } from '#github/journal/lock';
import type { ComponentReturn } from './return-component.ts';

export interface Ended {
  /** Components that somebody else has decided about: their state is not ours to say. */
  readonly decided: ReadonlySet<string>;
  readonly plan: Plan;
  readonly goal: Standing;
  readonly bad: Release | undefined;
  readonly returns: readonly ComponentReturn[];
  readonly result: Result;
  readonly reason: string;
  /** Milliseconds. */
  readonly took: number;
}

/** The return, the hold of the bad version, and where nothing is left to check the lock, in one commit. */
export async function record(writer: Writer, ended: Ended): Promise<void> {
  const { plan, goal, bad, result } = ended;
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
    const held = bad === undefined ? [] : holdsOf(writer, state, bad, ended);
    happenings.push(...held.map((hold): Happening => ({ type: 'held', hold })));
    if (goal.release.version === unrecorded || !requiredChecks(plan.environment).includes('smoke')) {
      happenings.push({ type: 'unlocked', note: `${goal.release.version} runs again` });
    }
    return happenings;
  });
}

/** What was rolled back is not promoted again until a person clears it (kargo#3016): the version, or only its part. */
function holdsOf(
  writer: Writer,
  { environment, holds }: EnvironmentState,
  bad: Release,
  ended: Ended,
): readonly Hold[] {
  const { version, component: ofOne } = bad;
  const { reason, plan } = ended;
  const since = new Date(writer.now()).toISOString();
  const [asker] = plan.operation === 'rollback' ? plan.originators : [];
  const common = { environment, version, reason, owner: asker ?? writer.run.actor, since };
  const wanted: readonly Hold[] =
    plan.only === undefined && ofOne === undefined
      ? [{ id: `rollback-${version}`, ...common }]
      : (plan.only ?? [ofOne ?? '']).map(component => ({
          id: `rollback-${version}-${component}`,
          ...common,
          component,
        }));
  // A hold that ends by itself says nothing of what happens after it.
  const lasting = holds.filter(({ until }) => until === undefined);
  return wanted.filter(
    ({ component }) =>
      !lasting.some(hold => hold.version === version && [undefined, component].includes(hold.component)),
  );
}

function rolledBack(ended: Ended, from: Release): Happening {
  const { goal, reason, plan, took } = ended;
  const part = plan.only === undefined ? {} : { components: plan.only };
  return { type: 'rolled-back', from, to: goal.release, reason, snapshots: snapshotsOf(ended), took, ...part };
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
