import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Files of two folders that are not the same to the byte, or are in one of them only; each with what is wrong with it. */
export function differences(fresh: string, committed: string): readonly string[] {
  const [made, held] = [filesOf(fresh), filesOf(committed)];
  return [...new Set([...made.keys(), ...held.keys()])].toSorted().flatMap(file => {
    const [one, other] = [made.get(file), held.get(file)];
    if (one === undefined) return [`${file} is no longer made`];
    if (other === undefined) return [`${file} is missing`];
    return one.equals(other) ? [] : [`${file} differs`];
  });
}

function filesOf(directory: string): ReadonlyMap<string, Buffer> {
  const paths = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name));
  return new Map(paths.map(path => [relative(directory, path), readFileSync(path)]));
}
