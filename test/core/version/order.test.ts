import { expect, test } from '@jest/globals';
import { compare, highest, sortTags } from '#core/version/order';
import { parseTag } from '#core/version/tag';

/** The example of SemVer's point 11, with a stage and release candidates past ten. */
const OLD_TO_NEW = [
  '1.0.0-alpha',
  '1.0.0-alpha.1',
  '1.0.0-alpha.beta',
  '1.0.0-beta',
  '1.0.0-beta.2',
  '1.0.0-beta.11',
  '1.0.0-rc.1',
  '1.0.0-rc.10',
  '1.0.0-stage',
  '1.0.0',
  '1.0.1',
  '1.2.0',
  '1.10.0',
  '2.0.0-rc.1',
  '2.0.0',
];

test('versions have the order of SemVer', () => {
  expect([...OLD_TO_NEW].reverse().sort(compare)).toEqual(OLD_TO_NEW);
  expect(highest(OLD_TO_NEW.toReversed())).toBe('2.0.0');
  expect(highest([])).toBeUndefined();
  expect(compare('1.0.0', '1.0.0')).toBe(0);
});

test('tags are sorted product by product', () => {
  const tags = ['v2.0.0', 'api-v1.10.0', 'v1.0.0', 'api-v1.9.0'].flatMap(tag => {
    const result = parseTag(tag);
    return result.ok ? [result.tag] : [];
  });
  expect(sortTags(tags).map(({ tag }) => tag)).toEqual(['v1.0.0', 'v2.0.0', 'api-v1.9.0', 'api-v1.10.0']);
});
