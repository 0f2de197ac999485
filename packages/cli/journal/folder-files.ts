import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FindingError } from '#core/finding';
import type { EventFiles } from './events.ts';

/** Of a folder in which the branch of a journal is checked out. */
export function filesOfFolder(folder: string): EventFiles {
  const events = join(folder, 'events');
  try {
    return new Map(readdirSync(events).map(name => [name, readFileSync(join(events, name), 'utf8')]));
  } catch (cause) {
    const message = `There is no journal in ${folder}: ${cause instanceof Error ? cause.message : String(cause)}`;
    throw new FindingError([{ reason: 'not-found', message, evidence: { folder } }], { cause });
  }
}
