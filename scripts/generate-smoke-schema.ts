/** Writes `schema/smoke.schema.json`; with `--check`, exits 1 when the file is not what would be written. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { smokeJsonSchema } from '#core/smoke/json-schema';

const file = new URL('../schema/smoke.schema.json', import.meta.url);
const wanted = `${JSON.stringify(smokeJsonSchema(), null, 2)}\n`;

if (!process.argv.includes('--check')) {
  writeFileSync(file, wanted);
} else if (!existsSync(file) || readFileSync(file, 'utf8') !== wanted) {
  console.error('schema/smoke.schema.json is stale: run `node scripts/generate-smoke-schema.ts` and commit the result');
  process.exitCode = 1;
}
