import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../../fixtures/pulumi');

export interface Recording {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

/** What the real CLI printed, by the name of the recording: `08-up-plan`. */
export function recording(name: string): Recording {
  const read = (ending: string) => readFileSync(join(folder, `${name}.${ending}`), 'utf8');
  return { stdout: read('stdout'), stderr: read('stderr'), code: Number(read('rc')) };
}
