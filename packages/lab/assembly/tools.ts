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
  // A story starts a tool a hundred times: its types are stripped, and it is compiled, once.
  const compiled = join(directory, 'compiled-tools');
  for (const folder of [path, outside]) mkdirSync(folder, { recursive: true });
  for (const [name, script] of Object.entries(scripts)) {
    const program = join(path, name);
    const env = `OUTSIDE=${word(outside)} NODE_COMPILE_CACHE=${word(compiled)}`;
    writeFileSync(program, `#!/bin/sh\n${env} exec ${word(process.execPath)} ${word(script)} "$@"\n`);
    chmodSync(program, 0o755);
  }
  return { path, outside };
}

/** One word of a shell. */
function word(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
