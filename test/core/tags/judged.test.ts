import { expect, test } from '@jest/globals';
import { rule } from '#core/gate/rule';
import { advised, judged } from '#core/tags/judged';
import { judge } from '#core/verdict';

const finding = { reason: 'api-unavailable', message: 'GitHub did not answer.', evidence: {}, next: 'Later.' } as const;
const passes = () => [rule('branch', 'pass', 'on-branch', 'It is on `main`.')];

test('what could not be read leaves its own rules open, each by name', () => {
  expect(judged(['branch'], { known: true, value: 1 }, passes)).toEqual(passes());
  const open = judged(['version order', 'candidate order'], { known: false, finding }, passes);
  expect(open.map(({ rule: name, verdict, reason }) => [name, verdict, reason])).toEqual([
    ['version order', 'inconclusive', 'api-unavailable'],
    ['candidate order', 'inconclusive', 'api-unavailable'],
  ]);
});

test('a flow that only advises is judged and told, and nothing stops it', () => {
  const failed = rule('branch', 'fail', 'not-on-branch', 'It is not on `main`.', { sha: 'abc' }, 'Merge it.');
  const rules = advised([...passes(), failed]);
  expect(judge(rules).verdict).toBe('pass');
  expect(rules[1]).toEqual({
    ...failed,
    verdict: 'pass',
    reason: 'not-enforced',
    message: 'Not enforced: It is not on `main`.',
    evidence: { sha: 'abc', verdict: 'fail', reason: 'not-on-branch' },
  });
});
