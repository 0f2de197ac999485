import { describe, expect, test } from '@jest/globals';
import { parseComponent } from '#core/flow/parse';
import { standaloneComponent } from '#core/flow/resolve';
import { problemsOf, small } from './fixture.ts';

function component(text: string) {
  const parsed = parseComponent(`target: static-site\nbucket: shop-web\n${text}`, { input: 'component' });
  if (!parsed.ok) throw new Error(parsed.problems.map(problem => problem.message).join('\n'));
  const resolved = standaloneComponent(parsed, { name: 'web', onFailure: 'rollback' }, {});
  if (!resolved.ok) throw new Error('not resolved');
  return resolved.component;
}

test('a site is the whole bucket, its pages are HTML, and files stay for a month', () => {
  expect(component('artifact: web')).toMatchObject({
    target: 'static-site',
    bucket: 'shop-web',
    artifact: 'web',
    prefix: '',
    invalidate: 'changed',
    documents: ['**/*.html'],
    exclude: [],
    cacheControl: [],
    keep: 30 * 24 * 3_600_000,
  });
});

test('rules keep the order of the file, and settings their values', () => {
  const text = [
    'folder: dist/web',
    'prefix: web/',
    'distribution: E1',
    'invalidate: all',
    'documents: [a.html, "*.xml"]',
    'hashed: [assets/**]',
    'cache-control: { "b*": max-age=2, a*: max-age=1 }',
    'settings: { file: env.js, values: { api: https://x, beta: true, limit: 3 } }',
    'keep: 90d',
    'owner: "333333333333"',
  ].join('\n');
  expect(component(text)).toMatchObject({
    folder: 'dist/web',
    prefix: 'web',
    distribution: 'E1',
    invalidate: 'all',
    documents: ['a.html', '*.xml'],
    hashed: ['assets/**'],
    cacheControl: [
      { pattern: 'b*', value: 'max-age=2' },
      { pattern: 'a*', value: 'max-age=1' },
    ],
    settings: { file: 'env.js', values: { api: 'https://x', beta: true, limit: 3 } },
    keep: 90 * 24 * 3_600_000,
    owner: '333333333333',
  });
});

describe('what contradicts itself', () => {
  test.each([
    ['artifact: web\nfolder: dist', 'folder: stands beside `artifact`: the files come from one of them (remove one)'],
    ['', 'does not say which files are deployed (give `artifact` or `folder`)'],
    [
      'artifact: web\ninvalidate: all',
      'invalidate: has no effect without a `distribution` (give `distribution`, or remove it)',
    ],
    [
      'artifact: web\nprefix: .release-actions/x',
      'prefix: is where the suite keeps its records of the bucket (choose another folder)',
    ],
    [
      'artifact: web\nsettings: { file: env.yml, values: { a: 1 } }',
      'settings.file: `env.yml` is neither .json nor .js',
    ],
    ['artifact: web\nfolder: ../dist', 'folder: leaves the repository with `..`'],
    ['artifact: web\nowner: "33"', 'owner: `33` is not an AWS account of twelve digits'],
    [
      'artifact: web\nexclude: [/a]',
      'exclude[0]: begins with a slash (patterns count from the top folder of the site)',
    ],
    ['artifact: web\nsettings: { file: a.json, values: { a: [1] } }', 'settings.values.a'],
  ])('%s', (text, problem) => {
    const file = small({ component: `target: static-site\nbucket: shop-web\n${text}` });
    expect(problemsOf(file).join('\n')).toContain(problem);
  });
});
