import { describe, expect, test } from '@jest/globals';
import { parseTag } from '#core/version/tag';

describe('a release tag', () => {
  test.each([
    ['v1.2.3', '', '1.2.3', '1.2.3', []],
    ['v0.0.0', '', '0.0.0', '0.0.0', []],
    ['v10.20.30', '', '10.20.30', '10.20.30', []],
    ['v1.2.3-stage', '', '1.2.3-stage', '1.2.3', ['stage']],
    ['v1.2.3-rc.1', '', '1.2.3-rc.1', '1.2.3', ['rc', '1']],
    ['v2.0.0-beta.12', '', '2.0.0-beta.12', '2.0.0', ['beta', '12']],
    ['v1.2.3-0', '', '1.2.3-0', '1.2.3', ['0']],
    ['v1.2.3-rc.1.hotfix', '', '1.2.3-rc.1.hotfix', '1.2.3', ['rc', '1', 'hotfix']],
    ['api-v1.2.3', 'api-', '1.2.3', '1.2.3', []],
    ['web-app-v1.2.3-stage', 'web-app-', '1.2.3-stage', '1.2.3', ['stage']],
  ])('%s', (tag, prefix, version, core, prerelease) => {
    expect(parseTag(tag)).toEqual({ ok: true, tag: { tag, prefix, version, core, prerelease } });
  });
});

describe('a tag that is none says where, why, and what was probably meant', () => {
  test.each([
    ['', 'empty', 0, undefined],
    ['v1.2', 'missing-part', 4, 'v1.2.0'],
    ['v1', 'missing-part', 2, 'v1.0.0'],
    ['v1.2.', 'missing-part', 5, undefined],
    ['v1..3', 'missing-part', 3, undefined],
    ['v1.2-rc1', 'missing-part', 4, 'v1.2.0-rc.1'],
    ['v1.2.3.4-rc.01', 'extra-part', 6, 'v1.2.3-rc.1'],
    ['release-1.2-rc1', 'unknown-prefix', 0, 'v1.2.0-rc.1'],
    ['v1.2.3.4', 'extra-part', 6, 'v1.2.3'],
    ['v01.2.3', 'leading-zero', 1, undefined],
    ['v1.02.3', 'leading-zero', 3, undefined],
    ['v1.2.3-rc.01', 'leading-zero', 10, 'v1.2.3-rc.1'],
    ['v1.2.x', 'not-a-number', 5, undefined],
    ['v1.2.3a', 'not-a-number', 6, undefined],
    ['v1.2.3-rc1', 'glued-number', 9, 'v1.2.3-rc.1'],
    ['v1.2.3-rc-1', 'glued-number', 10, 'v1.2.3-rc.1'],
    ['api-v1.2.3-rc1', 'glued-number', 13, 'api-v1.2.3-rc.1'],
    ['v1.2.3-', 'empty-identifier', 7, undefined],
    ['v1.2.3-rc..1', 'empty-identifier', 10, undefined],
    ['v1.2.3-rc_1', 'bad-character', 9, undefined],
    ['v1.2.3-bêta', 'bad-character', 8, undefined],
    ['v1.2.3 ', 'bad-character', 6, undefined],
    ['v1.2.3+build', 'build-metadata', 6, 'v1.2.3'],
    ['v1.2.3-rc.1+5', 'build-metadata', 11, 'v1.2.3-rc.1'],
    ['V1.2.3', 'capital-v', 0, 'v1.2.3'],
    ['1.2.3', 'missing-v', 0, 'v1.2.3'],
    ['release-1.2.3', 'unknown-prefix', 0, 'v1.2.3'],
    ['release/v1.2.3', 'unknown-prefix', 0, 'v1.2.3'],
    ['version1.2.3', 'unknown-prefix', 0, 'v1.2.3'],
    ['nightly', 'not-a-version', 0, undefined],
    ['v', 'not-a-version', 0, undefined],
    ['vNext', 'not-a-version', 0, undefined],
    ['latest-2026', 'not-a-version', 0, undefined],
    ['v99999999999999999.0.0', 'number-too-large', 1, undefined],
    ['v1.0.0-rc.99999999999999999', 'number-too-large', 10, undefined],
    [`v1.2.3-${'a'.repeat(200)}`, 'too-long', 128, undefined],
  ])('%s', (tag, reason, offset, suggestion) => {
    const result = parseTag(tag);
    expect(result).toMatchObject({ ok: false, mistake: { reason, offset } });
    if (!result.ok) expect(result.mistake.suggestion).toBe(suggestion);
  });

  test('every suggestion is itself a release tag', () => {
    for (const tag of ['v1', 'v1.2', 'v1.2.3.4', 'v1.2.3-rc1', 'v1.2.3+x', 'V1.2.3', '1.2.3', 'release-1.2.3-rc.2']) {
      const result = parseTag(tag);
      const suggestion = result.ok ? undefined : result.mistake.suggestion;
      expect(suggestion).toBeDefined();
      expect(parseTag(suggestion ?? '')).toMatchObject({ ok: true });
    }
  });
});
