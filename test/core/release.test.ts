import { describe, expect, test } from '@jest/globals';
import { isCalled, isSame, nameOf, sameContent } from '#core/release';
import { release } from './fixture.ts';

describe('two releases have the same content', () => {
  test.each([
    ['of one commit', { sha: 'a', tree: 't' }, { sha: 'a', tree: 't' }, true],
    ['of a merge that makes a new commit of the same tree', { sha: 'a', tree: 't' }, { sha: 'b', tree: 't' }, true],
    ['of different trees', { sha: 'a', tree: 't' }, { sha: 'b', tree: 'u' }, false],
    ['whose trees are not known', { sha: 'a', tree: '' }, { sha: 'b', tree: '' }, false],
    ['whose commits are not known', { sha: '', tree: 't' }, { sha: '', tree: 'u' }, false],
  ])('%s', (_name, one, other, expected) => {
    expect(sameContent(release('1.0.0', one), release('1.0.0', other))).toBe(expected);
  });

  test('the version alone says nothing (branch-deploy#340: the approved commit is not the deployed one)', () => {
    expect(sameContent(release('1.0.0', { sha: 'a', tree: 't' }), release('1.0.0', { sha: 'b', tree: 'u' }))).toBe(
      false,
    );
  });
});

describe('components that have versions of their own', () => {
  const api = release('1.3.0', { sha: 'a', tag: 'api-v1.3.0', component: 'api' });
  const web = release('1.3.0', { sha: 'a', tag: 'web-v1.3.0', component: 'web' });

  test('are other releases, also of one commit and with the same number', () => {
    expect(isSame(api, web)).toBe(false);
    expect(isSame(api, { ...api, tree: 'other' })).toBe(true);
    expect(isSame(api, release('1.3.0', { sha: 'a' }))).toBe(false);
    expect([nameOf(api), nameOf(release('1.3.0', {}))]).toEqual(['api 1.3.0', '1.3.0']);
  });

  test.each([
    ['1.3.0', true],
    ['api-v1.3.0', true],
    ['web-v1.3.0', false],
    ['1.3', false],
  ])('are meant by their version and by their tag: %s', (said, expected) => {
    expect(isCalled(api, said)).toBe(expected);
  });

  test('a tag is meant with and without its v', () => {
    expect(isCalled(release('1.3.0', { tag: 'v1.3.0-stage' }), '1.3.0-stage')).toBe(true);
  });
});
