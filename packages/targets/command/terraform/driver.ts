import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Finding } from '#core/finding';
import type { TerraformComponent } from '#core/flow/targets/command/terraform';
import type { Snapshot } from '#core/receipt';
import type { ChangeRow, Driver, Preparation } from '#core/target';
import { type CommitRead, commitRead } from '../../commit-read.ts';
import { keepPlans, readSavedPlan, type SavedPlan } from '../../saved-plan.ts';
import { unreadable } from '../../unreadable.ts';
import { type CommandSetting, createToolbox, type Toolbox } from '../run/toolbox.ts';
import { type PlannedModule, planModules } from './plan-modules.ts';
import { createTerraformRollout } from './rollout.ts';
import { type ModuleState, readTerraformSnapshot, terraformSnapshot } from './snapshot.ts';
import { createTerraform, programs, type Terraform, type TerraformSetting, type Trouble } from './tool.ts';

/** Plans, shows, and applies exactly that plan; goes back by the configuration of the commit that ran before. */
export function createTerraformDriver(component: TerraformComponent, setting: CommandSetting): Driver {
  const deadline = setting.clock.now() + component.timeout;
  return {
    async prepare() {
      const read = await commitRead(setting);
      const at = { component, runtime: setting, root: setting.workspace, deadline };
      const toolbox = createToolbox(setting, component);
      const problems = [...unusable(toolbox, at), ...previousProblem(component)];
      if (problems.length > 0) return { kind: 'refused', findings: problems };
      const terraform = createTerraform({ ...at, toolbox });
      const saved = await takeOver(terraform, component, setting, read);
      if (saved !== undefined && 'reason' in saved) return { kind: 'refused', findings: [saved] };
      const planned = await planModules(terraform, component.modules, saved);
      if (!planned.ok) {
        const findings = [told(planned.trouble, component, setting)];
        return {
          kind: 'refused',
          findings,
          ...(planned.trouble.outcome === 'superseded' ? { outcome: 'superseded' as const } : {}),
        };
      }
      const kept = await keepPlan(terraform, component, setting, read, planned.value);
      if (kept !== undefined && 'reason' in kept) return { kind: 'refused', findings: [kept] };
      const before = beforeOf(component, component.previous ?? null, planned.value);
      const rows = kept === undefined ? [] : [kept];
      return preparation(
        { component, toolbox, terraform, planned: planned.value, read, done: 'deployed' },
        before,
        rows,
      );
    },

    async restore(snapshot) {
      const goal = readTerraformSnapshot(snapshot);
      if (goal === undefined) return { kind: 'refused', findings: [unreadable(snapshot)] };
      if (goal.commit === null) return { kind: 'refused', findings: [noWay(component)] };
      const root = await setting.checkoutOf(goal.commit);
      // As it was then, but as whoever and as long as the component says now.
      const then: TerraformComponent = {
        ...component,
        ...goal.component,
        workspace: goal.component.workspace,
        tool: goal.tool,
        // The other way round: what was made last may stand on what was made first.
        modules: goal.component.modules.toReversed(),
        savePlan: undefined,
        applyPlan: undefined,
      };
      const toolbox = createToolbox(setting, then, root);
      const at = { component: then, runtime: setting, root, deadline };
      const problems = unusable(toolbox, at);
      if (problems.length > 0) return { kind: 'refused', findings: problems };
      const terraform = createTerraform({ ...at, toolbox });
      const planned = await planModules(terraform, then.modules);
      if (!planned.ok) return { kind: 'refused', findings: [told(planned.trouble, component, setting)] };
      const replaced = goal.modules.flatMap(then => replacedState(then, planned.value));
      if (replaced.length > 0) return { kind: 'refused', findings: replaced };
      const before = beforeOf(component, null, planned.value);
      const as: TerraformComponent = { ...then, modules: goal.component.modules };
      return preparation(
        { component: as, toolbox, terraform, planned: planned.value, read: goal, done: 'restored' },
        before,
        [],
      );
    },
  };
}

/** The way back by a receipt alone. */
export function restoreTerraform(
  snapshot: Snapshot,
  setting: CommandSetting,
  { role, timeout }: { readonly role?: string; readonly timeout: number },
): Driver {
  const state = readTerraformSnapshot(snapshot);
  const refuse = async (): Promise<Preparation> => ({ kind: 'refused', findings: [unreadable(snapshot)] });
  if (state === undefined) return { prepare: refuse, restore: refuse };
  const component: TerraformComponent = {
    ...state.component,
    ...{ target: 'command', tool: state.tool, needs: [], timeout, lockTimeout: 0, role },
    ...{ onFailure: 'leave', onCancel: 'leave' },
  };
  return createTerraformDriver(component, setting);
}

