import { cpSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What act cannot read in a workflow of the suite, and what it gets instead. Each has to occur, or it is here for nothing. */
const rewritten: readonly (readonly [why: string, from: RegExp, to: string])[] = [
  ['act has no `$/`', /uses: \$\/([a-z-]+)/g, 'uses: org/release-actions/$1@v1'],
  ['act’s schema has no `environment.deployment`', /^ +deployment: false\n/gm, ''],
];

/** Copies what `uses: org/release-actions/…@v1` reads: action folders, bundles, and the rewritten reusable workflows. */
export function copySuite(suite: string, to: string): void {
  for (const path of ['dist', ...globSync('*/action.yml', { cwd: suite }).map(dirname)]) {
    cpSync(join(suite, path), join(to, path), { recursive: true });
  }
  for (const path of ['.github/workflows/release.yml', '.github/workflows/rollback.yml']) {
    mkdirSync(join(to, dirname(path)), { recursive: true });
    writeFileSync(join(to, path), forAct(path, readFileSync(join(suite, path), 'utf8')));
  }
}

function forAct(path: string, workflow: string): string {
  return rewritten.reduce((text, [why, from, to]) => {
    if (text.search(from) < 0) throw new Error(`${path}: nothing to rewrite for “${why}”: remove that rule`);
    return text.replaceAll(from, to);
  }, workflow);
}
