import { describe, expect, test } from '@jest/globals';
import { hasLine, judgeLine, lineScopes, type TakenTag } from '#core/tags/line';
import { parseRefPattern } from '#core/version/pattern';
import { parseTag } from '#core/version/tag';

function taken(pattern: string, name: string): TakenTag {
  const [tag, from] = [parseTag(name), parseRefPattern(pattern)];
  if (!tag.ok || !from.ok || from.value.kind !== 'tag') throw new Error(`${name} by ${pattern}`);
  return { tag: tag.tag, pattern: from.value };
}

function judgedAs(pattern: string, name: string, names: readonly string[]): readonly string[] {
  return judgeLine(taken(pattern, name), [...names, name]).map(({ verdict, reason }) => `${verdict} ${reason}`);
}

const greater = 'pass version-greater';
const notGreater = 'fail version-not-greater';

describe('a version comes after the highest of its line', () => {
  test.each<[string, string, string, readonly string[], string]>([
    ['the first release', 'vX.Y.Z', 'v0.1.0', [], greater],
    ['the next minor', 'vX.Y.Z', 'v1.3.0', ['v1.2.0', 'v1.2.9'], greater],
    ['a patch of the newest line', 'vX.Y.Z', 'v1.3.1', ['v1.2.9', 'v1.3.0'], greater],
    ['1.2.4 after 1.3.0, on a maintenance line', 'vX.Y.Z', 'v1.2.4', ['v1.2.3', 'v1.3.0', 'v2.0.0'], greater],
    ['1.9.0 after 2.0.0, on a maintenance line', 'vX.Y.Z', 'v1.9.0', ['v1.8.0', 'v2.0.0'], greater],
    ['a patch that another has overtaken', 'vX.Y.Z', 'v1.2.4', ['v1.2.3', 'v1.2.5'], notGreater],
    ['a minor that was skipped', 'vX.Y.Z', 'v1.4.0', ['v1.3.0', 'v1.5.2'], notGreater],
    ['a major that was skipped', 'vX.Y.Z', 'v2.0.0', ['v1.3.0', 'v3.0.0'], notGreater],
    ['1.10 is more than 1.9', 'vX.Y.Z', 'v1.10.0', ['v1.9.0'], greater],
    ['1.9 is less than 1.10', 'vX.Y.Z', 'v1.9.0', ['v1.10.0'], notGreater],
    ['stages are no finals', 'vX.Y.Z', 'v1.3.0', ['v1.4.0-stage', 'v1.3.0-stage'], greater],
    ['finals are no stages: one that came too early', 'vX.Y.Z-stage', 'v1.3.0-stage', ['v1.3.0', 'v1.3.1'], greater],
    ['a stage among stages', 'vX.Y.Z-stage', 'v1.3.0-stage', ['v1.3.1-stage'], notGreater],
    ['another product is another line', 'api-vX.Y.Z', 'api-v1.3.0', ['v2.0.0', 'web-v1.9.0', 'api-v1.2.0'], greater],
    ['its own product', 'api-vX.Y.Z', 'api-v1.3.0', ['api-v1.3.1'], notGreater],
    ['what is no release tag', 'vX.Y.Z', 'v1.3.0', ['v1.3', 'v1.4.0-rc1', 'v9', 'nightly'], greater],
    ['the tag itself, tried again', 'vX.Y.Z', 'v1.3.0', ['v1.3.0', 'v1.2.0'], greater],
  ])('%s: %s %s', (_, pattern, name, names, expected) => {
    expect(judgedAs(pattern, name, names)).toEqual([expected]);
  });

  test('says which version it has to be', () => {
    const [verdict] = judgeLine(taken('vX.Y.Z', 'v1.2.4'), ['v1.2.3', 'v1.2.5', 'v1.3.0']);
    expect(verdict).toMatchObject({
      message: '1.2.4 does not come after 1.2.5, the highest of the line 1.2.x.',
      next: 'Tag v1.2.6 instead.',
    });
  });
});

describe('candidates are numbered in order', () => {
  test.each<[string, string, readonly string[], readonly string[]]>([
    ['the first one', 'v1.3.0-rc.1', ['v1.2.0'], [greater, 'pass candidate-in-order']],
    ['the next one', 'v1.3.0-rc.10', ['v1.3.0-rc.9', 'v1.3.0-rc.2'], [greater, 'pass candidate-in-order']],
    ['one that came too late', 'v1.3.0-rc.2', ['v1.3.0-rc.10'], [greater, 'fail candidate-out-of-order']],
    ['after the final', 'v1.3.0-rc.2', ['v1.3.0-rc.1', 'v1.3.0'], [greater, 'fail candidate-after-final']],
    ['of a version below a final', 'v1.3.0-rc.1', ['v1.3.1'], [notGreater, 'pass candidate-in-order']],
    ['of a version below another candidate', 'v1.3.0-rc.1', ['v1.4.0-rc.1'], [notGreater, 'pass candidate-in-order']],
    [
      'other words do not count',
      'v1.3.0-rc.1',
      ['v1.3.0-beta.7', 'v1.3.0-stage'],
      [greater, 'pass candidate-in-order'],
    ],
  ])('%s: %s', (_, name, names, expected) => {
    expect(judgedAs('vX.Y.Z-rc.N', name, names)).toEqual(expected);
  });

  test('says which number it has to be', () => {
    const [, verdict] = judgeLine(taken('vX.Y.Z-rc.N', 'v1.3.0-rc.2'), ['v1.3.0-rc.2', 'v1.3.0-rc.4']);
    expect(verdict).toMatchObject({ next: 'Tag v1.3.0-rc.5 instead.' });
    const [, final] = judgeLine(taken('vX.Y.Z-rc.N', 'v1.3.0-rc.2'), ['v1.3.0']);
    expect(final?.next).toContain('Tag v1.3.1-rc.1');
  });
});

test('no more tags are asked for than it takes to see the line', () => {
  const tag = taken('api-vX.Y.Z', 'api-v1.2.3');
  expect(lineScopes(tag.tag)).toEqual(['api-v1.2.', 'api-v1.', 'api-v']);
  expect(hasLine(tag, ['api-v1.2.3', 'api-v1.2.3-stage', 'v1.2.4'])).toBe(false);
  expect(hasLine(tag, ['api-v1.2.3', 'api-v1.2.2'])).toBe(true);
});
