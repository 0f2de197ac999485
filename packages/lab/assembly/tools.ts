import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Programs of a scenario for its jobs, and the folder that they work on. */
export interface Tools {
  /** Goes into PATH. */
  readonly path: string;
  /** $OUTSIDE: stays from job to job. */
  readonly outside: string;
}

/**
 * Writes a program for each Node script. It knows its folder whatever environment it is started with: an action may hand on no
 * more than it must.
 */
export function makeTools(directory: string, scripts: Readonly<Record<string, string>>): Tools {
  const [path, outside] = [join(directory, 'tools'), join(directory, 'outside')];
  for (const folder of [path, outside]) mkdirSync(folder, { recursive: true });
  for (const [name, script] of Object.entries(scripts)) {
    const program = join(path, name);
    writeFileSync(program, `#!/bin/sh\nOUTSIDE=${word(outside)} exec ${word(process.execPath)} ${word(script)} "$@"\n`);
    chmodSync(program, 0o755);
  }
  return { path, outside };
}

/** One word of a shell. */
function word(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
