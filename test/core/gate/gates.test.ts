import { describe, expect, test } from '@jest/globals';
import type { Found } from '#core/gate/facts';
import { judgeGates } from '#core/gate/gates';
import { judgeRelease } from '#core/gate/judge';
import type { OpenIssue } from '#core/gate/lookups';
import type { Plan } from '#core/plan/plan';
import { judge } from '#core/verdict';
import { at, lockOf, planOf } from '../fixture.ts';
import { gateFacts } from './fixture.ts';

const gates = { 'no-open-issues': ['critical', 'incident'] } as const;
const issue: OpenIssue = {
  number: 7,
  title: 'Logins fail',
  url: 'https://github.com/acme/unifocus/issues/7',
  label: 'critical',
};
const found = (...issues: readonly OpenIssue[]): Found => ({ 'no-open-issues': { known: true, value: issues } });

describe('a gate of the flow file', () => {
  const denied = {
    reason: 'github-permission-missing',
    message: 'GitHub refused GET /repos/{owner}/{repo}/issues: Resource not accessible by integration',
    evidence: { status: 403 },
    next: 'Give the job `permissions: issues: read`.',
  } as const;
  test.each<[string, Plan, Found, readonly string[]]>([
    ['that the environment does not have says nothing', planOf('1.4.0'), {}, []],
    ['holds', planOf('1.4.0', {}, { gates }), found(), ['pass no-open-issues']],
    ['does not hold', planOf('1.4.0', {}, { gates }), found(issue), ['fail issues-open']],
    [
      'that cannot be read is never a pass, and says which permission is missing',
      planOf('1.4.0', {}, { gates }),
      { 'no-open-issues': { known: false, finding: denied } },
      ['inconclusive github-permission-missing'],
    ],
    ['that nobody looked up is an error', planOf('1.4.0', {}, { gates }), {}, ['error gate-not-looked-up']],
    ['stands in nobody’s way back', planOf('1.4.0', { operation: 'rollback' }, { gates }), found(issue), []],
  ])('%s', (_name, plan, seen, verdicts) => {
    const rules = judgeGates(gateFacts({ plan, found: seen }));
    expect(rules.map(({ verdict, reason }) => `${verdict} ${reason}`)).toEqual(verdicts);
  });

  test('it names the issues, and what unblocks it', () => {
    const plan = planOf('1.4.0', {}, { gates });
    const [rule] = judgeGates(gateFacts({ plan, found: found(issue) }));
    expect(rule?.message).toBe('An issue is open: #7 (critical) Logins fail.');
    expect(rule?.next).toContain('Close #7');
  });
});

describe('a flow that only advises', () => {
  const advised = (change: Partial<Plan> = {}) => planOf('1.4.0', change, { gates, enforce: false });

  test('is judged like any other, and goes on', () => {
    const { verdict } = judgeRelease(gateFacts({ plan: advised(), found: found(issue) }));
    expect([verdict.verdict, verdict.reason]).toEqual(['pass', 'not-enforced']);
    expect(verdict.message).toBe('Not enforced: 1 of 5 rules would have stopped this release (open issues).');
    expect(verdict.rules.map(({ rule, verdict: kind }) => `${rule}: ${kind}`)).toContain('open issues: fail');
  });

  test('says nothing of it where nothing would have been stopped', () => {
    const { verdict } = judgeRelease(gateFacts({ plan: advised(), found: found() }));
    expect(verdict.reason).toBe('all-rules-pass');
  });

  test('still does not let two runs change the environment at once', () => {
    const lock = { kind: 'held', lock: lockOf(1), life: 'alive' } as const;
    expect(judgeRelease(gateFacts({ plan: advised(), found: found(), lock })).verdict.reason).toBe(
      'environment-locked',
    );
  });
});

test('what waits says until when, and who is missing', () => {
  const rule = { rule: 'r', reason: 'held', message: 'm', evidence: {} } as const;
  const verdict = judge([
    { ...rule, verdict: 'wait', until: at(60) },
    { ...rule, verdict: 'wait', until: at(30), missing: ['lena'] },
    { ...rule, verdict: 'wait', missing: ['otto', 'lena'] },
    { ...rule, verdict: 'pass' },
  ]);
  expect([verdict.verdict, verdict.until, verdict.missing]).toEqual(['wait', at(60), ['lena', 'otto']]);
});
