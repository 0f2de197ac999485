import { describe, expect, test } from '@jest/globals';
import type { AlarmSelector } from '#core/flow/names';
import type { GateFacts } from '#core/gate/facts';
import { judgeGates } from '#core/gate/gates';
import type { SoakAlarm } from '#core/gate/lookups';
import type { Seen } from '#core/gate/sought';
import { type EnvironmentState, emptyState } from '#core/journal/state';
import { at, NOON, planOf, release, standing, stateAfter, verifiedRelease } from '../fixture.ts';
import { gateFacts } from './fixture.ts';

const HOUR = 3_600_000;
const day = 24 * HOUR;
const orders: SoakAlarm = { name: 'unifocus-stage-orders', state: 'OK', reason: 'fine', since: NOON - 9 * day };
const named: readonly AlarmSelector[] = [{ prefix: 'unifocus-stage-' }];
const known = (...alarms: readonly SoakAlarm[]): Seen<readonly SoakAlarm[]> => ({ known: true, value: alarms });

/** stage has verified 1.4.0 at noon. */
const stage = (change: Partial<EnvironmentState> = {}): EnvironmentState => ({
  ...emptyState('stage'),
  running: standing('1.4.0'),
  verified: standing('1.4.0'),
  known: [standing('1.4.0')],
  ...change,
});

function soakOf(
  found: Seen<readonly SoakAlarm[]> | null,
  hours: number,
  change: Partial<GateFacts> = {},
  alarms: readonly AlarmSelector[] = named,
) {
  const gates = { soak: { for: day, alarms } };
  const plan = planOf('1.4.0', {}, { after: 'stage', gates });
  const facts = gateFacts({
    plan,
    earlier: stage(),
    now: NOON + hours * HOUR,
    found: { soak: { known: true, value: found } },
    ...change,
  });
  const [rule] = judgeGates(facts);
  if (rule === undefined) throw new Error('soak is not judged');
  return rule;
}

const denied = { reason: 'access-denied', message: 'AWS refused cloudwatch:DescribeAlarms', evidence: {} } as const;

describe('stage has run 1.4.0', () => {
  test.each<[string, Seen<readonly SoakAlarm[]> | null, number, Partial<GateFacts>, string]>([
    ['for a day, to the millisecond', known(orders), 24, {}, 'pass soaked'],
    ['for an hour less', known(orders), 23, {}, `wait soaking ${at(24 * 60)}`],
    [
      'for two days, and an alarm rang an hour ago',
      known({ ...orders, rangUntil: NOON + 47 * HOUR }),
      48,
      {},
      `wait soaking ${at(71 * 60)}`,
    ],
    [
      'for two days, and an alarm rang in its first hour',
      known({ ...orders, rangUntil: NOON + HOUR }),
      48,
      {},
      'pass soaked',
    ],
    ['for a day, and an alarm rang before that', known({ ...orders, rangUntil: NOON - HOUR }), 24, {}, 'pass soaked'],
    [
      'for two days, of two alarms the later one counts',
      known(
        { ...orders, rangUntil: NOON + 30 * HOUR },
        { ...orders, name: 'unifocus-stage-5xx', rangUntil: NOON + 40 * HOUR },
      ),
      48,
      {},
      `wait soaking ${at(64 * 60)}`,
    ],
    ['for two days, and an alarm rings', known({ ...orders, state: 'ALARM' }), 48, {}, 'fail alarm-firing'],
    [
      'for two days, and an alarm has no data (no data is never a pass)',
      known({ ...orders, state: 'INSUFFICIENT_DATA' }),
      48,
      {},
      'inconclusive no-data',
    ],
    [
      'for two days, and CloudWatch cannot evaluate an alarm',
      known({ ...orders, trouble: 'EVALUATION_FAILURE' }),
      48,
      {},
      'inconclusive no-data',
    ],
    ['for two days, and there is no such alarm', known(), 48, {}, 'inconclusive alarm-not-found'],
    [
      'for two days, and its alarms cannot be read',
      { known: false, finding: denied },
      48,
      {},
      'inconclusive access-denied',
    ],
    ['for two days, and nobody looked', null, 48, {}, 'error gate-not-looked-up'],
    ['for two days, and the release job should have looked', { known: 'later' }, 48, {}, 'error gate-not-looked-up'],
    [
      'as a commit of the same tree',
      known(orders),
      24,
      { earlier: stage({ running: standing('1.4.0-rc', { sha: 'merge', tree: 'tree-1.4.0' }) }) },
      'pass soaked',
    ],
    [
      'before: now it runs 1.5.0',
      known(orders),
      48,
      { earlier: stage({ running: standing('1.5.0') }) },
      'fail not-soaking',
    ],
    ['never', known(orders), 48, { earlier: emptyState('stage') }, 'fail not-soaking'],
    [
      'but a part of it was brought back',
      known(orders),
      48,
      { earlier: stage({ running: { ...standing('1.4.0'), apart: { api: release('1.3.0') } } }) },
      'fail not-soaking',
    ],
    ['nobody knows how long', known(orders), 48, { earlier: null }, 'error earlier-not-verified'],
  ])('%s', (_name, found, hours, change, expected) => {
    const { verdict, reason, until } = soakOf(found, hours, change);
    expect([verdict, reason, until].filter(text => text !== undefined).join(' ')).toBe(expected);
  });

  test('while another release to stage is under way, it is not what soaks there', () => {
    const earlier = stateAfter(
      [...verifiedRelease('1.4.0', '1.3.0'), { type: 'started', release: release('1.5.0'), components: ['api'] }],
      emptyState('stage'),
    );
    const rule = soakOf(known(orders), 48, { earlier });
    expect(rule.reason).toBe('not-soaking');
    expect(rule.message).toBe(
      'stage runs 1.4.0, and a release of 1.5.0 is not finished there: 1.4.0 is not what soaks there.',
    );
  });

  test('a rollback to it starts the time anew', () => {
    const back = [
      ...verifiedRelease('1.4.0', '1.3.0'),
      ...verifiedRelease('1.5.0', '1.4.0'),
      { type: 'rolled-back', from: release('1.5.0'), to: release('1.4.0'), reason: 'slow', snapshots: {} },
    ] as const;
    expect(soakOf(known(orders), 24, { earlier: stateAfter(back, emptyState('stage')) }).until).toBe(at(24 * 60 + 6));
  });

  test('without alarms only the journal tells, and that is said', () => {
    const { verdict, message } = soakOf(null, 24, {}, []);
    expect(verdict).toBe('pass');
    expect(message).toContain('No alarm of stage is named, so only its journal says so.');
  });

  test('it says since when, how long, and when it may go on', () => {
    const rule = soakOf(known({ ...orders, rangUntil: NOON + 2 * HOUR }), 5);
    expect(rule.message).toBe(
      'stage runs 1.4.0, and all was well since 2026-11-02 14:00 UTC, when unifocus-stage-orders stopped ringing: for 3 h of 1 d. unifocus-stage-orders is OK.',
    );
    expect(rule.next).toBe('It goes on from 2026-11-03 14:00 UTC on: by the clock, or with the operation `go`.');
  });
});
