import { describe, expect, test } from '@jest/globals';
import { type Outcome, outcomes } from '#core/outcome';
import { comesBack, type PlannedEnvironment, readPlan, requiredChecks } from '#core/plan/plan';
import { planOf } from '../fixture.ts';

describe('what has to pass before a release is verified', () => {
  const watch = {} as NonNullable<PlannedEnvironment['watch']>;
  test.each<[Partial<PlannedEnvironment>, readonly string[]]>([
    [{}, []],
    [{ smoke: 'tests/smoke.yml' }, ['smoke']],
    [{ watch }, ['watch']],
    [{ watch, smoke: 'tests/smoke.yml' }, ['smoke', 'watch']],
  ])('%j asks for %j, in the order of the job', (environment, checks) => {
    expect(requiredChecks(planOf('1.4.0', {}, environment).environment)).toEqual(checks);
  });
});

describe('a release that failed is brought back by itself', () => {
  const back = {
    succeeded: true,
    'no-op': true,
    failed: true,
    'rolled-back': true,
    'timed-out': true,
    superseded: false,
    stopped: false,
    refused: false,
  } satisfies Record<Outcome, boolean>;

  test.each(outcomes)('after a deployment that was %s, where the policy says rollback', outcome => {
    expect(comesBack(planOf('1.4.0'), outcome)).toBe(back[outcome]);
    expect(comesBack(planOf('1.4.0', {}, { onFailure: 'leave' }), outcome)).toBe(false);
    expect(comesBack(planOf('1.4.0', {}, { onFailure: 'hold' }), outcome)).toBe(false);
  });
});

describe('a plan handed over by another job', () => {
  test('arrives as it was', () => {
    expect(readPlan(JSON.stringify(planOf('1.4.0')))).toEqual(planOf('1.4.0'));
  });

  test.each<[string, string]>([
    ['nothing: an output with a masked value vanishes', ''],
    ['no JSON', '{'],
    ['null', 'null'],
    ['a list', '[]'],
    ['another schema', JSON.stringify({ ...planOf('1.4.0'), schema: 2 })],
    ['no environment', JSON.stringify({ ...planOf('1.4.0'), environment: undefined })],
    ['no flow file', JSON.stringify({ ...planOf('1.4.0'), flow: undefined })],
    ['no release', JSON.stringify({ ...planOf('1.4.0'), release: undefined })],
    ['waves that are no list', JSON.stringify({ ...planOf('1.4.0'), waves: {} })],
    ['nobody who started it: anybody could approve', JSON.stringify({ ...planOf('1.4.0'), originators: undefined })],
    ['no time: no approval could be too late', JSON.stringify({ ...planOf('1.4.0'), made: undefined })],
    ['an operation that does not exist', JSON.stringify({ ...planOf('1.4.0'), operation: 'force' })],
  ])('%s is no plan', (_name, text) => {
    expect(readPlan(text)).toBeUndefined();
  });
});
