import { describe, expect, test } from '@jest/globals';
import { judgeGates } from '#core/gate/gates';
import type { WayBackFound } from '#core/gate/lookups';
import { emptyState } from '#core/journal/state';
import type { Plan } from '#core/plan/plan';
import { planOf, snapshot, standing } from '../fixture.ts';
import { gateFacts } from './fixture.ts';

const named = (name: string) => ({ name }) as Plan['waves'][number][number];
const known = (component: string, gone: readonly string[] | null): WayBackFound => ({
  component,
  seen: { known: true, value: gone },
});
const denied = { reason: 'access-denied', message: 'AWS refused ecr:BatchGetImage', evidence: {} } as const;
const before = { ...standing('1.3.0'), snapshots: { api: snapshot('a'), web: snapshot('w') } };

function judged(
  components: readonly string[],
  found: readonly WayBackFound[],
  verified: typeof before | null = before,
  released: readonly string[] = ['api', 'web'],
) {
  const gates = { 'way-back': { components } };
  const plan = planOf('1.4.0', { waves: [released.map(named)] }, { gates });
  const state = { ...emptyState('prod'), verified };
  return judgeGates(gateFacts({ plan, state, found: { 'way-back': { known: true, value: found } } }));
}

describe('what a failure would go back to', () => {
  test.each<[string, ReturnType<typeof judged>, readonly string[]]>([
    ['is there', judged([], [known('api', []), known('web', [])]), ['pass way-back-there']],
    ['is gone', judged([], [known('api', ['x']), known('web', [])]), ['fail way-back-gone']],
    [
      'is gone, twice',
      judged([], [known('api', ['x', 'y']), known('web', [])]),
      ['fail way-back-gone', 'fail way-back-gone'],
    ],
    ['nobody can tell of one', judged([], [known('api', []), known('web', null)]), ['inconclusive way-back-unknown']],
    ['of the one that is asked for it is there', judged(['api'], [known('api', [])]), ['pass way-back-there']],
    [
      'nobody may look',
      judged(['api'], [{ component: 'api', seen: { known: false, finding: denied } }]),
      ['inconclusive access-denied'],
    ],
    ['nobody looked at one', judged([], [known('api', [])]), ['error gate-not-looked-up']],
    [
      'the release job should have looked',
      judged(['api'], [{ component: 'api', seen: { known: 'later' } }]),
      ['error gate-not-looked-up'],
    ],
    ['nothing has been verified before', judged([], [], null), ['pass nothing-deployed-yet']],
    ['the component is new', judged([], [], before, ['docs']), ['pass nothing-deployed-yet']],
    ['of a component that is released alone', judged([], [known('web', [])], before, ['web']), ['pass way-back-there']],
  ])('%s', (_name, rules, verdicts) => {
    expect(rules.map(({ verdict, reason }) => `${verdict} ${reason}`)).toEqual(verdicts);
  });

  test('it says which component cannot go back, where to, and why', () => {
    const [rule] = judged(['api'], [known('api', ['There is no image sha256:1 in shop.'])]);
    expect(rule?.message).toBe('api cannot go back to 1.3.0: There is no image sha256:1 in shop.');
  });
});
