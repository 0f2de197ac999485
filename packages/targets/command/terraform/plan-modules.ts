import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countsText, summarisePlan } from '#core/command/terraform-plan';
import type { ChangeRow } from '#core/target';
import type { SavedPlan } from '../../saved-plan.ts';
import type { ModuleState } from './snapshot.ts';
import { type Did, stalePlan, type Terraform, type Trouble } from './tool.ts';

/** A module with the plan that will be applied to it, and no other. */
export interface PlannedModule {
  readonly module: string;
  /** Where its plan is. */
  readonly file: string;
  readonly changes: boolean;
  /** Undefined: it has no state yet. */
  readonly state: ModuleState | undefined;
  readonly rows: readonly ChangeRow[];
}

/**
 * Initialises and plans every module, before any of them is changed. `saved`: takes those plans instead of making new ones. What the plan
 * says may be done already, by an earlier attempt of the same run; where a state has moved on and the configuration is not what runs, all of
 * it is stale.
 */
export async function planModules(
  terraform: Terraform,
  modules: readonly string[],
  saved?: SavedPlan,
): Promise<Did<readonly PlannedModule[]>> {
  const folder = mkdtempSync(join(process.env.RUNNER_TEMP ?? tmpdir(), 'release-plan-'));
  const planned: PlannedModule[] = [];
  for (const [index, module] of modules.entries()) {
    const one = await planModule(terraform, module, join(folder, `${index}.plan`), saved);
    if (!one.ok) return one;
    const twin = planned.find(({ state }) => state !== undefined && state.lineage === one.value.state?.lineage);
    if (twin !== undefined) return { ok: false, trouble: sameState(twin.module, module) };
    planned.push(one.value);
  }
  return { ok: true, value: planned };
}

async function planModule(
  terraform: Terraform,
  module: string,
  ownFile: string,
  saved: SavedPlan | undefined,
): Promise<Did<PlannedModule>> {
  const initialised = await terraform.init(module);
  if (!initialised.ok) return initialised;
  const state = await terraform.state(module);
  if (!state.ok) return state;
  const taken = saved?.of(module, state.value);
  const changes =
    taken === undefined ? await terraform.plan(module, ownFile) : { ok: true as const, value: taken.changes };
  if (!changes.ok) return changes;
  const file = taken?.file ?? ownFile;
  const base = { module, file, changes: changes.value, state: state.value };
  if (!changes.value) return { ok: true, value: { ...base, rows: [] } };
  if (saved !== undefined && taken === undefined) return { ok: false, trouble: stalePlan(module, []) };
  const shown = await terraform.show(module, file);
  if (!shown.ok) return shown;
  return { ok: true, value: { ...base, rows: rowsOf(module, state.value, shown.value) } };
}

/** Settings of the backend hold for all modules: one that names the state belongs into the module. */
function sameState(one: string, other: string): Trouble {
  return {
    outcome: 'refused',
    reason: 'input-invalid',
    message: `The modules ${one} and ${other} have one and the same state.`,
    evidence: { modules: [one, other] },
    next: 'Let the backend block of each module name its own state; give here what they have in common.',
    explanation: [],
  };
}

/** The counts first, then what is changed: no plan is applied of which people could see nothing at all. */
function rowsOf(module: string, state: ModuleState | undefined, plan: unknown): readonly ChangeRow[] {
  const what = module === '.' ? 'plan' : `plan of ${module}`;
  const before = state === undefined ? 'no state yet' : `state ${state.serial}`;
  const summary = summarisePlan(module, plan);
  if (summary === undefined) return [{ what, before, after: 'too large to be shown' }];
  return [{ what, before, after: countsText(summary.counts) }, ...summary.rows];
}
