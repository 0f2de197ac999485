import { describe, expect, test } from '@jest/globals';
import type { RequiredChecks } from '#core/flow/gates/checks';
import type { GateFacts } from '#core/gate/facts';
import { judgeGates } from '#core/gate/gates';
import type { Glass } from '#core/plan/glass';
import type { CommitCheck } from '#core/tags/checks';
import { planOf } from '../fixture.ts';
import { gateFacts } from './fixture.ts';

const checks: RequiredChecks = { names: ['lint', 'test'], allow: [] };
const check = (name: string, conclusion: string | undefined, id = 1): CommitCheck => ({
  kind: 'check',
  name,
  id,
  conclusion,
  url: '',
});
const known = (...value: readonly CommitCheck[]): GateFacts['found'] => ({ checks: { known: true, value } });

function judged(found: GateFacts['found'], glass?: Glass) {
  const plan = planOf('1.4.0', glass === undefined ? {} : { glass }, { gates: { checks } });
  return judgeGates(gateFacts({ plan, found })).map(({ rule, verdict, reason }) => `${rule}: ${verdict} ${reason}`);
}

describe('what has to have succeeded on the commit is judged again right before the change', () => {
  test.each<[string, GateFacts['found'], readonly string[]]>([
    [
      'all is as it was',
      known(check('lint', 'success'), check('test', 'success')),
      ['check lint: pass check-passed', 'check test: pass check-passed'],
    ],
    [
      'somebody ran one again while people decided, and it fell',
      known(check('lint', 'success'), check('test', 'success'), check('test', 'failure', 2)),
      ['check lint: pass check-passed', 'check test: fail check-failed'],
    ],
    [
      'or it is still running',
      known(check('lint', 'success'), check('test', 'success'), check('test', undefined, 2)),
      ['check lint: pass check-passed', 'check test: wait check-running'],
    ],
    [
      'they cannot be read',
      { checks: { known: false, finding: { reason: 'github-permission-missing', message: '', evidence: {} } } },
      ['checks: inconclusive github-permission-missing'],
    ],
    ['nobody looked', {}, ['checks: error gate-not-looked-up']],
    ['the commit is only proposed', { checks: { known: true, value: null } }, ['checks: pass judged-before-change']],
  ])('%s', (_name, found, rules) => {
    expect(judged(found)).toEqual(rules);
  });

  test('an emergency may break them', () => {
    const glass: Glass = { rules: ['checks'], reason: 'nobody can log in', incident: 'https://status.example.com/7' };
    expect(judged(known(check('lint', 'success')), glass)).toEqual([
      'check lint: pass check-passed',
      'check test: pass glass-broken',
    ]);
  });
});
