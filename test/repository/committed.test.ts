import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { repository } from './modules.ts';

test('git ignores no source: what is ignored is missing in a fresh clone, and no linter sees it', () => {
  const folders = [
    '.ci',
    '.github',
    'actions',
    'docs',
    'examples',
    'packages',
    'schema',
    'scripts',
    'test',
    '*/action.yml',
  ];
  const ignored = ['ls-files', '--others', '--ignored', '--exclude-standard', '--', ...folders];
  const files = execFileSync('git', ignored, { cwd: repository, encoding: 'utf8' }).split('\n');
  expect(files.filter(file => file !== '')).toEqual([]);
});
