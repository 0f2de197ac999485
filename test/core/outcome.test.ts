import { describe, expect, test } from '@jest/globals';
import { isSuccess, type Outcome, outcomes, type Result, worst } from '#core/outcome';
import { outcomeMark } from '#core/report/outcome-mark';

/** A new outcome does not compile until this table, the marks and the order of severity know it. */
const green = {
  succeeded: true,
  'no-op': true,
  failed: false,
  'rolled-back': false,
  superseded: false,
  stopped: false,
  'timed-out': false,
  refused: false,
} satisfies Record<Outcome, boolean>;

describe('an outcome', () => {
  test('the list names every one of them, once', () => {
    expect([...outcomes].toSorted()).toEqual(Object.keys(green).toSorted());
  });

  test.each(Object.entries(green))('%s ends a step green: %s (ecspresso#732: exit 0 on rollback)', (name, expected) => {
    const outcome = outcomes.find(candidate => candidate === name);
    expect(outcome !== undefined && isSuccess(outcome)).toBe(expected);
  });

  test('every one has a mark of its own', () => {
    const marks = outcomes.map(outcome => outcomeMark(outcome).split(' ')[0]);
    expect(new Set(marks).size).toBe(outcomes.length);
  });
});

describe('several changes together', () => {
  const result = (outcome: Outcome): Result => ({ outcome, reason: 'deployed', message: outcome, evidence: {} });
  const order: readonly Outcome[] = [
    'no-op',
    'succeeded',
    'superseded',
    'stopped',
    'rolled-back',
    'timed-out',
    'refused',
    'failed',
  ];

  test.each(order.flatMap((better, index) => order.slice(index).map(other => [better, other] as const)))(
    '%s and %s come to the worse one, in whatever order',
    (better, other) => {
      expect(worst([result(better), result(other)])?.outcome).toBe(other);
      expect(worst([result(other), result(better)])?.outcome).toBe(other);
    },
  );

  test('of two that are equally bad the first one speaks', () => {
    const [one, other] = [
      { ...result('failed'), message: 'api' },
      { ...result('failed'), message: 'web' },
    ];
    expect(worst([one, other])?.message).toBe('api');
  });

  test('nothing comes to nothing, never to a success', () => {
    expect(worst([])).toBeUndefined();
  });
});
