import { describe, expect, test } from '@jest/globals';
import { parseComponent } from '#core/flow/parse';
import { formatProblem } from '#core/flow/problem';
import { standaloneComponent } from '#core/flow/resolve';

function read(...lines: readonly string[]) {
  const text = ['target: lambda', 'function: shop-api', ...lines].join('\n');
  const parsed = parseComponent(text, { input: 'component' });
  if (!parsed.ok) return parsed.problems.map(formatProblem);
  const resolved = standaloneComponent(parsed, { name: 'api', onFailure: 'rollback' }, {});
  return resolved.ok ? resolved.component : resolved.problems.map(formatProblem);
}

describe('the code', () => {
  test.each([
    ['repository: shop-api', { from: 'repository', repository: 'shop-api' }],
    ['image: 1.dkr/api:1', { from: 'image', image: '1.dkr/api:1' }],
    ['zip: dist/api.zip', { from: 'zip', path: 'dist/api.zip' }],
    ['s3: s3://builds/a/b.zip', { from: 's3', bucket: 'builds', key: 'a/b.zip' }],
    ['s3: s3://builds/b.zip?versionId=v1', { from: 's3', bucket: 'builds', key: 'b.zip', version: 'v1' }],
  ])('%s', (line, code) => {
    expect(read(line)).toMatchObject({ code, alias: 'live', createAlias: false, strategy: { kind: 'all-at-once' } });
  });
});

test('the configuration is what is to be merged, and nothing else', () => {
  expect(read('zip: a', 'configuration:', '  timeout: 20s', '  variables: { A: "1" }')).toMatchObject({
    configuration: { timeout: 20_000, variables: { A: '1' }, removeVariables: [], layers: [] },
  });
});

test('steps have a share and a time', () => {
  expect(read('zip: a', 'strategy: canary')).toMatchObject({
    strategy: { kind: 'canary', step: 10, interval: 300_000 },
  });
  expect(read('zip: a', 'strategy: linear', 'step: 25%', 'interval: 1m')).toMatchObject({
    strategy: { kind: 'linear', step: 25, interval: 60_000 },
  });
});

describe('what cannot be is named, with its place', () => {
  test.each([
    [['alias: live'], 'does not say which code is deployed'],
    [['zip: a', 's3: s3://b/k'], ':4:1: s3: stands beside `zip`'],
    [['s3: builds/k.zip'], ':3:5: s3: `builds/k.zip` is no object'],
    [['zip: a', 'step: 10%'], ':4:1: step: has no effect'],
    [['zip: a', 'strategy: canary', 'step: 100%'], '`100%` is not a share'],
    [['zip: a', 'strategy: linear', 'interval: 5m'], 'the steps take 45 minutes, and `timeout` allows 30'],
    [['artifact: api', 'image: a'], 'needs `zip`'],
    [['image: a', 'configuration: { runtime: nodejs24.x }'], 'configuration.runtime: is for zips'],
    [['zip: a', 'configuration: { layers: [tracing] }'], '`tracing` is no layer version'],
    [['zip: a', 'configuration: { memory: 64 }'], 'configuration.memory'],
    [['zip: a', 'configuration: { variables: { A: 1 } }'], 'configuration.variables.A'],
    [['zip: a', 'configuration: { variabels: { A: "1" } }'], 'did you mean `variables`'],
  ])('%j', (lines, words) => {
    expect(String(read(...lines))).toContain(words);
  });
});
