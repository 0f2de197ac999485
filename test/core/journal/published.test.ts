import { describe, expect, test } from '@jest/globals';
import { isKnownAs, knownName } from '#core/journal/published';
import { kept } from '#core/journal/state';
import { at, release, stateAfter, verifiedRelease } from '../fixture.ts';

const commit = '0123456789ab';
const { tag: _, ...ofBranch } = release(commit);
const published = { type: 'published', release: ofBranch, version: '1.4.0', tag: 'v1.4.0' } as const;
const state = stateAfter([...verifiedRelease(commit, null), published]);

describe('a release that a branch brought, and that was published since', () => {
  test.each([
    ['1.4.0', true],
    ['v1.4.0', true],
    [commit, true],
    ['1.4.1', false],
    ['', false],
  ])('whoever says “%s” means it: %s', (said, wanted) => {
    expect(isKnownAs(state, ofBranch, said)).toBe(wanted);
  });

  test('is told by both names', () => {
    expect(knownName(state, ofBranch)).toBe(`1.4.0 (${commit})`);
  });

  test('another release is not called so', () => {
    expect(isKnownAs(state, release('other'), '1.4.0')).toBe(false);
    expect(knownName(state, release('1.3.0'))).toBe('1.3.0');
    expect(knownName(state, release('1.3.0', { component: 'api' }))).toBe('api 1.3.0');
  });

  test('when its release is there, too, the newer entry takes the place of the older', () => {
    const url = 'https://github.com/acme/unifocus/releases/tag/v1.4.0';
    const { published: entries } = stateAfter([{ ...published, url }], state);
    expect(entries).toEqual([
      { release: ofBranch, version: '1.4.0', tag: 'v1.4.0', url, at: at(0), run: expect.anything() },
    ]);
  });

  test('only so many are kept, the newest', () => {
    const many = Array.from({ length: kept.published + 5 }, (_, index) => ({
      ...published,
      release: release(`${index}`),
      version: `1.${index}.0`,
    }));
    const { published: entries } = stateAfter(many);
    expect(entries).toHaveLength(kept.published);
    expect(entries[0]?.version).toBe(`1.${kept.published + 4}.0`);
  });
});
