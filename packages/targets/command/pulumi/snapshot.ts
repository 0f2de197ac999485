import { isRecord } from '#core/flow/raw';
import type { PulumiComponent } from '#core/flow/targets/command/pulumi';
import type { Snapshot } from '#core/receipt';

/** What a stack ran: the configuration of a commit. */
export interface PulumiState {
  readonly tool: 'pulumi';
  /** Null: nobody knows which commit the last good update was made from, so there is no way back to it. */
  readonly commit: string | null;
  /** The update of the stack’s history that brought it: when it began, ISO 8601. */
  readonly updated: string | null;
  readonly component: PulumiWayBack;
}

/** What of the component a way back needs. Values of secrets are in none of it: `secretEnv` holds names. */
export type PulumiWayBack = Pick<
  PulumiComponent,
  'name' | 'folder' | 'env' | 'passEnv' | 'secretEnv' | 'stack' | 'config' | 'refresh' | 'install'
>;

const schema = 1;

export function pulumiSnapshot(component: PulumiWayBack, what: Pick<PulumiState, 'commit' | 'updated'>): Snapshot {
  const { name, folder, env, passEnv, secretEnv, stack, config, refresh, install } = component;
  const way: PulumiWayBack = { name, folder, env, passEnv, secretEnv, stack, config, refresh, install };
  return { target: 'command', schema, state: { tool: 'pulumi', ...what, component: way } };
}

/** Undefined for anything that this version has not written. */
export function readPulumiSnapshot({ target, schema: written, state }: Snapshot): PulumiState | undefined {
  const { tool, commit, updated, component } = state;
  if (target !== 'command' || written !== schema || tool !== 'pulumi') return undefined;
  if (!isTextOrNull(commit) || !isTextOrNull(updated) || !isWayBack(component)) return undefined;
  // A commit is handed to git as a word: nothing but a commit may stand there.
  if (commit !== null && !/^[0-9a-f]{40}$/.test(commit)) return undefined;
  return { tool, commit, updated, component };
}

function isWayBack(value: unknown): value is PulumiWayBack {
  if (!isRecord(value)) return false;
  const { name, folder, env, passEnv, secretEnv, stack, config, refresh, install } = value;
  return (
    [name, folder, stack].every(entry => typeof entry === 'string') &&
    [env, config].every(isTexts) &&
    [passEnv, secretEnv].every(entry => Array.isArray(entry) && entry.every(word => typeof word === 'string')) &&
    [refresh, install].every(entry => typeof entry === 'boolean')
  );
}

function isTexts(value: unknown): boolean {
  return isRecord(value) && Object.values(value).every(entry => typeof entry === 'string');
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || typeof value === 'string';
}
