import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Finding } from '#core/finding';
import { type CommandEnd, stoppableScript } from './command.ts';
import type { Toolbox } from './toolbox.ts';

/** A commit of the repository, in a folder of its own. */
export interface CheckedOut {
  readonly ok: true;
  /** An absolute path. */
  readonly folder: string;
  readonly remove: () => Promise<void>;
}

export type Checkout = CheckedOut | { readonly ok: false; readonly finding: Finding };

/** The commit that the folder of the toolbox is of; undefined where there is no git or no repository. */
export async function headOf(toolbox: Toolbox, timeLeft: () => number): Promise<string | undefined> {
  const end = await git(toolbox, timeLeft, ['rev-parse', '--verify', 'HEAD']);
  const commit = end?.code === 0 ? (end.stdout ?? '').trim() : '';
  return /^[0-9a-f]{40}$/.test(commit) ? commit : undefined;
}

/**
 * Checks an earlier commit out beside the release’s own. `actions/checkout` has one commit only unless told otherwise: then the other
 * one is fetched, as far as the job may.
 */
export async function checkOut(toolbox: Toolbox, commit: string, timeLeft: () => number): Promise<Checkout> {
  const root = mkdtempSync(join(process.env.RUNNER_TEMP ?? tmpdir(), 'commit-'));
  const folder = join(root, 'checkout');
  const add = () => git(toolbox, timeLeft, ['worktree', 'add', '--detach', folder, commit]);
  let end = await add();
  if (end?.code !== 0) {
    await git(toolbox, timeLeft, ['fetch', '--no-tags', '--depth=1', 'origin', commit]);
    end = await add();
  }
  const remove = async () => {
    rmSync(root, { recursive: true, force: true });
    // Its entry in the repository goes with the next prune, which git does by itself.
  };
  if (end?.code === 0) return { ok: true, folder, remove };
  await remove();
  return {
    ok: false,
    finding: {
      reason: 'not-found',
      message: `The commit ${commit.slice(0, 12)}, whose configuration is wanted, cannot be checked out: ${lastLine(end)}`,
      evidence: { commit },
      next: 'Give `actions/checkout` of this job `fetch-depth: 0`, so that earlier commits are there.',
    },
  };
}

async function git(toolbox: Toolbox, timeLeft: () => number, args: readonly string[]): Promise<CommandEnd | undefined> {
  const found = toolbox.find('git');
  if (!found.ok) return undefined;
  return toolbox.run({
    title: `git ${args[0] ?? ''}`,
    program: found.program,
    args,
    timeout: timeLeft(),
    stopping: stoppableScript,
    show: 'nothing',
    collect: 64 * 1024,
    env: { GIT_TERMINAL_PROMPT: '0' },
  });
}

function lastLine(end: CommandEnd | undefined): string {
  return end?.errors.findLast(line => line.trim() !== '') ?? 'git is not there';
}
