import { describe, expect, test } from '@jest/globals';
import type { Alarm } from '#aws/cloudwatch';
import type { LambdaComponent } from '#core/flow/targets/lambda';
import {
  judgeAlarms,
  judgeProvisioned,
  judgeUpdate,
  judgeVersion,
  obstacles,
} from '../../../packages/targets/lambda/judge.ts';

describe('an update', () => {
  test.each([
    ['Successful', 'done'],
    ['InProgress', 'going'],
    ['SomethingNew', 'going'],
    [undefined, 'going'],
    ['Failed', 'failed'],
  ])('that is %s: %s', (status, kind) => {
    expect(judgeUpdate({ LastUpdateStatus: status as 'Failed' }).kind).toBe(kind);
  });

  test('that failed has its reason, and of an image that cannot be run its own', () => {
    const failed = { FunctionName: 'api', LastUpdateStatus: 'Failed', LastUpdateStatusReason: 'no role' } as const;
    expect(judgeUpdate({ ...failed, LastUpdateStatusReasonCode: 'InsufficientRolePermissions' })).toMatchObject({
      reason: 'function-update-failed',
      message: 'The update of api failed: InsufficientRolePermissions: no role',
    });
    expect(judgeUpdate({ ...failed, LastUpdateStatusReasonCode: 'InvalidImage' })).toMatchObject({
      reason: 'code-invalid',
    });
  });

  test('that nobody could read goes on', () => {
    expect(judgeUpdate(undefined).kind).toBe('going');
  });
});

describe('a version', () => {
  test.each([
    ['Active', 'done'],
    ['Inactive', 'done'],
    ['Pending', 'going'],
    ['SomethingNew', 'going'],
    ['Failed', 'failed'],
  ])('that is %s: %s', (state, kind) => {
    expect(judgeVersion({ State: state as 'Active' }).kind).toBe(kind);
  });
});

describe('provisioned concurrency', () => {
  test.each([
    [{ Status: 'READY' } as const, { kind: 'done' }],
    [{ Status: 'IN_PROGRESS' } as const, { kind: 'going' }],
    [undefined, { kind: 'going' }],
    [{ Status: 'FAILED', StatusReason: 'FUNCTION_ERROR_INIT_FAILURE' } as const, { reason: 'init-failed' }],
    [{ Status: 'FAILED', StatusReason: 'no capacity' } as const, { reason: 'provisioning-failed' }],
    [{ Status: 'FAILED' } as const, { message: expect.stringContaining('gives no reason') }],
  ])('%j', (provisioned, look) => {
    expect(judgeProvisioned(provisioned, 'live')).toMatchObject(look);
  });
});

describe('alarms', () => {
  const found = (states: Record<string, string>): ReadonlyMap<string, Alarm> =>
    new Map(Object.entries(states).map(([name, StateValue]) => [name, { AlarmName: name, StateValue } as Alarm]));

  test.each([
    [{ a: 'OK', b: 'OK' }, false, { kind: 'done' }],
    [{ a: 'OK', b: 'OK' }, true, { kind: 'done' }],
    [{ a: 'OK', b: 'ALARM' }, false, { kind: 'failed', reason: 'alarm-triggered' }],
    [{ a: 'OK', b: 'INSUFFICIENT_DATA' }, false, { kind: 'going' }],
    [{ a: 'OK', b: 'INSUFFICIENT_DATA' }, true, { kind: 'failed', reason: 'alarm-without-data' }],
    [{ a: 'OK' }, false, { kind: 'failed', reason: 'alarm-missing' }],
    [{ b: 'ALARM' }, false, { kind: 'failed', reason: 'alarm-triggered' }],
  ])('%j, at the end: %s', (states, atTheEnd, look) => {
    expect(judgeAlarms(['a', 'b'], found(states), atTheEnd)).toMatchObject(look);
  });

  test('none are nothing to look at', () => {
    expect(judgeAlarms([], new Map(), true)).toEqual({ kind: 'done' });
  });
});

describe('what bars a change', () => {
  const component = (more: Partial<LambdaComponent> = {}) =>
    ({
      function: 'api',
      alarms: [],
      configuration: { variables: {}, removeVariables: [], layers: [] },
      ...more,
    }) as unknown as LambdaComponent;
  const reasons = (...args: Parameters<typeof obstacles>) => obstacles(...args).map(({ reason }) => reason);

  test('nothing, of a function that is Active or sleeps', () => {
    expect(reasons(component(), { State: 'Active', PackageType: 'Zip' }, 'Zip', [])).toEqual([]);
    expect(reasons(component(), { State: 'Inactive', PackageType: 'Zip' }, 'Zip', [])).toEqual([]);
  });

  test('its state, its package type, and its alarms, all at once', () => {
    const red = { AlarmName: 'red', StateValue: 'ALARM' } as Alarm;
    const alarms = ['red', 'gone'];
    expect(reasons(component({ alarms }), { State: 'Failed', PackageType: 'Image' }, 'Zip', [red])).toEqual([
      'function-not-ready',
      'input-invalid',
      'alarm-already-red',
      'not-found',
    ]);
  });

  test('variables that cannot be read, only where some are set', () => {
    const Environment = { Error: { ErrorCode: 'AccessDeniedException', Message: 'no key' } };
    const configuration = { variables: { A: '1' }, removeVariables: [], layers: [] };
    expect(reasons(component(), { Environment }, 'Zip', [])).toEqual([]);
    expect(reasons(component({ configuration }), { Environment }, 'Zip', [])).toEqual(['variables-unreadable']);
  });
});
