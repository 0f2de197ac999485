import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Configuration, State } from './shapes.ts';
import { dataFolder, flags, outside, Refusal, version } from './words.ts';

export function configuration(): Configuration {
  if (!existsSync('main.tf.json')) return {};
  return JSON.parse(readFileSync('main.tf.json', 'utf8')) as Configuration;
}

export function statePath(): string {
  const settings = join(dataFolder, 'backend.json');
  if (!existsSync(settings)) {
    throw new Refusal(
      'Backend initialization required, please run "tofu init"',
      'Reason: Initial configuration of the requested backend "local"',
    );
  }
  const { path } = JSON.parse(readFileSync(settings, 'utf8')) as { path: string };
  return resolve(outside, path);
}

export function readState(): State | undefined {
  const path = statePath();
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as State) : undefined;
}

export function writeState(state: State): void {
  state.serial += 1;
  mkdirSync(dirname(statePath()), { recursive: true });
  writeFileSync(statePath(), JSON.stringify(state, null, 2));
}

export const lockPath = () => join(dirname(statePath()), `.${basename(statePath())}.lock.info`);

/** While somebody else has the lock, until -lock-timeout is over. */
export async function lock(operation: string): Promise<void> {
  const until = Date.now() + Number.parseInt(flags('lock-timeout')[0] ?? '0', 10) * 1000;
  while (existsSync(lockPath()) && Date.now() < until) await delay(1_000);
  if (existsSync(lockPath()))
    throw new Refusal('Error acquiring the state lock', lockText(readFileSync(lockPath(), 'utf8')));
  mkdirSync(dirname(lockPath()), { recursive: true });
  const info = { ID: uuidOf(`${process.pid}`), Operation: operation, Info: '', Who: 'runner@fv-az1', Version: version };
  writeFileSync(
    lockPath(),
    JSON.stringify({ ...info, Created: new Date().toISOString(), Path: basename(statePath()) }),
  );
}

export function lockText(written: string): string {
  const { ID, Path, Operation, Who, Version, Created } = JSON.parse(written) as Record<string, string>;
  const created = (Created ?? '').replace('T', ' ').replace('Z', ' +0000 UTC');
  const rows = [`ID:        ${ID}`, `Path:      ${Path}`, `Operation: ${Operation}`, `Who:       ${Who}`];
  const all = [...rows, `Version:   ${Version}`, `Created:   ${created}`, 'Info:      '].map(row => `  ${row}`);
  return [
    ...['Error message: resource temporarily unavailable', 'Lock Info:', ...all, '', ''],
    'OpenTofu acquires a state lock to protect the state from being written',
    'by multiple users at the same time. Please resolve the issue above and try',
    'again. For most commands, you can disable locking with the "-lock=false"',
    'flag, but this is not recommended.',
  ].join('\n');
}

export function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
