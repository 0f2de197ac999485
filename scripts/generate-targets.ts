/** Puts the keys of each target into docs/targets/<name>.md; with `--check`, exits 1 when they are not what stands there. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { flowJsonSchema } from '#core/flow/json-schema';
import { targetNames } from '#core/flow/targets/registry';
import { between } from './docs/between.ts';
import { keysTable } from './docs/keys-table.ts';

const folder = join(import.meta.dirname, '../docs/targets');
const check = process.argv.includes('--check');

for (const name of targetNames) {
  const file = join(folder, `${name}.md`);
  const existing = existsSync(file) ? readFileSync(file, 'utf8') : firstPage(name);
  const wanted = between(existing, 'keys', keysTable(flowJsonSchema(), name));
  if (existsSync(file) && wanted === existing) continue;
  if (check) {
    console.error(`docs/targets/${name}.md has other keys than the schema; run \`npm run generate\` and commit it`);
    process.exitCode = 1;
  } else {
    writeFileSync(file, wanted);
    console.log(`wrote docs/targets/${name}.md`);
  }
}

function firstPage(name: string): string {
  return `# ${name}\n\n## Keys\n\n<!-- keys:begin -->\n<!-- keys:end -->\n`;
}
