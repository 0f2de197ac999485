/**
 * Writes what is generated from the sources: the schemas, `docs/reasons.md`, and the tables in the README of every
 * action. `--check` writes nothing and fails when a file is not what would be written.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { flowJsonSchema } from '#core/flow/json-schema';
import { actionReadme } from './docs/action-readme.ts';
import { reasonsPage } from './docs/reasons-page.ts';
import { resultSchema } from './docs/result-schema.ts';

const root = join(import.meta.dirname, '..');
const stale = [...generated()].filter(([path, text]) => readExisting(path) !== text);

if (!process.argv.includes('--check')) {
  for (const [path, text] of stale) {
    writeFileSync(join(root, path), text);
    console.log(`wrote ${path}`);
  }
} else if (stale.length > 0) {
  const paths = stale.map(([path]) => path);
  console.error(`not what the sources give; run \`npm run generate\` and commit:\n  ${paths.join('\n  ')}`);
  process.exitCode = 1;
}

function* generated(): Generator<readonly [path: string, text: string]> {
  yield ['schema/release-flow.schema.json', json(flowJsonSchema())];
  yield ['schema/result.schema.json', json(resultSchema())];
  yield ['docs/reasons.md', reasonsPage()];
  for (const metadata of globSync('*/action.yml', { cwd: root }).toSorted()) {
    const path = join(dirname(metadata), 'README.md');
    yield [path, actionReadme(metadata, readFileSync(join(root, metadata), 'utf8'), readExisting(path))];
  }
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function readExisting(path: string): string | undefined {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    return undefined;
  }
}
