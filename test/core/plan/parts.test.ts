import { describe, expect, test } from '@jest/globals';
import { mostParts, partNames, possibleParts, wavesOfPart } from '#core/plan/parts';
import type { Plan } from '#core/plan/plan';

type Component = Plan['waves'][number][number];

const component = (name: string, ...needs: readonly string[]) => ({ name, needs }) as unknown as Component;
const namesOf = (waves: Plan['waves']) => waves.map(wave => wave.map(({ name }) => name));
const many = (count: number) => [Array.from({ length: count }, (_, index) => component(`c${index + 1}`))];

describe('a deployment that is spread over jobs', () => {
  test.each<[string, Plan['waves'], number, readonly string[][][]]>([
    ['one part is the whole', [[component('a')], [component('b', 'a')]], 1, [[['a'], ['b']]]],
    ['independent components are dealt out', many(5), 2, [[['c1', 'c3', 'c5']], [['c2', 'c4']]]],
    [
      'components that need each other stay together, and in their order',
      [[component('a'), component('x')], [component('b', 'a')], [component('c', 'b')]],
      2,
      [[['a'], ['b'], ['c']], [['x']]],
    ],
    [
      'two that need the same one are one group',
      [
        [component('net'), component('x')],
        [component('a', 'net'), component('b', 'net')],
      ],
      2,
      [[['net'], ['a', 'b']], [['x']]],
    ],
    [
      'what is needed but not released ties nothing together',
      [[component('a', 'net'), component('b', 'net')]],
      2,
      [[['a']], [['b']]],
    ],
  ])('%s', (_name, waves, of, parts) => {
    expect(Array.from({ length: of }, (_, index) => namesOf(wavesOfPart(waves, index + 1, of)))).toEqual(parts);
  });

  test('every component is in one part, and in no other', () => {
    const waves = many(600);
    const parts = Array.from({ length: 7 }, (_, index) => namesOf(wavesOfPart(waves, index + 1, 7)).flat());
    expect(parts.flat().toSorted()).toEqual(namesOf(waves).flat().toSorted());
    expect(parts.map(part => part.length)).toEqual([86, 86, 86, 86, 86, 85, 85]);
  });

  test.each<[string, Plan['waves'], number, number]>([
    ['as many as asked for', many(600), 3, 3],
    ['never an empty one', many(2), 3, 2],
    ['never none', [], 3, 1],
    ['never more than a matrix has legs', many(600), 600, mostParts],
    ['one where all need each other', [[component('a')], [component('b', 'a')]], 2, 1],
  ])('there are %s', (_name, waves, wanted, parts) => {
    expect(possibleParts(waves, wanted)).toBe(parts);
  });

  test.each([
    [undefined, 1],
    [0, 1],
    [3, 3],
    [10_000, 256],
  ])('the matrix of %s parts has %s legs', (parts, legs) => {
    expect(partNames(parts)).toHaveLength(legs);
  });

  test('a part is called by its number and how many there are', () => {
    expect(partNames(3)).toEqual(['1/3', '2/3', '3/3']);
  });
});
