import type { ScriptComponent } from '#core/flow/targets/command/script';
import type { Snapshot } from '#core/receipt';

/** What a script left behind: its own receipt, and how it is brought back where no component says so. */
export interface ScriptState {
  readonly tool: 'script';
  /** In the words of the script; null: nobody observed it, so there is no way back to it. */
  readonly receipt: Readonly<Record<string, unknown>> | null;
  readonly component: ScriptWayBack;
}

/** What of the component a way back needs. */
export type ScriptWayBack = Pick<ScriptComponent, 'name' | 'folder' | 'env' | 'passEnv' | 'secretEnv' | 'exitCodes'> & {
  readonly rollback?: readonly string[];
  readonly observe?: readonly string[];
  readonly stepTimeout?: number;
};

const schema = 1;

export function scriptSnapshot(component: ScriptComponent, receipt: ScriptState['receipt']): Snapshot {
  const { name, folder, env, passEnv, secretEnv, exitCodes, rollback, observe, stepTimeout } = component;
  const state: ScriptState = {
    tool: 'script',
    receipt,
    component: {
      ...{ name, folder, env, passEnv, secretEnv, exitCodes },
      ...(rollback === undefined ? {} : { rollback }),
      ...(observe === undefined ? {} : { observe }),
      ...(stepTimeout === undefined ? {} : { stepTimeout }),
    },
  };
  return { target: 'command', schema, state: { ...state } };
}

/** Undefined for anything that this version has not written. */
export function readScriptSnapshot(snapshot: Snapshot): ScriptState | undefined {
  const { tool, receipt, component } = snapshot.state;
  if (snapshot.target !== 'command' || snapshot.schema !== schema || tool !== 'script') return undefined;
  if (receipt !== null && !isRecord(receipt)) return undefined;
  return isWayBack(component) ? { tool, receipt, component } : undefined;
}

function isWayBack(value: unknown): value is ScriptWayBack {
  if (!isRecord(value)) return false;
  const { name, folder, env, passEnv, secretEnv, exitCodes, rollback, observe, stepTimeout } = value;
  return (
    typeof name === 'string' &&
    typeof folder === 'string' &&
    isRecord(env) &&
    isRecord(exitCodes) &&
    [passEnv, secretEnv].every(isWords) &&
    [rollback, observe].every(words => words === undefined || isWords(words)) &&
    (stepTimeout === undefined || typeof stepTimeout === 'number')
  );
}

function isWords(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(word => typeof word === 'string');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
