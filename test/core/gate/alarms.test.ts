import { describe, expect, test } from '@jest/globals';
import type { AlarmsPolicy } from '#core/flow/gates/alarms-ok';
import { judgeGates } from '#core/gate/gates';
import type { AlarmsFound } from '#core/gate/lookups';
import type { Plan } from '#core/plan/plan';
import type { AlarmFact } from '#core/watch/judge-alarms';
import { NOON, planOf } from '../fixture.ts';
import { gateFacts } from './fixture.ts';

const orders: AlarmFact = { name: 'prod-orders', state: 'OK', reason: 'Threshold Crossed', since: NOON };
const errors: AlarmFact = { ...orders, name: 'prod-errors' };
const here: AlarmsPolicy = { here: [{ prefix: 'prod-' }], earlier: [] };
const known = (...alarms: readonly AlarmFact[]) => ({ known: true, value: alarms }) as const;

function judged(
  policy: AlarmsPolicy,
  value: AlarmsFound,
  stage: 'plan' | 'release' = 'release',
  change: Partial<Plan> = {},
) {
  const plan = planOf('1.4.0', change, { gates: { 'alarms-ok': policy } });
  return judgeGates(gateFacts({ plan, stage, found: { 'alarms-ok': { known: true, value } } }));
}

const denied = { reason: 'access-denied', message: 'AWS refused cloudwatch:DescribeAlarms', evidence: {} } as const;

describe('right before the change', () => {
  test.each<[string, AlarmsPolicy, AlarmsFound, readonly string[]]>([
    ['all are OK', here, { here: known(orders, errors), earlier: null }, ['alarms pass alarms-ok']],
    [
      'one rings',
      here,
      { here: known(orders, { ...errors, state: 'ALARM' }), earlier: null },
      ['alarms fail alarm-firing'],
    ],
    [
      'one has no data: not OK',
      here,
      { here: known(orders, { ...errors, state: 'INSUFFICIENT_DATA' }), earlier: null },
      ['alarms inconclusive no-data'],
    ],
    [
      'one rings and another has no data',
      here,
      { here: known({ ...orders, state: 'INSUFFICIENT_DATA' }, { ...errors, state: 'ALARM' }), earlier: null },
      ['alarms fail alarm-firing'],
    ],
    [
      'CloudWatch cannot evaluate one',
      here,
      { here: known({ ...orders, trouble: 'PARTIAL_DATA' }), earlier: null },
      ['alarms inconclusive no-data'],
    ],
    ['no alarm answers to the prefix', here, { here: known(), earlier: null }, ['alarms inconclusive alarm-not-found']],
    [
      'one of two names is wrong',
      { here: [{ name: 'prod-orders' }, { name: 'prod-order' }], earlier: [] },
      { here: known(orders), earlier: null },
      ['alarms inconclusive alarm-not-found'],
    ],
    [
      'they cannot be read',
      here,
      { here: { known: false, finding: denied }, earlier: null },
      ['alarms inconclusive access-denied'],
    ],
    ['nobody looked', here, { here: null, earlier: null }, ['alarms error gate-not-looked-up']],
    [
      'nobody looked at the earlier environment',
      { here: [], earlier: [{ name: 'stage-orders' }] },
      { here: null, earlier: null },
      ['earlier alarms error gate-not-looked-up'],
    ],
    [
      'each environment has its own row',
      { ...here, earlier: [{ name: 'stage-orders' }] },
      { here: known(orders), earlier: known({ ...orders, name: 'stage-orders', state: 'ALARM' }) },
      ['alarms pass alarms-ok', 'earlier alarms fail alarm-firing'],
    ],
    [
      'the release job looks itself, or nobody did',
      here,
      { here: { known: 'later' }, earlier: null },
      ['alarms error gate-not-looked-up'],
    ],
  ])('%s', (_name, policy, found, verdicts) => {
    expect(judged(policy, found).map(({ rule, verdict, reason }) => `${rule} ${verdict} ${reason}`)).toEqual(verdicts);
  });

  test('what rings is named, with since when and why', () => {
    const [rule] = judged(here, { here: known({ ...orders, state: 'ALARM' }), earlier: null });
    expect(rule?.message).toBe('prod-orders rings since 2026-11-02 12:00 UTC (Threshold Crossed).');
  });

  test('for ECS it is said that one deployment alarm that rings makes ECS ignore all of them', () => {
    const api = { name: 'api', target: 'ecs' } as Plan['waves'][number][number];
    const found = { here: known({ ...orders, state: 'ALARM' as const }), earlier: null };
    expect(judged(here, found, 'release', { waves: [[api]] })[0]?.message).toContain('ECS ignores all of them');
  });
});

test('in the plan job without a role to look with, it stops nobody and says when it is judged', () => {
  const [rule] = judged(here, { here: { known: 'later' }, earlier: null }, 'plan');
  expect([rule?.verdict, rule?.reason]).toEqual(['pass', 'judged-before-change']);
  expect(rule?.message).toBe(
    '⏳ Judged right before the change: without `read-role` of prod, nobody can look there before.',
  );
});
