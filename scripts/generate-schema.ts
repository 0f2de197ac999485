/** Writes `schema/release-flow.schema.json`; with `--check`, exits 1 when the file is not what would be written. */
import { readFileSync, writeFileSync } from 'node:fs';
import { flowJsonSchema } from '#core/flow/json-schema';

const file = new URL('../schema/release-flow.schema.json', import.meta.url);
const wanted = `${JSON.stringify(flowJsonSchema(), null, 2)}\n`;

if (!process.argv.includes('--check')) {
  writeFileSync(file, wanted);
} else if (readExisting() !== wanted) {
  console.error(
    'schema/release-flow.schema.json is stale: run `node scripts/generate-schema.ts` and commit the result',
  );
  process.exitCode = 1;
}

function readExisting(): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
