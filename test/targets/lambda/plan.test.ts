import { describe, expect, test } from '@jest/globals';
import type { FunctionState } from '#aws/lambda';
import type { LambdaComponent } from '#core/flow/targets/lambda';
import type { AliasState } from '../../../packages/targets/lambda/observe.ts';
import { planChange } from '../../../packages/targets/lambda/plan.ts';
import { lambdaSnapshot, readLambdaSnapshot, sameRouting } from '../../../packages/targets/lambda/snapshot.ts';
import type { Code } from '../../../packages/targets/lambda/spec.ts';

const state = (CodeSha256: string, more: FunctionState['Configuration'] = {}): FunctionState => ({
  Configuration: { CodeSha256, MemorySize: 256, RevisionId: 'r1', ...more },
});

const component = (more: Partial<LambdaComponent> = {}) =>
  ({
    function: 'api',
    alias: 'live',
    configuration: { variables: {}, removeVariables: [], layers: [] },
    ...more,
  }) as unknown as LambdaComponent;

const alias = (version: string, weights: Record<string, number> = {}, more: Partial<AliasState> = {}): AliasState => ({
  name: 'live',
  routing: { version, weights },
  revision: 'a1',
  provisioned: undefined,
  ...more,
});

const code: Code = { kind: 'Zip', load: () => ({}), checksum: 'new', text: 'api.zip' };

interface World {
  readonly latest: FunctionState;
  readonly alias: AliasState | undefined;
  readonly versions: Record<string, FunctionState>;
  readonly component?: LambdaComponent;
}

function planned({ latest, alias: held, versions, component: wanted = component() }: World) {
  return planChange({
    component: wanted,
    observed: { latest, configuration: latest.Configuration ?? {}, alias: held },
    versions: new Map(Object.entries(versions)),
    code,
    isWanted: ({ Configuration }) => Configuration?.CodeSha256 === 'new',
  });
}

describe('what there is to do', () => {
  test('nothing, when the alias sends everything to the wanted code', () => {
    expect(planned({ latest: state('new'), alias: alias('2'), versions: { '2': state('new') } })).toBeUndefined();
  });

  test('nothing, although somebody has changed $LATEST and published nothing', () => {
    expect(planned({ latest: state('other'), alias: alias('2'), versions: { '2': state('new') } })).toBeUndefined();
  });

  test('code, version and alias', () => {
    const plan = planned({ latest: state('old'), alias: alias('1'), versions: { '1': state('old') } });
    expect(plan).toMatchObject({
      code,
      configuration: undefined,
      version: undefined,
      before: { version: '1', weights: {} },
    });
    expect(plan?.rows.map(row => row.what)).toEqual(['code', 'alias live']);
  });

  test('no code, when a killed run has updated it already', () => {
    const plan = planned({ latest: state('new'), alias: alias('1'), versions: { '1': state('old') } });
    expect(plan).toMatchObject({ code: undefined, version: undefined });
  });

  test('configuration alone', () => {
    const configuration = { memory: 512, variables: {}, removeVariables: [], layers: [] };
    const plan = planned({
      latest: state('new'),
      alias: alias('2'),
      versions: { '2': state('new') },
      component: component({ configuration }),
    });
    expect(plan).toMatchObject({ code: undefined, configuration: { MemorySize: 512 }, version: undefined });
    expect(plan?.rows.map(row => row.what)).toEqual(['code', 'memory (MB)', 'alias live']);
  });

  test('what others have changed in $LATEST goes along, and is shown', () => {
    const latest = state('old', { MemorySize: 1024 });
    const plan = planned({ latest, alias: alias('1'), versions: { '1': state('old') } });
    expect(plan?.rows).toContainEqual({ what: 'memory (MB)', before: '256', after: '1024' });
  });

  test('only the rest of the way, of a canary to the wanted version', () => {
    const plan = planned({
      latest: state('new'),
      alias: alias('1', { '2': 0.1 }),
      versions: { '1': state('old'), '2': state('new') },
    });
    expect(plan).toMatchObject({ code: undefined, version: '2', before: { version: '1', weights: {} } });
  });

  test('back to the version alone, of a canary that somebody began from it', () => {
    const plan = planned({
      latest: state('other'),
      alias: alias('1', { '2': 0.1 }),
      versions: { '1': state('new'), '2': state('other') },
    });
    expect(plan).toMatchObject({ code: undefined, version: '1', before: { version: '1', weights: { '2': 0.1 } } });
  });

  test('everything, where there is no alias and nothing before', () => {
    expect(planned({ latest: state('old'), alias: undefined, versions: {} })).toMatchObject({ before: null, code });
  });

  test.each([
    [undefined, undefined, undefined],
    [5, undefined, 5],
    [0, undefined, undefined],
    [5, { RequestedProvisionedConcurrentExecutions: 5, Status: 'READY' } as const, undefined],
    [5, { RequestedProvisionedConcurrentExecutions: 5, Status: 'FAILED' } as const, 5],
    [0, { RequestedProvisionedConcurrentExecutions: 5, Status: 'READY' } as const, 0],
  ])('provisioned concurrency %s, where there is %j', (provisionedConcurrency, provisioned, change) => {
    const plan = planned({
      latest: state('new'),
      alias: alias('2', {}, { provisioned }),
      versions: { '2': state('new') },
      component: component({ provisionedConcurrency }),
    });
    expect(plan?.provisioned).toBe(change);
    expect(plan === undefined).toBe(change === undefined);
  });
});

describe('snapshots', () => {
  const snapshot = { function: 'api', alias: 'live', version: '7', weights: { '8': 0.1 }, provisioned: null };

  test('read back as they were written', () => {
    expect(readLambdaSnapshot(lambdaSnapshot(snapshot))).toEqual(snapshot);
  });

  test.each([
    [{ target: 'ecs', schema: 1, state: { ...snapshot } }],
    [{ target: 'lambda', schema: 2, state: { ...snapshot } }],
    [{ target: 'lambda', schema: 1, state: { ...snapshot, version: 7 } }],
    [{ target: 'lambda', schema: 1, state: { ...snapshot, weights: { '8': 'x' } } }],
  ])('%j is none', written => {
    expect(readLambdaSnapshot(written)).toBeUndefined();
  });

  test.each([
    [{ version: '1', weights: {} }, { version: '1', weights: {} }, true],
    [{ version: '1', weights: { '2': 0 } }, { version: '1', weights: {} }, true],
    [{ version: '1', weights: { '2': 0.1 } }, { version: '1', weights: {} }, false],
    [{ version: '1', weights: {} }, { version: '1', weights: { '2': 0.1 } }, false],
    [{ version: '1', weights: { '2': 0.1 } }, { version: '1', weights: { '2': 0.10000000001 } }, true],
    [{ version: '1', weights: { '2': 0.1 } }, { version: '1', weights: { '3': 0.1 } }, false],
    [{ version: '1', weights: {} }, { version: '2', weights: {} }, false],
  ])('%j and %j: %s', (one, other, same) => {
    expect(sameRouting(one, other)).toBe(same);
  });
});
