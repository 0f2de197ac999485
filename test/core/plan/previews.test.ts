import { describe, expect, test } from '@jest/globals';
import { makePlan, type PlanFacts } from '#core/plan/make-plan';
import { previewsOf } from '#core/plan/previews';
import { NOON, release } from '../fixture.ts';
import { flowOf, small } from '../flow/fixture.ts';

const readRole = 'read-role: arn:aws:iam::111111111111:role/read';
const component = 'target: command\ntool: opentofu\npreview: true';
const flow = flowOf(small({ component, environment: `from: main\n${readRole}` }));

function made(change: Partial<PlanFacts> = {}) {
  return makePlan({
    ...{ flow, file: 'flow.yml', environment: 'dev', release: release('1.4.0'), artifacts: {}, originators: ['ann'] },
    ...{ now: NOON, vars: {}, operation: 'release', only: [] },
    ...change,
  });
}

const names = (change: Partial<PlanFacts> = {}) => {
  const result = made(change);
  return result.ok ? previewsOf(result.plan).map(({ name }) => name) : result.findings.map(({ message }) => message);
};

describe('which plans are made before anybody is asked', () => {
  test('those of the components that say so', () => {
    expect(names()).toEqual(['api']);
    expect(names({ flow: flowOf(small({ component: component.replace('true', 'false') })) })).toEqual([]);
  });

  test('none of a way back: it is planned when it goes back', () => {
    expect(names({ operation: 'rollback', why: 'slow' })).toEqual([]);
  });

  test('none of a deployment over several jobs: each is planned where it is applied', () => {
    expect(names({ parts: 2 })).toEqual([]);
  });

  test('components of the release meet environments of now: without a role that may only read there is no plan at all', () => {
    const environments = {
      dev: { ...flow.environments.dev, readRole: undefined },
    } as unknown as typeof flow.environments;
    const blind = { ...flow, environments };
    expect(names({ flow: blind })).toEqual([
      'api has `preview`, and dev no `read-role`: who makes the plan before anybody is asked may only read.',
    ]);
    expect(names({ flow: blind, operation: 'rollback', why: 'slow' })).toEqual([]);
  });

  test('a component without the key is in the plan as ever: approvals of parked releases hold', () => {
    const result = made({ flow: flowOf(small({ component: 'target: command\ntool: opentofu' })) });
    expect(JSON.stringify(result)).not.toContain('preview');
  });
});
