/**
 * Writes `docs/reasons.md`, `docs/pains.md`, the examples in `docs/gates.md`, the schema of the output `result`, and the tables in the README of every action. `--check`
 * writes nothing and fails when a file is not what would be written.
 */
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { actionReadme } from './docs/action-readme.ts';
import { gatesPage } from './docs/gates-page.ts';
import { painsPage } from './docs/pains-page.ts';
import { reasonsPage } from './docs/reasons-page.ts';
import { resultSchema } from './docs/result-schema.ts';

const root = join(import.meta.dirname, '..');
const check = process.argv.includes('--check');

generate('schema/result.schema.json', () => `${JSON.stringify(resultSchema(), null, 2)}\n`);
generate('docs/reasons.md', reasonsPage);
generate('docs/gates.md', (existing = '') => gatesPage(existing));
generate('docs/pains.md', () => painsPage(root));
for (const metadata of globSync('*/action.yml', { cwd: root }).toSorted()) {
  generate(join(dirname(metadata), 'README.md'), existing =>
    actionReadme(readFileSync(join(root, metadata), 'utf8'), existing),
  );
}

/** One file that cannot be made does not keep the others from being made. */
function generate(path: string, make: (existing: string | undefined) => string): void {
  const file = join(root, path);
  const existing = readExisting(file);
  try {
    const wanted = make(existing);
    if (wanted === existing) return;
    if (check) throw new Error('is not what the sources give; run `npm run generate` and commit it');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, wanted);
    console.log(`wrote ${path}`);
  } catch (error) {
    console.error(`${path}: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}

function readExisting(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
