import { describe, expect, test } from '@jest/globals';
import { parseLimit } from '#core/flow/limit';
import type { CheckView, Moment } from '#core/watch/check';
import { type AlarmFact, type AlarmSeen, judgeAlarm, seeAlarms } from '#core/watch/judge-alarms';
import { type Crash, firstLook, judgeService, type ServiceFact, seeService } from '#core/watch/judge-service';
import { judgeTargets, noTargets, seeTargets, type TargetFact } from '#core/watch/judge-targets';
import { minute } from '#core/watch/signal';
import { watchVerdict } from '#core/watch/verdict';

const start = Date.UTC(2026, 10, 2, 9);

function moment(minutes: number, final = false): Moment {
  return { now: start + minutes * minute, start, end: start + 60 * minute, final };
}

const verdictOf = ({ rule }: CheckView) => `${rule.verdict} ${rule.reason}`;

describe('an alarm', () => {
  const alarm = (state: AlarmFact['state'], more: Partial<AlarmFact> = {}): AlarmFact => ({
    ...{ name: 'api-5xx', state, reason: 'Threshold Crossed: 12 > 10', since: start - minute },
    ...more,
  });

  function afterLooks(looks: readonly (AlarmFact | undefined)[], final = true): CheckView {
    let seen: ReadonlyMap<string, AlarmSeen> = new Map();
    for (const fact of looks) seen = seeAlarms(seen, fact === undefined ? [] : [fact]);
    const [only] = seen.values();
    if (only === undefined) throw new Error('no alarm was seen');
    return judgeAlarm(only, moment(final ? 63 : 10, final));
  }

  test.each<[string, readonly (AlarmFact | undefined)[], string]>([
    ['that is OK all the time passes', [alarm('OK'), alarm('OK')], 'pass watch-passed'],
    [
      'that goes off fails, also when it is quiet again',
      [alarm('OK'), alarm('ALARM'), alarm('OK')],
      'fail alarm-firing',
    ],
    ['without data at times passes', [alarm('OK'), alarm('INSUFFICIENT_DATA')], 'pass watch-passed'],
    ['without data all the time says nothing', [alarm('INSUFFICIENT_DATA')], 'inconclusive no-data'],
    [
      'that CloudWatch cannot evaluate says nothing',
      [alarm('OK', { trouble: 'PARTIAL_DATA' })],
      'inconclusive no-data',
    ],
    ['that is deleted meanwhile is an error', [alarm('OK'), undefined], 'error alarm-not-found'],
  ])('%s', (_, looks, expected) => {
    expect(verdictOf(afterLooks(looks))).toBe(expected);
  });

  test('that fires before the watch begins is named so', () => {
    expect(afterLooks([alarm('ALARM')], false).rule.message).toBe(
      'The alarm api-5xx was already firing when the watch began: Threshold Crossed: 12 > 10',
    );
    expect(afterLooks([alarm('OK'), alarm('ALARM', { since: start + minute })], false).rule.message).toBe(
      'The alarm api-5xx went off: Threshold Crossed: 12 > 10',
    );
  });

  test('decides nothing while it is quiet and the watch goes on', () => {
    expect(verdictOf(afterLooks([alarm('OK')], false))).toBe('wait watch-goes-on');
  });
});

