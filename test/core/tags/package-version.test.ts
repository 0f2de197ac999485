import { expect, test } from '@jest/globals';
import { judgePackage, versionFiles } from '#core/tags/package-version';
import { release } from '../fixture.ts';

const json = (value: unknown) => JSON.stringify(value);

test.each<[string, string, string, string, string | undefined, string]>([
  ['the same', '1.3.0', '1.3.0', 'package.json', json({ version: '1.3.0' }), 'pass package-version-same'],
  ['another', '1.3.0', '1.3.0', 'package.json', json({ version: '1.2.9' }), 'fail package-version-differs'],
  [
    'a prerelease of it',
    '1.3.0',
    '1.3.0',
    'package.json',
    json({ version: '1.3.0-rc.1' }),
    'fail package-version-differs',
  ],
  [
    'a candidate, said in full',
    '1.3.0-rc.1',
    '1.3.0',
    'package.json',
    json({ version: '1.3.0-rc.1' }),
    'pass package-version-same',
  ],
  [
    'a candidate, said without it',
    '1.3.0-rc.1',
    '1.3.0',
    'package.json',
    json({ version: '1.3.0' }),
    'pass package-version-same',
  ],
  [
    'another candidate',
    '1.3.0-rc.1',
    '1.3.0',
    'package.json',
    json({ version: '1.3.0-rc.2' }),
    'fail package-version-differs',
  ],
  ['a file with nothing else', '1.3.0', '1.3.0', 'VERSION', 'v1.3.0\n', 'pass package-version-same'],
  [
    'a file with more',
    '1.3.0',
    '1.3.0',
    'pyproject.toml',
    '[project]\nversion = "1.3.0"',
    'fail package-version-missing',
  ],
  ['no file', '1.3.0', '1.3.0', 'package.json', undefined, 'fail package-version-missing'],
  ['no JSON', '1.3.0', '1.3.0', 'package.json', '{', 'fail package-version-missing'],
  ['no version', '1.3.0', '1.3.0', 'package.json', '{}', 'fail package-version-missing'],
  ['a version that is no text', '1.3.0', '1.3.0', 'package.json', json({ version: 1 }), 'fail package-version-missing'],
  ['an empty file', '1.3.0', '1.3.0', 'VERSION', '', 'fail package-version-missing'],
  ['null', '1.3.0', '1.3.0', 'package.json', 'null', 'fail package-version-missing'],
])('%s', (_, version, core, path, text, expected) => {
  const { verdict, reason } = judgePackage(release(version), core, { path, text });
  expect(`${verdict} ${reason}`).toBe(expected);
});

test('{component} stands for each component that is released', () => {
  expect(versionFiles(['{component}/package.json', 'VERSION'], ['api', 'web'])).toEqual([
    'api/package.json',
    'web/package.json',
    'VERSION',
  ]);
  expect(versionFiles(['VERSION', 'VERSION'], ['api'])).toEqual(['VERSION']);
});
