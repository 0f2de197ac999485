import { describe, expect, test } from '@jest/globals';
import { verdictMark } from '#core/report/outcome-mark';
import { findingOfRule, judge, type RuleVerdict, type VerdictKind, verdicts } from '#core/verdict';

/** From best to worst. A new verdict does not compile until it has its place here. */
const severity = { pass: 0, wait: 1, inconclusive: 2, fail: 3, error: 4 } satisfies Record<VerdictKind, number>;

const ruled = (verdict: VerdictKind, rule: string = verdict): RuleVerdict => ({
  rule,
  verdict,
  reason: 'held',
  message: `${rule} says ${verdict}`,
  evidence: { rule },
});

test('what a rule says can be told without its verdict', () => {
  const finding = { reason: 'held', message: 'dev is held.', evidence: { id: 'hold-7' } } as const;
  expect(findingOfRule({ rule: 'holds', verdict: 'fail', ...finding })).toEqual(finding);
});

describe('the verdict of all rules', () => {
  test('nothing checked is not a pass (argo-rollouts#4147, k6#4283)', () => {
    expect(judge([])).toMatchObject({ verdict: 'inconclusive', reason: 'nothing-checked' });
  });

  test.each(verdicts.flatMap(one => verdicts.map(other => [one, other] as const)))(
    '%s and %s: the worse one decides and gives its reason',
    (one, other) => {
      const expected = severity[one] >= severity[other] ? one : other;
      const verdict = judge([ruled(one, 'first'), ruled(other, 'second')]);
      expect(verdict.verdict).toBe(expected);
      if (expected !== 'pass') expect(verdict.reason).toBe('held');
    },
  );

  test('every rule is reported, also those that did not decide (kayenta#521)', () => {
    const rules = [ruled('pass'), ruled('fail'), ruled('wait')];
    expect(judge(rules).rules).toEqual(rules);
  });

  test('of two failures the first is told', () => {
    expect(judge([ruled('fail', 'holds'), ruled('fail', 'lock')]).message).toBe('holds says fail');
  });

  test('a single pass speaks for itself, several are counted', () => {
    expect(judge([ruled('pass', 'lock')]).message).toBe('lock says pass');
    expect(judge([ruled('pass'), ruled('pass')]).message).toBe('All 2 rules pass.');
  });

  test('the list names every verdict, and each has a mark that tells it from a pass', () => {
    expect([...verdicts].toSorted()).toEqual(Object.keys(severity).toSorted());
    const marks = verdicts.map(verdict => verdictMark(verdict).split(' ')[0]);
    expect(marks.filter(mark => mark === marks[0])).toHaveLength(1);
  });
});
