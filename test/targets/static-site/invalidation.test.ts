import { describe, expect, test } from '@jest/globals';
import { callerReference, invalidationPaths } from '#targets/static-site/invalidation';
import { judgeOrigins } from '#targets/static-site/observe';

const many = (folder: string, count: number) => Array.from({ length: count }, (_, n) => `${folder}${n}.html`);

describe('the paths of an invalidation', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ['nothing for nothing', [], []],
    ['a page', ['about.html'], ['/about.html']],
    ['the root page, by both of its names', ['index.html'], ['/index.html', '/']],
    ['the page of a folder', ['docs/index.html'], ['/docs/index.html', '/docs/']],
    ['what is unsafe is escaped', ['a b/ü*.html'], ['/a%20b/%C3%BC%2A.html']],
    ['twenty in a folder one by one', many('docs/', 20), many('/docs/', 20).sort()],
    ['more in a folder as one', many('docs/', 21), ['/docs/*']],
    ['more at the top one by one', many('', 60), many('/', 60).sort()],
    ['very many as all', many('', 101), ['/*']],
    ['many folders as all', ['a/', 'b/', 'c/', 'd/', 'e/', 'f/'].flatMap(folder => many(folder, 21)), ['/*']],
  ])('%s', (_what, changed, paths) => expect(invalidationPaths(changed, 'changed')).toEqual(paths));

  test('all is all, but not for nothing', () => {
    expect(invalidationPaths(['a.html'], 'all')).toEqual(['/*']);
    expect(invalidationPaths([], 'all')).toEqual([]);
  });

  test('the same change has the same reference, another one another', () => {
    const one = callerReference(1, 'abc', ['/a']);
    expect(callerReference(1, 'abc', ['/a'])).toBe(one);
    expect(
      new Set([
        one,
        callerReference(2, 'abc', ['/a']),
        callerReference(1, 'abd', ['/a']),
        callerReference(1, 'abc', ['/b']),
      ]).size,
    ).toBe(4);
  });
});

describe('a distribution', () => {
  const place = { bucket: 'shop-web', prefix: '', invalidate: 'changed' } as const;
  const of = (...hosts: string[]) =>
    judgeOrigins(place, {
      id: 'E1',
      enabled: true,
      defaultRootObject: '',
      origins: hosts.map(host => ({ host, path: '' })),
    });
  test.each([
    ['of the bucket', ['shop-web.s3.eu-west-1.amazonaws.com'], true],
    ['of the bucket as a web site', ['shop-web.s3-website-eu-west-1.amazonaws.com'], true],
    ['of the bucket and an API', ['api.shop.example', 'shop-web.s3.amazonaws.com'], true],
    ['of what cannot be seen', ['origin.shop.example'], true],
    ['of another bucket', ['shop-web-old.s3.eu-west-1.amazonaws.com'], false],
    ['of other buckets', ['a.s3.amazonaws.com', 'b.s3.eu-west-1.amazonaws.com'], false],
  ])('%s', (_what, hosts, fits) => expect(of(...hosts) === undefined).toBe(fits));
});