describe('a service', () => {
  const fact = (more: Partial<ServiceFact> = {}): ServiceFact => ({
    ...{ service: 'api', running: 2, desired: 2, deployment: 'ecs-svc/7', taskDefinition: 'api:7', failedTasks: 0 },
    ...more,
  });
  const crash: Crash = {
    task: 't1',
    at: start + 5 * minute,
    why: 'Essential container in task exited; api exited with 1',
  };

  interface Look {
    readonly at: number;
    readonly fact: ServiceFact | undefined;
    readonly crashes?: readonly Crash[];
  }

  function afterLooks(looks: readonly Look[], first = fact(), final = true): CheckView {
    let seen = firstLook(first);
    for (const { at, fact: found, crashes = [] } of looks) {
      seen = seeService(seen, { fact: found, crashes }, start + at * minute);
    }
    return judgeService(seen, final ? moment(63, true) : moment(looks.at(-1)?.at ?? 0));
  }

  test.each<[string, readonly Look[], string]>([
    ['that stays as it is passes', [{ at: 1, fact: fact() }], 'pass watch-passed'],
    [
      'that scales and gets its tasks passes',
      [
        { at: 1, fact: fact({ desired: 3 }) },
        { at: 2, fact: fact({ desired: 3, running: 3 }) },
      ],
      'pass watch-passed',
    ],
    [
      'whose task crashed fails, although it was replaced',
      [{ at: 6, fact: fact(), crashes: [crash] }],
      'fail not-steady',
    ],
    ['that counts failed tasks fails', [{ at: 1, fact: fact({ failedTasks: 1 }) }], 'fail not-steady'],
    [
      'that somebody else deploys fails',
      [{ at: 1, fact: fact({ deployment: 'ecs-svc/8' }) }],
      'fail deployment-replaced',
    ],
    ['that is gone is an error', [{ at: 1, fact: undefined }], 'error not-found'],
    ['that lacks tasks at the end fails', [{ at: 62.5, fact: fact({ running: 1 }) }], 'fail not-steady'],
  ])('%s', (_, looks, expected) => {
    expect(verdictOf(afterLooks(looks))).toBe(expected);
  });

  test('may lack tasks for less than two minutes, and no longer', () => {
    const short = fact({ running: 1 });
    expect(
      verdictOf(
        afterLooks(
          [
            { at: 1, fact: short },
            { at: 2.9, fact: short },
          ],
          fact(),
          false,
        ),
      ),
    ).toBe('wait watch-goes-on');
    const tooLong = afterLooks(
      [
        { at: 1, fact: short },
        { at: 3, fact: short },
      ],
      fact(),
      false,
    );
    expect(tooLong.rule).toMatchObject({ verdict: 'fail', message: 'api has run 1 of 2 tasks for 2 min.' });
    expect(tooLong.worst).toBe('1 of 2 tasks');
  });

  test('that is whole again in between begins a new count', () => {
    const looks = [
      { at: 1, fact: fact({ running: 1 }) },
      { at: 2, fact: fact() },
      { at: 3, fact: fact({ running: 1 }) },
    ];
    expect(verdictOf(afterLooks(looks, fact(), false))).toBe('wait watch-goes-on');
  });

  test('that should run nothing says nothing, and never passes', () => {
    const none = fact({ desired: 0, running: 0 });
    expect(verdictOf(afterLooks([{ at: 1, fact: none }], none))).toBe('inconclusive no-data');
  });

  test('says why its task stopped, and counts each once', () => {
    const view = afterLooks([
      { at: 6, fact: fact(), crashes: [crash] },
      { at: 7, fact: fact(), crashes: [crash, { ...crash, task: 't2' }] },
    ]);
    expect(view.rule.message).toBe(
      'A task of api stopped at 09:05: Essential container in task exited; api exited with 1 (and 1 more)',
    );
    expect(view.worst).toBe('2 of 2 tasks, 2 crashed');
  });
});

describe('targets', () => {
  const limit = parseLimit('unhealthy-targets > 0');
  const target = (state: string, id = '10.0.0.1:8080'): TargetFact => ({ id, state, why: 'Target.FailedHealthChecks' });

  function afterLooks(looks: readonly (readonly TargetFact[])[], every = 0.5, final = false): CheckView {
    if (!limit.ok) throw new Error(limit.message);
    let seen = noTargets;
    for (const [index, targets] of looks.entries()) seen = seeTargets(seen, targets, start + index * every * minute);
    return judgeTargets(seen, limit.value, 'api', moment(looks.length * every, final));
  }

  test.each<[string, readonly (readonly TargetFact[])[], string]>([
    ['unhealthy at one look are not yet', [[target('healthy')], [target('unhealthy')]], 'wait watch-goes-on'],
    ['unhealthy at two looks are', [[target('unhealthy')], [target('unhealthy')]], 'fail limit-breached'],
    [
      'that start or drain are not',
      [[target('initial'), target('draining', 'b')], [target('initial')]],
      'wait watch-goes-on',
    ],
  ])('%s', (_, looks, expected) => {
    expect(verdictOf(afterLooks(looks))).toBe(expected);
  });

  test('that start without end are', () => {
    const starting = Array.from({ length: 7 }, () => [target('initial')]);
    expect(verdictOf(afterLooks(starting.slice(0, 6), 1))).toBe('wait watch-goes-on');
    expect(verdictOf(afterLooks(starting, 1))).toBe('fail limit-breached');
  });

  test('that do not exist say nothing, and never pass', () => {
    expect(verdictOf(afterLooks([[]], 1, true))).toBe('inconclusive no-data');
    expect(verdictOf(afterLooks([[target('unused')]], 1, true))).toBe('inconclusive no-data');
    expect(verdictOf(afterLooks([[target('healthy')]], 1, true))).toBe('pass watch-passed');
  });
});

describe('the verdict of a watch', () => {
  const view = (verdict: 'pass' | 'wait' | 'inconclusive' | 'fail'): CheckView => ({
    rule: { rule: verdict, verdict, reason: 'no-data', message: verdict, evidence: {} },
    ...{ limit: '', worst: '', samples: 0 },
  });

  test('is a pass only when every check is one, and never without a check', () => {
    expect(watchVerdict([view('pass'), view('pass')])).toMatchObject({ verdict: 'pass', reason: 'watch-passed' });
    expect(watchVerdict([view('pass'), view('inconclusive')]).verdict).toBe('inconclusive');
    expect(watchVerdict([view('wait'), view('fail')]).verdict).toBe('fail');
    expect(watchVerdict([])).toMatchObject({ verdict: 'inconclusive', reason: 'nothing-checked' });
  });
});
