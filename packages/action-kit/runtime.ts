import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { FindingError } from '#core/finding';
import type { Progress, TargetRuntime } from '#core/target';
import type { Kit } from './kit.ts';

export interface RuntimeParts {
  /** How files of the build are had; the way back needs none. */
  readonly filesOf?: TargetRuntime['filesOf'];
  /** GitHub’s token, for another commit than the one that is checked out. */
  readonly token?: string;
  /** The commit that is released; that of the run unless said. */
  readonly commit?: string;
}

/** What a driver needs, from what the action has. */
export function targetRuntime(kit: Kit, parts: RuntimeParts = {}): TargetRuntime {
  const { filesOf = noFiles, token = '', commit = kit.run.sha } = parts;
  const { clock, random, signal, run } = kit;
  return {
    clock,
    random,
    signal,
    runToken: `${run.run.id}-${run.run.attempt}`,
    commit,
    defaultRegion: process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION,
    idToken: audience => kit.idToken(audience),
    report: progress => tell(kit, progress),
    readFile: path => readFromWorkspace(run.workspace, path),
    workspace: run.workspace,
    checkedOut: async () => {
      const { checkedOut } = await import('./checkout.ts');
      return checkedOut(run);
    },
    checkoutOf: async sha => {
      const { checkoutOf } = await import('./checkout.ts');
      return checkoutOf({ ...run, token }, sha);
    },
    mask: secret => kit.mask(secret),
    filesOf,
  };
}

function noFiles(): never {
  throw new Error('only a deployment takes over files of the build');
}

function tell({ clock, log }: Kit, { subject, text, level }: Progress): void {
  const time = new Date(clock.now()).toISOString().slice(11, 19);
  if (level === 'warning') log.warning(`${subject}: ${text}`);
  else log.info(`${time}  ${subject}  ${text}`);
}

function readFromWorkspace(workspace: string, path: string): string {
  try {
    return readFileSync(resolve(workspace, path), 'utf8');
  } catch (cause) {
    const message = `The file ${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`;
    throw new FindingError([{ reason: 'input-invalid', message, evidence: { path } }], { cause });
  }
}