type Ready = Parameters<typeof createTerraformRollout>[0];

function preparation(ready: Ready, before: Snapshot | null, more: readonly ChangeRow[]): Preparation {
  const { component, planned, read } = ready;
  if (planned.every(entry => !entry.changes)) {
    const states = planned.flatMap(({ state }) => state ?? []);
    const message = `${component.name}: the configuration is what runs.`;
    return {
      kind: 'no-op',
      snapshot: terraformSnapshot(component, read, states),
      result: { outcome: 'no-op', reason: 'nothing-to-change', message, evidence: { modules: component.modules } },
    };
  }
  const changes = [...planned.flatMap(({ rows }) => rows), ...more];
  const rollout = createTerraformRollout(ready);
  return { kind: 'change', before, changes, notes: [], apply: async () => ({ kind: 'started', rollout, changes }) };
}

/** Null only where no module has a state yet. */
function beforeOf(
  component: TerraformComponent,
  commit: string | null,
  planned: readonly PlannedModule[],
): Snapshot | null {
  const states = planned.flatMap(({ state }) => state ?? []);
  return states.length === 0 ? null : terraformSnapshot(component, { commit, tree: null }, states);
}

function unusable(
  toolbox: Toolbox,
  { component, root }: Pick<TerraformSetting, 'component' | 'root'>,
): readonly Finding[] {
  const found = toolbox.find(programs[component.tool]);
  const missing = component.varFiles.filter(path => !existsSync(join(root, path)));
  return [
    ...toolbox.problems(component.modules),
    ...(found.ok ? [] : [found.finding]),
    ...missing.map((path): Finding => {
      const message = `The file ${path} of \`var-files\` is not there.`;
      return { reason: 'input-invalid', message, evidence: { path }, next: 'Write it from the top of the repository.' };
    }),
  ];
}

function previousProblem({ previous }: TerraformComponent): readonly Finding[] {
  if (previous === undefined || /^[0-9a-f]{40}$/.test(previous)) return [];
  const message = `\`previous\` is “${previous}”, which is not the full name of a commit.`;
  return [{ reason: 'input-invalid', message, evidence: { previous }, next: 'Write all forty characters.' }];
}

async function takeOver(
  terraform: Terraform,
  component: TerraformComponent,
  setting: CommandSetting,
  read: CommitRead,
): Promise<SavedPlan | Finding | undefined> {
  if (component.applyPlan === undefined) return undefined;
  const version = await terraform.version();
  if (!version.ok) return version.trouble;
  const folder = resolve(setting.workspace, component.applyPlan);
  return readSavedPlan(folder, component, { version: version.value, tree: read.tree });
}

/** For a later job; its row tells people the digest. */
async function keepPlan(
  terraform: Terraform,
  component: TerraformComponent,
  setting: CommandSetting,
  read: CommitRead,
  planned: readonly PlannedModule[],
): Promise<ChangeRow | Finding | undefined> {
  if (component.savePlan === undefined) return undefined;
  const version = await terraform.version();
  if (!version.ok) return version.trouble;
  const folder = resolve(setting.workspace, component.savePlan);
  const plans = planned.map(({ module, changes, file, state }) => ({
    ...{ module, changes, state },
    content: readFileSync(file),
  }));
  return keepPlans(folder, component, { version: version.value, read }, plans);
}

/** Going back in a state that knows nothing of what there is would make everything once more. */
function replacedState(then: ModuleState, planned: readonly PlannedModule[]): readonly Finding[] {
  const now = planned.find(({ module }) => module === then.module)?.state;
  if (now?.lineage === then.lineage) return [];
  const { module, lineage, serial } = then;
  const found = now === undefined ? 'there is none' : `the one that is there is ${now.lineage}`;
  const message = `The state of ${module} is not the one that the receipt speaks of: that was ${lineage}, and ${found}.`;
  return [{ reason: 'state-replaced', message, evidence: { module, lineage, serial } }];
}

/** A refusal has no explanation of its own: its lines go to the log. */
function told(trouble: Trouble, { name }: TerraformComponent, { report }: CommandSetting): Finding {
  const { explanation, ...finding } = trouble;
  for (const text of explanation) report({ subject: name, text, level: 'info' });
  return finding;
}

function noWay({ name }: TerraformComponent): Finding {
  const message = `${name} cannot be brought back: nobody knows which commit ran before.`;
  return { reason: 'no-way-to-observe', message, evidence: {} };
}
