import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** A tool ended red and has said why: there is nothing to add, a stack trace least of all. */
export class ToolFailure extends Error {}

/** Runs an installed tool in the folder that it is installed in. */
export function runTool(folder: string, tool: string, args: readonly string[]): void {
  const { status, error } = spawnSync(join(folder, 'node_modules/.bin', tool), args, {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new ToolFailure(`${tool} failed`);
}
