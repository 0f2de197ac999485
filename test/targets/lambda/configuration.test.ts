import { describe, expect, test } from '@jest/globals';
import type { LambdaConfiguration } from '#core/flow/targets/lambda';
import { configurationChange, configurationRows } from '../../../packages/targets/lambda/configuration.ts';

const layer = (name: string, version: number) => `arn:aws:lambda:eu-west-1:111111111111:layer:${name}:${version}`;
const nothing: LambdaConfiguration = { variables: {}, removeVariables: [], layers: [] };

const current = {
  MemorySize: 256,
  Timeout: 10,
  Handler: 'index.handler',
  Environment: { Variables: { A: '1', B: '2' } },
  Layers: [{ Arn: layer('tracing', 6) }, { Arn: layer('fonts', 1) }],
};

describe('lambda-action#25: what was not given stays', () => {
  test.each<readonly [string, Partial<LambdaConfiguration>, object | undefined]>([
    ['nothing at all', {}, undefined],
    [
      'what is so already',
      { memory: 256, timeout: 10_000, handler: 'index.handler', variables: { A: '1' } },
      undefined,
    ],
    ['memory', { memory: 512 }, { MemorySize: 512 }],
    ['a timeout, in whole seconds', { timeout: 1500 }, { Timeout: 2 }],
    ['one variable', { variables: { A: '9' } }, { Environment: { Variables: { A: '9', B: '2' } } }],
    ['a new variable', { variables: { C: '3' } }, { Environment: { Variables: { A: '1', B: '2', C: '3' } } }],
    ['a variable that goes', { removeVariables: ['B'] }, { Environment: { Variables: { A: '1' } } }],
    ['a variable that was never there', { removeVariables: ['Z'] }, undefined],
    ['a layer that is there', { layers: [layer('fonts', 1)] }, undefined],
    [
      'another version of a layer',
      { layers: [layer('tracing', 7)] },
      { Layers: [layer('tracing', 7), layer('fonts', 1)] },
    ],
    [
      'a new layer',
      { layers: [layer('sharp', 2)] },
      { Layers: [layer('tracing', 6), layer('fonts', 1), layer('sharp', 2)] },
    ],
  ])('%s', (_, wanted, change) => {
    expect(configurationChange(current, { ...nothing, ...wanted })).toEqual(change);
  });

  test('a function without variables or layers gets them', () => {
    const wanted = { ...nothing, variables: { A: '1' }, layers: [layer('fonts', 1)] };
    expect(configurationChange({}, wanted)).toEqual({
      Environment: { Variables: { A: '1' } },
      Layers: [layer('fonts', 1)],
    });
  });
});

test('of variables people see the names only', () => {
  const after = { ...current, MemorySize: 512, Environment: { Variables: { A: 'secret', C: 'secret' } } };
  expect(configurationRows(current, after)).toEqual([
    { what: 'memory (MB)', before: '256', after: '512' },
    { what: 'variable A', before: 'set', after: 'changed' },
    { what: 'variable B', before: 'set', after: 'none' },
    { what: 'variable C', before: 'none', after: 'set' },
  ]);
});
