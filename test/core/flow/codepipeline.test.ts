import { describe, expect, test } from '@jest/globals';
import { parseComponent } from '#core/flow/parse';
import { standaloneComponent } from '#core/flow/resolve';
import { problemsOf, small } from './fixture.ts';

function component(text: string) {
  const parsed = parseComponent(`target: codepipeline\npipeline: web\n${text}`, { input: 'component' });
  if (!parsed.ok) throw new Error('not a component');
  const resolved = standaloneComponent(parsed, { name: 'web', onFailure: 'rollback' }, {});
  if (!resolved.ok) throw new Error('not resolved');
  return resolved.component;
}

test('a pipeline is adopted unless said, and its durations are milliseconds', () => {
  expect(component('expected: 10m\nalert: 15m')).toMatchObject({
    target: 'codepipeline',
    pipeline: 'web',
    start: 'adopt',
    grace: 120_000,
    expected: 600_000,
    alert: 900_000,
    variables: {},
    stages: [],
  });
});

test('what a release starts may have variables', () => {
  expect(
    component('start: start\nvariables: { Speed: fast }\nrevision: abc\nsource-action: GitHub\nstages: [One]'),
  ).toMatchObject({
    start: 'start',
    variables: { Speed: 'fast' },
    revision: 'abc',
    sourceAction: 'GitHub',
    stages: ['One'],
  });
});

describe('what contradicts itself', () => {
  test.each([
    [
      'start: start\ngrace: 1m',
      '7:5 components.api.grace: has no effect: `start: start` waits for nobody (remove one of the two)',
    ],
    [
      'variables: { Speed: fast }',
      '6:5 components.api.variables: cannot be given to an execution that a push has started (write `start: start`)',
    ],
    [
      'alert: 5m\nexpected: 10m',
      '6:5 components.api.alert: is not longer than `expected` (the alert comes after the warning)',
    ],
    ['timeout: 10m\nalert: 15m', '7:5 components.api.alert: never comes: the `timeout` is up before (raise `timeout`)'],
  ])('%s', (text, problem) => {
    const declaration = `target: codepipeline\n${text}\npipeline: web`;
    expect(problemsOf(small({ component: declaration }))).toEqual([problem]);
  });
});
