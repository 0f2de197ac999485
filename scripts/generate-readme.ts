/** Puts the callers of the example into README.md; with `--check`, exits 1 when they are not what stands there. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { between } from './docs/between.ts';

const root = join(import.meta.dirname, '..');
const file = join(root, 'README.md');
const existing = readFileSync(file, 'utf8');
const wanted = ['release.yml', 'rollback.yml'].reduce((text, name) => {
  const workflow = readFileSync(join(root, 'examples/unifocus/.github/workflows', name), 'utf8').trimEnd();
  return between(text, name, `\n\`\`\`yaml\n${workflow}\n\`\`\`\n`);
}, existing);

if (wanted !== existing && process.argv.includes('--check')) {
  console.error('README.md does not show the callers of examples/unifocus; run `npm run generate` and commit it');
  process.exitCode = 1;
} else if (wanted !== existing) {
  writeFileSync(file, wanted);
  console.log('wrote README.md');
}
