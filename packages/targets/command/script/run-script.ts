import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CommandResult, readCommandResult } from '#core/command/result';
import type { Finding } from '#core/finding';
import type { CommandEnd } from '../run/command.ts';
import { stoppableScript } from '../run/command.ts';
import type { Toolbox } from '../run/toolbox.ts';

export type Phase = 'observe' | 'preview' | 'deploy' | 'rollback';

export interface ScriptCall {
  readonly component: string;
  readonly phase: Phase;
  /** Program and arguments. */
  readonly words: readonly string[];
  /** Milliseconds. */
  readonly timeout: number;
  /** For `rollback`: what to go back to. */
  readonly receipt?: Readonly<Record<string, unknown>>;
}

export interface ScriptEnd {
  readonly end: CommandEnd;
  readonly result: CommandResult;
  /** The file cannot be read: what the script has done is not known. */
  readonly invalid?: Finding;
}

/** More than that is not a result but a log. Characters. */
const largestFile = 256 * 1024;

/** Runs one command of a script component, and reads what it wrote for the action. */
export async function runScript(toolbox: Toolbox, call: ScriptCall): Promise<ScriptEnd> {
  const { component, phase, words, timeout, receipt } = call;
  const [tool = '', ...args] = words;
  const found = toolbox.find(tool);
  if (!found.ok) throw new Error(`${tool} was there a moment ago`);
  const folder = mkdtempSync(join(process.env.RUNNER_TEMP ?? tmpdir(), 'release-'));
  try {
    const file = join(folder, 'result.json');
    const receiptFile = join(folder, 'receipt.json');
    writeFileSync(file, '');
    if (receipt !== undefined) writeFileSync(receiptFile, JSON.stringify(receipt));
    const end = await toolbox.run({
      title: `${component}: ${phase}`,
      program: found.program,
      args,
      timeout,
      stopping: stoppableScript,
      show: 'all',
      env: {
        RELEASE_PHASE: phase,
        RELEASE_COMPONENT: component,
        RELEASE_RESULT: file,
        ...(receipt === undefined ? {} : { RELEASE_RECEIPT: receiptFile }),
      },
    });
    return { end, ...read(toolbox, `${component}: ${phase}`, file) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Nothing secret passes: neither into the log nor into a receipt, which others can read. */
function read({ redactor }: Toolbox, title: string, file: string): Omit<ScriptEnd, 'end'> {
  const written = textOf(file);
  const invalid = (what: string) => ({
    result: {},
    invalid: {
      reason: 'command-output-invalid',
      message: `What ${title} wrote to RELEASE_RESULT cannot be used: ${what}.`,
      evidence: { command: title },
    } as const,
  });
  if (written.length > largestFile) return invalid(`it has ${written.length} characters`);
  const shown = readCommandResult(redactor.redact(written));
  const plain = readCommandResult(written);
  if (!plain.ok) return invalid(redactor.redact(plain.message));
  if (!shown.ok || JSON.stringify(plain.result.receipt) !== JSON.stringify(shown.result.receipt)) {
    return invalid('its receipt holds a secret');
  }
  return { result: shown.result };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // A script may remove it: then it says nothing.
    return '';
  }
}
