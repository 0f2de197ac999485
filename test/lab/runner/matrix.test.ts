import { describe, expect, test } from '@jest/globals';
import { expandMatrix, expandStrategy, legSuffix } from '#lab/runner/engine/matrix';

describe('a matrix', () => {
  test('combines its vectors, the last one fastest', () => {
    expect(expandMatrix({ os: ['a', 'b'], version: [1, 2] })).toEqual([
      { os: 'a', version: 1 },
      { os: 'a', version: 2 },
      { os: 'b', version: 1 },
      { os: 'b', version: 2 },
    ]);
  });

  // The example of GitHub's documentation, "Expanding or adding matrix configurations".
  test('include extends, overwrites only what include added, and adds', () => {
    expect(
      expandMatrix({
        fruit: ['apple', 'pear'],
        animal: ['cat', 'dog'],
        include: [
          { color: 'green' },
          { color: 'pink', animal: 'cat' },
          { fruit: 'apple', shape: 'circle' },
          { fruit: 'banana' },
          { fruit: 'banana', animal: 'cat' },
        ],
      }),
    ).toEqual([
      { fruit: 'apple', animal: 'cat', color: 'pink', shape: 'circle' },
      { fruit: 'apple', animal: 'dog', color: 'green', shape: 'circle' },
      { fruit: 'pear', animal: 'cat', color: 'pink' },
      { fruit: 'pear', animal: 'dog', color: 'green' },
      { fruit: 'banana' },
      { fruit: 'banana', animal: 'cat' },
    ]);
  });

  test('include alone makes one leg per entry', () => {
    expect(expandMatrix({ include: [{ a: 1 }, { a: 2, b: 3 }] })).toEqual([{ a: 1 }, { a: 2, b: 3 }]);
  });

  test('exclude takes away what agrees with all of an entry', () => {
    expect(expandMatrix({ os: ['a', 'b'], v: [1, 2], exclude: [{ os: 'a', v: 2 }, { os: 'b' }] })).toEqual([
      { os: 'a', v: 1 },
    ]);
  });

  test.each([
    ['an empty vector', { a: [] }, "Matrix vector 'a' does not contain any values"],
    ['everything excluded', { a: [1], exclude: [{ a: 1 }] }, 'Matrix vector does not contain any values'],
    ['257 legs', { a: Array.from({ length: 257 }, (_, n) => n) }, 'generates 257 jobs'],
  ])('%s fails', (_, matrix, message) => expect(() => expandStrategy({ matrix })).toThrow(message));

  test('256 legs do not', () => {
    expect(expandStrategy({ matrix: { a: Array.from({ length: 256 }, (_, n) => n) } })?.legs).toHaveLength(256);
  });

  test('fails fast and runs all at once unless it says otherwise', () => {
    expect(expandStrategy({ matrix: { a: [1, 2] } })).toMatchObject({ failFast: true, maxParallel: 2 });
    expect(expandStrategy({ matrix: { a: [1, 2] }, 'fail-fast': false, 'max-parallel': 1 })).toMatchObject({
      failFast: false,
      maxParallel: 1,
    });
  });

  test('shows its values after the name', () => {
    expect(legSuffix({ os: 'linux', version: 20, more: { x: [true] } })).toBe(' (linux, 20, true)');
    expect(legSuffix({})).toBe('');
  });
});
