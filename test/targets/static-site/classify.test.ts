import { describe, expect, test } from '@jest/globals';
import { classifierOf, hasHashInName } from '#targets/static-site/classify';
import { mediaType } from '#targets/static-site/media-types';
import { matcherOf } from '#targets/static-site/pattern';

describe('a hash in a name', () => {
  test.each([
    'app.3f2a9c1b.js',
    'static/js/main.8c1f0a2e.chunk.js',
    '_next/static/chunks/pages/index-4f9b1a2c3d4e5f60.js',
    'assets/index-BnS3mP2d.js',
    'assets/index-B_S3mP2d.css',
    'chunk-5X2KAZ4N.mjs',
    '3f2a9c1b77.woff2',
    'logo.0123456789abcdef0123456789abcdef.svg',
  ])('%s', path => expect(hasHashInName(path)).toBe(true));

  test.each([
    'index.html',
    'favicon.ico',
    'logo-horizontal.png',
    'photo-iphone15pro.jpg',
    'report-20240101.pdf',
    'icon-DarkMode.svg',
    'defaced.html',
    'jquery-3.7.1.min.js',
    'CHANGELOG',
    'deadbeef',
    'a/3f2a9c1b/app.js',
  ])('not %s', path => expect(hasHashInName(path)).toBe(false));
});

describe('a pattern', () => {
  test.each([
    ['**/*.html', 'index.html', true],
    ['**/*.html', 'a/b/c.html', true],
    ['*.html', 'a/b.html', false],
    ['assets/**', 'assets/a/b.js', true],
    ['assets/**', 'myassets/a.js', false],
    ['*.{js,css}', 'a.css', true],
    ['*.{js,css}', 'a.mjs', false],
    ['a?.txt', 'ab.txt', true],
    ['a?.txt', 'a/.txt', false],
    ['a+(b).txt', 'a+(b).txt', true],
    ['{x', '{x', true],
  ])('%s and %s: %s', (pattern, path, matches) => expect(matcherOf([pattern])(path)).toBe(matches));
});

describe('what a file is', () => {
  const rules = { documents: ['**/*.html'], cacheControl: [{ pattern: 'feed.*', value: 'max-age=60' }] };
  const paths = new Set([
    'index.html',
    'app.3f2a9c1b.js',
    'app.3f2a9c1b.js.br',
    'feed.xml',
    'feed.xml.gz',
    'data.tar.gz',
  ]);
  const classOf = classifierOf(rules, paths);

  test('an asset may be kept for ever, all else is asked for again, a rule goes first', () => {
    expect(classOf('app.3f2a9c1b.js')).toMatchObject({
      kind: 'asset',
      cacheControl: expect.stringContaining('immutable'),
    });
    expect(classOf('index.html')).toMatchObject({
      kind: 'document',
      cacheControl: expect.stringContaining('max-age=0'),
    });
    expect(classOf('feed.xml')).toMatchObject({ kind: 'file', cacheControl: 'max-age=60' });
  });

  test('a compressed sibling is what it is compressed from', () => {
    expect(classOf('app.3f2a9c1b.js.br')).toMatchObject({
      kind: 'asset',
      encoding: 'br',
      type: expect.stringContaining('javascript'),
    });
    expect(classOf('feed.xml.gz')).toMatchObject({
      kind: 'file',
      encoding: 'gzip',
      type: 'application/xml',
      cacheControl: 'max-age=60',
    });
    expect(classOf('data.tar.gz')).toMatchObject({ type: 'application/gzip' });
    expect(classOf('data.tar.gz')).not.toHaveProperty('encoding');
  });

  test('patterns of hashed files take the place of the guess', () => {
    const other = classifierOf({ ...rules, hashed: ['assets/**'] }, paths);
    expect([other('assets/logo.png').kind, other('app.3f2a9c1b.js').kind]).toEqual(['asset', 'file']);
  });
});

test.each([
  ['a/B.HTML', 'text/html; charset=utf-8'],
  ['x.webmanifest', 'application/manifest+json'],
  ['.well-known/apple-app-site-association', 'application/json'],
  ['what.ever', 'application/octet-stream'],
  ['README', 'application/octet-stream'],
])('%s is %s', (path, type) => expect(mediaType(path)).toBe(type));
