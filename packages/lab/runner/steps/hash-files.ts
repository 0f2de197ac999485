import { createHash } from 'node:crypto';
import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** `hashFiles()`: SHA-256 over the SHA-256 of each file below the workspace that matches; empty when none does. */
export function hashFiles(workspace: string, patterns: readonly string[]): string {
  const wanted = patterns.filter(pattern => !pattern.startsWith('!'));
  const unwanted = patterns.filter(pattern => pattern.startsWith('!')).map(pattern => pattern.slice(1));
  const files = globSync(wanted, { cwd: workspace, exclude: unwanted })
    .toSorted()
    .map(path => join(workspace, path))
    .filter(path => statSync(path).isFile());
  if (files.length === 0) return '';
  const whole = createHash('sha256');
  for (const file of files) whole.update(createHash('sha256').update(readFileSync(file)).digest());
  return whole.digest('hex');
}
