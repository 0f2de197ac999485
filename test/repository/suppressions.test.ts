import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { repository } from './modules.ts';

/** What would silence the compiler, the linters or the coverage of a test. Written so that this file does not match. */
const suppressions = new RegExp(
  ['biome', 'eslint', 'prettier', 'zizmor', 'c8', 'istanbul'].map(tool => `${tool}[-: ]+(?:ignore|disable)`).join('|') +
    '|@ts-(?:ignore|expect-error|nocheck)|\\b(?:test|it|describe)\\.(?:only|skip|todo)\\b',
);

const written = globSync('{.ci,.github,actions,packages,scripts,test,examples,*}/**/*.{ts,js,mjs,yml,yaml}', {
  cwd: repository,
  exclude: ['node_modules', 'dist', 'build', '.cache', 'report', 'coverage'],
});

test('nothing silences a check: what is wrong is mended, what is right needs no excuse', () => {
  const silenced = written.filter(path => suppressions.test(readFileSync(join(repository, path), 'utf8')));
  expect(silenced).toEqual([]);
});

test.each([
  ['// biome', 'ignore lint/suspicious: because'],
  ['// @ts', 'expect-error'],
  ['# zizmor: ', 'ignore[unpinned-uses]'],
  ['describe', '.only("x", () => {})'],
])('%s%s counts as one', (start, end) => {
  expect(suppressions.test(start + (start.startsWith('//') ? '-' : '') + end)).toBe(true);
});
