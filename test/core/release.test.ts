import { describe, expect, test } from '@jest/globals';
import { sameContent } from '#core/release';
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
