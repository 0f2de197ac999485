import type { Kit } from '#action-kit/kit';
import { endingOfError, findingsOf, writtenDown } from '#action-kit/thrown';
import type { Finding } from '#core/finding';
import type { Component } from '#core/flow/targets/registry';
import { isSuccess, type Outcome, type Result } from '#core/outcome';
import type { Reason } from '#core/reasons';
import type { Snapshot } from '#core/receipt';
import type { ChangeRow, Driver, Ending, Preparation, Rollout, Step } from '#core/target';
import type { DeployRecord } from './record.ts';
import { comeBack } from './way-back.ts';

export interface ComponentEnding extends Result {
  readonly component: string;
  readonly changes: readonly ChangeRow[];
  readonly explanation: readonly string[];
  readonly before: Snapshot | null;
  readonly after: Snapshot | null;
  readonly steps?: readonly Step[];
  /** When it was first looked at, in ms since 1970. */
  readonly began: number;
  /** In ms. */
  readonly took: number;
  readonly url?: string;
}

export interface ComponentWork {
  readonly component: Component;
  readonly driver: Driver;
  /** What is to be done, with nothing wrong about it. */
  readonly planned: Exclude<Preparation, { kind: 'refused' }>;
  readonly record: DeployRecord;
  readonly dryRun: boolean;
  /** When it was first looked at, in ms since 1970. */
  readonly began: number;
}

/**
 * These leave the new version half-way or broken: the way back is ours. After the others, and when the service was scaled to
 * zero meanwhile, somebody else has decided: it is not undone behind their back.
 */
const needsWayBack: ReadonlySet<Outcome> = new Set(['failed', 'timed-out', 'rolled-back']);

/** Deploys one component: change, follow, and come back when it fails and the policy says so. */
export async function deployComponent(kit: Kit, work: ComponentWork): Promise<ComponentEnding> {
  const { component, record, planned, began } = work;
  const end = (ending: Ending, changes: readonly ChangeRow[], before: Snapshot | null): ComponentEnding =>
    endingOf(kit, component, ending, { changes, before, began });

  switch (planned.kind) {
    case 'no-op':
      // What already runs is written down too: it is what this release stands for, and where a later one goes back to.
      if (!work.dryRun)
        await record.receipt({ component: component.name, before: planned.snapshot, after: planned.snapshot }, 'no-op');
      return end({ ...planned.result, after: planned.snapshot, explanation: [] }, [], planned.snapshot);
    case 'change': {
      const { changes, before } = planned;
      for (const row of changes) kit.log.info(`${component.name}: ${row.what}: ${row.before} → ${row.after}`);
      if (work.dryRun) {
        await planned.discard?.();
        return end(onlyLooked(before), changes, before);
      }
      const forbidden = await record.beforeChange();
      if (forbidden.length > 0) {
        await planned.discard?.();
        return end(refused(forbidden), changes, before);
      }
      const { ending, changes: made } = await change(kit, work, planned, before);
      const receipt = { component: component.name, before, after: ending.after };
      return end(await writtenDown(ending, () => record.receipt(receipt, ending.outcome)), made, before);
    }
  }
}

/** What was wrong with a component before anything was changed. */
export function refusal(
  kit: Kit,
  component: Component,
  { findings, outcome }: Refusal,
  began: number,
): ComponentEnding {
  return endingOf(kit, component, refused(findings, outcome), { changes: [], before: null, began });
}

type Refusal = Extract<Preparation, { kind: 'refused' }>;

function endingOf(
  kit: Kit,
  { name, url }: Component,
  ending: Ending,
  facts: { readonly changes: readonly ChangeRow[]; readonly before: Snapshot | null; readonly began: number },
): ComponentEnding {
  const { changes, before, began } = facts;
  for (const line of ending.explanation) kit.log.info(`${name}: ${line}`);
  const took = kit.clock.now() - began;
  return { ...ending, component: name, ...(url === undefined ? {} : { url }), changes, before, began, took };
}

/** Only what AWS refused outright, when there was one thing to change, has changed nothing. After that, the rule of `lostSight`. */
async function change(kit: Kit, work: ComponentWork, planned: Change, before: Snapshot | null): Promise<Changed> {
  let begun = false;
  let { changes } = planned;
  try {
    const applied = await planned.apply();
    begun = true;
    if (applied.kind === 'ended') return { ending: applied.ending, changes };
    changes = applied.changes;
    const ending = await followOrComeBack(kit, work, applied.rollout, before);
    return { ending: { ...ending, steps: [...(applied.steps ?? []), ...(ending.steps ?? [])] }, changes };
  } catch (thrown) {
    const [finding] = findingsOf(thrown);
    if (!begun && planned.changes.length === 1 && refusals.has(finding.reason)) throw thrown;
    return { ending: endingOfError(thrown), changes };
  }
}

interface Changed {
  readonly ending: Ending;
  readonly changes: readonly ChangeRow[];
}

const refusals: ReadonlySet<Reason> = new Set(['access-denied', 'credentials-missing', 'not-found']);

type Change = Extract<Preparation, { kind: 'change' }>;

async function followOrComeBack(
  kit: Kit,
  work: ComponentWork,
  rollout: Rollout,
  before: Snapshot | null,
): Promise<Ending> {
  const { component, driver, record } = work;
  const rolloutBegan = kit.clock.now();
  const followed = await rollout.follow().catch(endingOfError);
  const steps = [...(followed.steps ?? []), stepOf(kit, 'rollout', rolloutBegan)];
  const ending: Ending = { ...followed, steps };
  if (isSuccess(ending.outcome)) return ending;
  if (ending.reason === 'cancelled') return cancelled(work, rollout, ending);
  if (!needsWayBack.has(ending.outcome) || ending.reason === 'scaled-to-zero') return ending;
  if (component.onFailure === 'leave') return ending;
  kit.log.warning(ending);
  const verified = record.verified(component.name);
  const backBegan = kit.clock.now();
  const back = await comeBack(driver, rollout, ending, { goal: verified ?? before, verified: verified !== null });
  return { ...back, steps: [...steps, stepOf(kit, 'way back', backBegan)] };
}

function stepOf({ clock }: Kit, what: string, began: number): Step {
  return { what, began, took: clock.now() - began };
}

/** There are seconds left: by policy the service is asked to go back, and does so without us. */
async function cancelled({ component }: ComponentWork, rollout: Rollout, ending: Ending): Promise<Ending> {
  const left = component.onCancel === 'rollback' ? await rollout.letGo() : ['The rollout goes on by itself.'];
  return { ...ending, message: [ending.message, ...left].join(' ') };
}

function refused(findings: readonly Finding[], outcome: Outcome = 'refused'): Ending {
  const [first, ...others] = findings;
  if (first === undefined) throw new Error('refused without a finding');
  const message = [first, ...others].map(finding => finding.message).join('\n');
  return { ...first, message, outcome, after: null, explanation: first.explanation ?? [] };
}

function onlyLooked(before: Snapshot | null): Ending {
  const message = 'Nothing was changed: this is what would be done.';
  return { outcome: 'no-op', reason: 'dry-run', message, evidence: {}, after: before, explanation: [] };
}
