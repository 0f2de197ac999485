import { describe, expect, test } from '@jest/globals';
import { readPairs } from '#targets/command/sam/pairs';

describe('parameters and tags as `sam deploy` takes them', () => {
  test.each<[string, unknown, Record<string, string> | undefined]>([
    ['words', 'Size=512 Stage=prod', { Size: '512', Stage: 'prod' }],
    ['quotes', `Name="A shop" Other='x y'`, { Name: 'A shop', Other: 'x y' }],
    ['quotes in quotes', String.raw`Name="A \"good\" shop"`, { Name: 'A "good" shop' }],
    ['a space that is escaped', String.raw`Name=A\ shop`, { Name: 'A shop' }],
    [
      'the long form',
      'ParameterKey=Size,ParameterValue=512 ParameterKey=Key,ParameterValue="a b"',
      { Size: '512', Key: 'a b' },
    ],
    ['a value with an equals sign', 'Query=a=b', { Query: 'a=b' }],
    ['nothing', '', {}],
    ['an empty value', 'Key= Size=1', { Key: '', Size: '1' }],
    ['a list', ['Size=512', 'Stage=prod'], { Size: '512', Stage: 'prod' }],
    ['a table', { Size: 512, Public: true }, { Size: '512', Public: 'true' }],
    ['a file', 'file://parameters.json', undefined],
    ['an include', { $include: 'parameters.yaml' }, undefined],
    ['no pair', 'Size', undefined],
    ['a list with something that is none', ['Size=512', 7], undefined],
  ])('%s', (_, written, pairs) => {
    expect(readPairs(written)).toEqual(pairs);
  });
});
