import { describe, expect, test } from '@jest/globals';
import { matchTag, parseRefPattern, type TagPattern } from '#core/version/pattern';

function pattern(text: string): TagPattern {
  const result = parseRefPattern(text);
  if (!result.ok || result.value.kind !== 'tag') throw new Error(`${text} is not a tag pattern`);
  return result.value;
}

describe('what `from` may say', () => {
  test.each([
    ['vX.Y.Z', { kind: 'tag', prefix: '', numbered: false }],
    ['vX.Y.Z-stage', { kind: 'tag', prefix: '', channel: 'stage', numbered: false }],
    ['vX.Y.Z-rc.N', { kind: 'tag', prefix: '', channel: 'rc', numbered: true }],
    ['api-vX.Y.Z', { kind: 'tag', prefix: 'api-', numbered: false }],
    ['main', { kind: 'branch' }],
    ['release/2026', { kind: 'branch' }],
    ['version-2', { kind: 'branch' }],
  ])('%s', (text, value) => {
    expect(parseRefPattern(text)).toEqual({ ok: true, value: { text, ...value } });
  });

  test.each([
    '',
    'v*',
    'v[0-9]+',
    'vX.Y',
    'VX.Y.Z',
    'vx.y.z',
    'X.Y.Z',
    'vX.Y.Z-rcN',
    'vX.Y.Z-rc.1',
    'v1.2.3',
    'v1.x',
    '1.2.3',
    'refs/heads/main',
    'my branch',
    'a..b',
    'main.lock',
    '/main',
    'main/',
  ])('%j is neither a tag pattern nor a branch', text => {
    expect(parseRefPattern(text)).toMatchObject({ ok: false });
  });
});

describe('which tags a pattern takes', () => {
  test.each([
    ['vX.Y.Z', 'v1.2.3', '1.2.3'],
    ['vX.Y.Z-stage', 'v1.2.3-stage', '1.2.3-stage'],
    ['vX.Y.Z-rc.N', 'v1.2.3-rc.10', '1.2.3-rc.10'],
    ['api-vX.Y.Z', 'api-v1.2.3', '1.2.3'],
  ])('%s takes %s', (text, tag, version) => {
    expect(matchTag(pattern(text), tag)).toEqual({ matches: true, version });
  });

  test.each([
    // The glob `v*.*.*` of an environment's rule would take the first two.
    ['vX.Y.Z', 'v1.2.3-stage', 'other-channel'],
    ['vX.Y.Z', 'v1.2.3-rc.1', 'other-channel'],
    ['vX.Y.Z-stage', 'v1.2.3', 'other-channel'],
    ['vX.Y.Z-stage', 'v1.2.3-stage.1', 'other-channel'],
    ['vX.Y.Z-stage', 'v1.2.3-Stage', 'other-channel'],
    ['vX.Y.Z-rc.N', 'v1.2.3-rc', 'other-channel'],
    ['vX.Y.Z-rc.N', 'v1.2.3-rc.x', 'other-channel'],
    ['vX.Y.Z-rc.N', 'v1.2.3-rc.1.2', 'other-channel'],
    ['vX.Y.Z', 'api-v1.2.3', 'other-prefix'],
    ['api-vX.Y.Z', 'v1.2.3', 'other-prefix'],
    ['vX.Y.Z', 'v1.2', 'not-a-release-tag'],
    ['vX.Y.Z', 'nightly', 'not-a-release-tag'],
  ])('%s does not take %s: %s', (text, tag, reason) => {
    expect(matchTag(pattern(text), tag)).toMatchObject({ matches: false, reason });
  });
});
