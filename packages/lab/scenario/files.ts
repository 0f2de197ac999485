import { readdirSync } from 'node:fs';

/** Every scenario below a folder, by its path there: not the worlds that scenarios extend, nor what the repositories of a story have. */
export function scenarioFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.yml') && !file.endsWith('.world.yml') && !/(^|\/)\./.test(file))
    .toSorted();
}
