import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { callersIn } from '#core/doctor/callers';
import type { Caller } from '#core/doctor/facts';

/** The jobs that call the suite, in the workflows of a working copy. */
export function callersOf(folder: string): readonly Caller[] {
  return globSync('.github/workflows/*.{yml,yaml}', { cwd: folder })
    .toSorted()
    .flatMap(file => callersIn(file, readFileSync(join(folder, file), 'utf8')));
}
