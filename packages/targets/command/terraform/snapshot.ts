import type { TerraformComponent } from '#core/flow/targets/command/terraform';
import type { Snapshot } from '#core/receipt';
import type { CommitRead } from '../../commit-read.ts';

/** The state of one module, as the backend numbers it. */
export interface ModuleState {
  readonly module: string;
  /** Counts up with every write. */
  readonly serial: number;
  readonly lineage: string;
}

/** What a component was: which commit’s configuration, with which settings, and the states that it had then. */
export interface TerraformState {
  readonly tool: TerraformComponent['tool'];
  /** Null: nobody knows which commit that was, so there is no way back to it. */
  readonly commit: string | null;
  readonly tree: string | null;
  readonly modules: readonly ModuleState[];
  readonly component: TerraformSettings;
}

/** What of the component decides what its configuration means. Values of `secret-env` are never among them. */
export type TerraformSettings = Pick<
  TerraformComponent,
  'name' | 'folder' | 'env' | 'passEnv' | 'secretEnv' | 'modules' | 'varFiles' | 'vars' | 'backendConfig'
> & { readonly workspace?: string };

const schema = 1;

export function terraformSnapshot(
  { tool, name, folder, env, passEnv, secretEnv, ...rest }: TerraformComponent,
  read: CommitRead,
  states: readonly ModuleState[],
): Snapshot {
  const { modules, varFiles, vars, backendConfig, workspace } = rest;
  const state: TerraformState = {
    tool,
    commit: read.commit,
    tree: read.tree,
    modules: states,
    component: {
      ...{ name, folder, env, passEnv, secretEnv, modules, varFiles, vars, backendConfig },
      ...(workspace === undefined ? {} : { workspace }),
    },
  };
  return { target: 'command', schema, state: { ...state } };
}

/** Undefined for anything that this version has not written. */
export function readTerraformSnapshot(snapshot: Snapshot): TerraformState | undefined {
  const { tool, commit, tree, modules, component } = snapshot.state;
  if (snapshot.target !== 'command' || snapshot.schema !== schema) return undefined;
  if (tool !== 'terraform' && tool !== 'opentofu') return undefined;
  if (!isTextOrNull(commit) || !isTextOrNull(tree) || !Array.isArray(modules) || !modules.every(isModuleState)) {
    return undefined;
  }
  return isSettings(component) ? { tool, commit, tree, modules, component } : undefined;
}

function isSettings(value: unknown): value is TerraformSettings {
  if (!isRecord(value)) return false;
  const { name, folder, env, passEnv, secretEnv, modules, varFiles, vars, backendConfig, workspace } = value;
  return (
    typeof name === 'string' &&
    typeof folder === 'string' &&
    [passEnv, secretEnv, modules, varFiles].every(isWords) &&
    [env, vars, backendConfig].every(isTexts) &&
    (workspace === undefined || typeof workspace === 'string')
  );
}

function isModuleState(value: unknown): value is ModuleState {
  if (!isRecord(value)) return false;
  return typeof value.module === 'string' && typeof value.serial === 'number' && typeof value.lineage === 'string';
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || typeof value === 'string';
}

function isWords(value: unknown): boolean {
  return Array.isArray(value) && value.every(word => typeof word === 'string');
}

function isTexts(value: unknown): boolean {
  return isRecord(value) && Object.values(value).every(text => typeof text === 'string');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
