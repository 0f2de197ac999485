import type { Result } from '#core/outcome';
import type { Ending, Rollout } from '#core/target';
import type { CommitRead } from '../../commit-read.ts';
import type { PlannedModule } from './plan-modules.ts';
import { type ModuleState, terraformSnapshot } from './snapshot.ts';
import type { Terraform, TerraformSetting, Trouble } from './tool.ts';

export interface RolloutSetting extends Pick<TerraformSetting, 'component' | 'toolbox'> {
  readonly terraform: Terraform;
  readonly planned: readonly PlannedModule[];
  /** The commit whose configuration is applied. */
  readonly read: CommitRead;
  readonly done: 'deployed' | 'restored';
}

/** What a message tells of the outputs; the evidence has them all. Characters. */
const longestOutputs = 300;

/** Applies the plans that were shown, in order; what fails stops what has not begun. */
export function createTerraformRollout(setting: RolloutSetting): Rollout {
  const { terraform, planned, component } = setting;
  const open = planned.filter(entry => entry.changes);
  let ending: Ending | undefined;

  const follow = async (): Promise<Ending> => {
    const applied: string[] = [];
    const outputs: string[] = [];
    for (const { module, file } of open) {
      const did = await terraform.apply(module, file);
      if (!did.ok) return failed(module, applied, did.trouble);
      applied.push(module);
      outputs.push(...outputTexts(open.length > 1 ? `${module}.` : '', did.value));
    }
    return succeeded(setting, applied, outputs);
  };

  return {
    identity: open.map(({ module }) => `${component.name}/${module}`),
    adopted: false,
    async follow() {
      ending = await follow();
      return ending;
    },
    // It has ended, or was asked to stop: no service is left that could be asked.
    takeBack: async () => ending ?? follow(),
    letGo: async () => ['What was applied until then stays: start the run again, and it goes on from there.'],
  };
}

async function succeeded(
  { terraform, planned, component, read, done, toolbox }: RolloutSetting,
  applied: readonly string[],
  outputs: readonly string[],
): Promise<Ending> {
  const states = await statesNow(terraform, planned);
  const shown = outputs.map(text => toolbox.redactor.redact(text));
  const told = shown.length === 0 ? '' : ` Outputs: ${shown.join(', ').slice(0, longestOutputs)}.`;
  const where = applied.length === 1 && applied[0] === '.' ? '' : ` (${applied.join(', ')})`;
  return {
    outcome: 'succeeded',
    reason: done,
    message: `${component.name}: exactly the plan that was shown is applied${where}.${told}`,
    evidence: {
      modules: applied,
      ...(read.commit === null ? {} : { commit: read.commit }),
      ...(outputs.length === 0 ? {} : { outputs: shown }),
    },
    after: terraformSnapshot(component, read, states),
    explanation: [],
  };
}

/** Before anything was applied it is still what the trouble says; after that, the component stands between two versions. */
function failed(module: string, applied: readonly string[], trouble: Trouble): Ending {
  const { explanation, ...result } = trouble;
  const partly = applied.length === 0 ? '' : ` Applied before that: ${applied.join(', ')}.`;
  const softened: Result =
    applied.length > 0 && (result.outcome === 'refused' || result.outcome === 'superseded')
      ? { ...result, outcome: 'failed' }
      : result;
  return {
    ...softened,
    message: `${softened.message}${partly}`,
    evidence: { ...softened.evidence, module, ...(applied.length === 0 ? {} : { applied }) },
    after: null,
    explanation,
  };
}

/** How the apply ended must not get lost over a state that cannot be read afterwards. */
async function statesNow(terraform: Terraform, planned: readonly PlannedModule[]): Promise<readonly ModuleState[]> {
  const states: ModuleState[] = [];
  for (const { module, changes, state } of planned) {
    const now = changes ? await terraform.state(module) : ({ ok: true, value: state } as const);
    if (now.ok && now.value !== undefined) states.push(now.value);
  }
  return states;
}

function outputTexts(prefix: string, outputs: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(outputs).map(([name, value]) => `${prefix}${name}=${value}`);
}
