import { describe, expect, test } from '@jest/globals';
import type { GateFacts } from '#core/gate/facts';
import { judgeRelease } from '#core/gate/judge';
import type { Glass } from '#core/plan/glass';
import { at, planOf, release, stateAfter } from '../fixture.ts';
import { gateFacts } from './fixture.ts';

const glass: Glass = {
  rules: ['no-open-issues'],
  reason: 'nobody can log in',
  incident: 'https://status.example.com/7',
};
const issue = { number: 7, title: 'Data is lost', url: 'https://github.com/acme/unifocus/issues/7', label: 'critical' };
const open: Partial<GateFacts> = { found: { 'no-open-issues': { known: true, value: [issue] } } };
const gates = { 'no-open-issues': ['critical'] };

function verdictOf(change: Partial<GateFacts>, broken: Glass | undefined) {
  const plan = planOf('1.4.0', broken === undefined ? {} : { glass: broken }, { gates });
  const { verdict } = judgeRelease(gateFacts({ plan, ...change }));
  return [verdict.verdict, verdict.rules.filter(({ reason }) => reason === 'glass-broken').map(({ rule }) => rule)];
}

describe('an emergency breaks the rules that it names, and no others', () => {
  test.each<[string, Partial<GateFacts>, Glass | undefined, readonly unknown[]]>([
    ['no emergency', open, undefined, ['fail', []]],
    ['the rule is named', open, glass, ['pass', ['break-glass', 'open issues']]],
    ['another one is', open, { ...glass, rules: ['window'] }, ['fail', ['break-glass']]],
    [
      'what could not be looked up is broken, too',
      { found: { 'no-open-issues': { known: false, finding: { reason: 'not-found', message: '', evidence: {} } } } },
      glass,
      ['pass', ['break-glass', 'open issues']],
    ],
    [
      'nothing of it would have stopped it',
      { found: { 'no-open-issues': { known: true, value: [] } } },
      glass,
      ['pass', ['break-glass']],
    ],
    [
      'a hold is no rule of the flow file',
      {
        ...open,
        state: stateAfter([
          { type: 'held', hold: { id: 'h', environment: 'prod', reason: 'audit', owner: 'cid', since: at(0) } },
        ]),
      },
      glass,
      ['fail', ['break-glass', 'open issues']],
    ],
  ])('%s', (_name, change, broken, expected) => {
    expect(verdictOf(change, broken)).toEqual(expected);
  });

  describe('where it breaks the reviews it needs those that are named for it', () => {
    const pull = {
      number: 7,
      title: 'Logins',
      url: 'https://github.com/acme/unifocus/pull/7',
      authors: ['dan'],
      head: 'abc',
    };
    const saying = (...logins: readonly string[]) =>
      logins.map(login => ({ login, state: 'approved' as const, commit: 'abc', belongs: true }));
    const wanted = (count: number, by: readonly string[]) => ({ count, roles: by, by });

    test.each<[string, GateFacts['found'], string, readonly string[]]>([
      ['a senior has reviewed', { reviews: { known: true, value: { ...pull, reviews: saying('sue') } } }, 'pass', []],
      [
        'somebody else has',
        { reviews: { known: true, value: { ...pull, reviews: saying('ann') } } },
        'fail',
        ['emergency reviews not-reviewed'],
      ],
      ['no pull request', { reviews: { known: true, value: null } }, 'fail', ['emergency reviews no-pull-request']],
      [
        'it cannot be read',
        { reviews: { known: false, finding: { reason: 'not-found', message: '', evidence: {} } } },
        'inconclusive',
        ['emergency reviews not-found'],
      ],
      ['nobody looked', {}, 'error', ['reviews gate-not-looked-up', 'emergency reviews gate-not-looked-up']],
    ])('%s', (_name, found, verdict, stopping) => {
      const change = { gates: { reviews: [wanted(2, [])] }, emergencyReviews: [wanted(1, ['sue'])] };
      const plan = planOf('1.4.0', { glass: { ...glass, rules: ['reviews'] } }, change);
      const judged = judgeRelease(gateFacts({ plan, found })).verdict;
      const stops = judged.rules.filter(row => row.verdict !== 'pass');
      expect([judged.verdict, stops.map(row => `${row.rule} ${row.reason}`)]).toEqual([verdict, stopping]);
    });
  });

  test('other artifacts than the earlier environment verified stop an emergency, too', () => {
    const state = stateAfter([
      { type: 'planned', release: release('1.4.0'), artifacts: { api: { image: 'sha256:1' } }, planDigest: '' },
      { type: 'started', release: release('1.4.0'), components: ['api'] },
      { type: 'verified', release: release('1.4.0'), checks: [] },
    ]);
    const plan = planOf(
      '1.4.0',
      { glass: { ...glass, rules: ['after'] }, artifacts: { api: { image: 'sha256:2' } } },
      { after: 'stage' },
    );
    const { verdict } = judgeRelease(gateFacts({ plan, earlier: state }));
    expect(verdict).toMatchObject({ verdict: 'fail', reason: 'artifacts-differ' });
  });
});

test('a review that is overdue is told, and stops nothing', () => {
  const overdue = [
    { version: '1.3.9', due: at(-60), issue: { url: 'https://github.com/acme/unifocus/issues/8', open: true } },
  ];
  const { verdict } = judgeRelease(gateFacts({ overdue }));
  expect(verdict.verdict).toBe('pass');
  expect(verdict.rules.find(({ rule }) => rule === 'emergency review')?.message).toBe(
    '⚠ The emergency release of 1.3.9 was to be reviewed by 2026-11-02 11:00 UTC: https://github.com/acme/unifocus/issues/8 is still open.',
  );
});
