import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { minifySync } from '@swc/core';
import { compiledAtOnce } from './compile-at-once.ts';

/**
 * ncc minifies the entry and leaves the lazy chunks as they are: three fifths of their bytes. Names of functions and
 * classes stay, because a stack trace in a bug report has to mean something.
 */
export function minifyChunks(suite: string): void {
  const names = { keep_classnames: true, keep_fnames: true };
  for (const file of readdirSync(suite)) {
    if (!file.endsWith('.index.js')) continue;
    const path = join(suite, file);
    const { code } = minifySync(readFileSync(path, 'utf8'), {
      module: true,
      compress: { ecma: 2020, ...names },
      mangle: names,
      format: { comments: false },
    });
    writeFileSync(path, `${compiledAtOnce(code)}\n`);
  }
}
