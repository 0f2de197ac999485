import { describe, expect, test } from '@jest/globals';
import { FindingError } from '#core/finding';
import { judgeHolds } from '#core/gate/holds';
import { judgeEvidence } from '#core/gate/judge';
import type { Happening, Hold } from '#core/journal/event';
import { journalPage } from '#core/journal/page';
import { type EnvironmentState, emptyState } from '#core/journal/state';
import { assertPart, goneBackFrom, rollbackGoal } from '#core/plan/goal';
import type { Plan } from '#core/plan/plan';
import { at, NOON, passed, planOf, release, snapshot, stateAfter } from '../fixture.ts';
import { gateFacts } from '../gate/fixture.ts';

type Part = 'api' | 'web';

/** A release of two components that runs and is verified. */
function whole(version: string, parts: readonly Part[] = ['api', 'web']): readonly Happening[] {
  return [
    { type: 'started', release: release(version), components: parts },
    ...parts.map((component): Happening => {
      const receipt = { component, before: null, after: snapshot(`${component}-${version}`) };
      return { type: 'receipt', release: release(version), receipt, outcome: 'succeeded' };
    }),
    { type: 'verified', release: release(version), checks: [passed] },
  ];
}

const both = stateAfter([...whole('1.2.0'), ...whole('1.3.0')]);
const webBack: Happening = {
  type: 'rolled-back',
  from: release('1.3.0'),
  to: release('1.2.0'),
  reason: 'pages are blank',
  snapshots: { web: snapshot('web-1.2.0') },
  components: ['web'],
};
const hold: Hold = {
  ...{ id: 'rollback-1.3.0-web', environment: 'prod', version: '1.3.0', component: 'web' },
  ...{ reason: 'pages are blank', owner: 'ann', since: at(0) },
};
const mixed = { ...stateAfter([webBack], both), holds: [hold] };
const component = (name: Part) => ({ name }) as Plan['waves'][number][number];

describe('one component that was brought back alone', () => {
  test('stands apart: everything else stays what it was, and together they are what a failure goes back to', () => {
    expect(mixed.running).toMatchObject({
      release: release('1.3.0'),
      snapshots: { api: snapshot('api-1.3.0'), web: snapshot('web-1.2.0') },
      apart: { web: release('1.2.0') },
    });
    expect(mixed.verified).toEqual(mixed.running);
    expect(rollbackGoal(mixed, undefined, release('1.4.0'))).toEqual(mixed.running);
  });

  test('is in the history and on the page, with what it went back to', () => {
    expect(mixed.history[0]).toMatchObject({ result: 'rolled-back', note: 'only web, to 1.2.0: pages are blank' });
    const page = journalPage(mixed);
    expect(page).toContain('| runs | **1.3.0**, web of 1.2.0 |');
    expect(page).toContain('| rollback-1.3.0-web | web of 1.3.0 |');
  });

  test('leaves the earlier release whole, for a person who wants everything back', () => {
    expect(goneBackFrom(mixed, undefined)).toEqual(release('1.3.0'));
    expect(rollbackGoal(mixed, undefined, release('1.3.0'))).toMatchObject({
      release: release('1.2.0'),
      snapshots: { api: snapshot('api-1.2.0'), web: snapshot('web-1.2.0') },
    });
  });

  test.each<[string, readonly Happening[], object | undefined]>([
    ['a release of everything puts it right', whole('1.4.0'), undefined],
    ['a release of another component does not', whole('1.4.0', ['api']), { web: release('1.2.0') }],
    ['one of just that component does', whole('1.4.0', ['web']), undefined],
  ])('%s', (_, happenings, apart) => {
    const after = stateAfter(happenings, mixed);
    expect(after.verified?.release.version).toBe('1.4.0');
    expect(after.verified?.apart).toEqual(apart);
  });

  test('a rollback of everything leaves nothing apart', () => {
    const { components: _, ...everything } = webBack as Extract<Happening, { type: 'rolled-back' }>;
    const back = stateAfter([everything], mixed);
    expect(back.running?.apart).toBeUndefined();
    expect(back.known.map(entry => entry.release.version)).toEqual(['1.2.0']);
  });
});

describe('what follows from it at the gates', () => {
  const verdict = (plan: Plan, state: EnvironmentState = mixed) => judgeHolds({ plan, state, now: NOON }).verdict;

  test.each<[string, Plan, string]>([
    ['the release with that component is held', planOf('1.3.0', { waves: [[component('web')]] }), 'fail'],
    ['without it, it is not', planOf('1.3.0', { waves: [[component('api')]] }), 'pass'],
    ['another release is not', planOf('1.4.0', { waves: [[component('web')]] }), 'pass'],
    [
      'the way back to what stood then is open',
      planOf('1.3.0', { operation: 'rollback', waves: [[component('web')]] }),
      'pass',
    ],
  ])('%s', (_, plan, expected) => {
    expect(verdict(plan)).toBe(expected);
  });

  test('a hold on a version that stands whole bars the way back to it', () => {
    const plan = planOf('1.3.0', { operation: 'rollback', waves: [[component('web')]] });
    expect(verdict(plan, { ...both, holds: [hold] })).toBe('fail');
    expect(rollbackGoal({ ...both, holds: [hold] }, undefined, release('1.4.0')).release.version).toBe('1.2.0');
  });

  test('no later environment takes it for a release that was verified', () => {
    const plan = planOf('1.3.0', {}, { after: 'prod' });
    const [earlier] = judgeEvidence(gateFacts({ plan, state: emptyState('next'), earlier: mixed }));
    expect(earlier).toMatchObject({ verdict: 'fail', reason: 'earlier-not-verified' });
    expect(earlier?.message).toBe('prod runs 1.3.0 with web of 1.2.0: that part of it was brought back.');
  });
});

describe('a part goes back alone', () => {
  const asked = (state: EnvironmentState, only: readonly string[]) => {
    try {
      assertPart(state, only, rollbackGoal(state, '1.2.0', undefined));
      return 'allowed';
    } catch (error) {
      if (!(error instanceof FindingError)) throw error;
      return error.findings.map(({ message }) => message).join();
    }
  };

  test.each<[string, EnvironmentState, readonly string[], string]>([
    ['out of a verified release', both, ['web'], 'allowed'],
    [
      'but not out of one that is not verified',
      stateAfter(whole('1.4.0').slice(0, 2), both),
      ['web'],
      '1.4.0 is not verified in prod, so web cannot go back alone.',
    ],
    ['but everything does', stateAfter(whole('1.4.0').slice(0, 2), both), [], 'allowed'],
    ['but not to a release that did not have it', both, ['web', 'mail'], '1.2.0 knew no mail in prod.'],
  ])('%s', (_, state, only, said) => {
    expect(asked(state, only)).toBe(said);
  });
});
