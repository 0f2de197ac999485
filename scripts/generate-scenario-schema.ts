/**
 * Writes `schema/scenario.schema.json`, and the reference in packages/lab/README.md that is made from it. With `--check`, exits 1
 * when a file is not what would be written.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scenarioJsonSchema } from '../packages/lab/scenario/json-schema.ts';
import { between } from './docs/between.ts';
import { scenarioReference } from './docs/scenario-reference.ts';

const root = join(import.meta.dirname, '..');
const schema = scenarioJsonSchema();
const reference = scenarioReference(schema);

write('schema/scenario.schema.json', () => `${JSON.stringify(schema, null, 2)}\n`);
write('packages/lab/README.md', text => between(text, 'scenario', reference));

function write(path: string, make: (existing: string) => string): void {
  const file = join(root, path);
  const existing = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const wanted = make(existing);
  if (wanted === existing) return;
  if (process.argv.includes('--check')) {
    console.error(`${path} is not what the sources give; run \`npm run generate\` and commit it`);
    process.exitCode = 1;
    return;
  }
  writeFileSync(file, wanted);
  console.log(`wrote ${path}`);
}
