import { describe, expect, test } from '@jest/globals';
import type { AgreementFacts, Dispatch, GateFacts } from '#core/gate/facts';
import { judgeRelease } from '#core/gate/judge';
import { supersededBy } from '#core/gate/queue';
import type { Plan, PlannedEnvironment } from '#core/plan/plan';
import {
  approvalBy,
  at,
  MINUTE,
  NOON,
  parkedEvent,
  planOf,
  release,
  run,
  standing,
  stateAfter,
  verifiedRelease,
} from '../fixture.ts';
import { gateFacts } from './fixture.ts';

const goesOn = (by: 'go' | 'approve' | 'reject') => ({ by, since: at(0) });

function ruleOf(name: string, facts: GateFacts) {
  const found = judgeRelease(facts).verdict.rules.filter(({ rule }) => rule === name);
  return found.map(({ verdict, reason }) => [verdict, reason])[0];
}

describe('somebody’s word on a parked release', () => {
  const dispatch: Dispatch = { login: 'cid', triggeredBy: 'cid', attempt: 1, event: 'workflow_dispatch', comment: '' };
  const waiting = stateAfter([parkedEvent('1.4.0')]);
  const word = (
    by: 'approve' | 'reject',
    change: Partial<Dispatch>,
    approve = approvalBy(['cid', 'ann', 'dan']),
    facts: Partial<GateFacts> = {},
  ) =>
    gateFacts({
      plan: planOf('1.4.0', { goesOn: goesOn(by) }, { approve }),
      stage: 'plan',
      state: waiting,
      approval: { kind: 'ahead', reviewers: [], dispatch: { ...dispatch, ...change } },
      ...facts,
    });

  test.each<[string, GateFacts, string, string]>([
    ['one who may approves', word('approve', {}), 'pass', 'agreed'],
    [
      'GitHub writes the login in another case',
      word('approve', { login: 'CID', triggeredBy: 'Cid' }),
      'pass',
      'agreed',
    ],
    ['whoever started it', word('approve', { login: 'ann', triggeredBy: 'ann' }), 'fail', 'approval-by-originator'],
    ['somebody else', word('approve', { login: 'eve', triggeredBy: 'eve' }), 'fail', 'approval-by-outsider'],
    ['an app', word('approve', { login: 'x[bot]', triggeredBy: 'x[bot]' }), 'fail', 'approval-by-outsider'],
    ['somebody runs it again', word('approve', { triggeredBy: 'eve', attempt: 2 }), 'fail', 'operation-not-dispatched'],
    ['cid runs it again a day later', word('approve', { attempt: 2 }), 'fail', 'operation-not-dispatched'],
    ['not a dispatch', word('approve', { event: 'push' }), 'fail', 'operation-not-dispatched'],
    [
      'perhaps a member of the team',
      word('approve', { login: 'eve', triggeredBy: 'eve' }, approvalBy(['@acme/ops'])),
      'inconclusive',
      'approval-unreadable',
    ],
    ['what would be done has changed', word('approve', {}, undefined, { subject: 'else' }), 'fail', 'plan-changed'],
    ['it waits no more', word('approve', {}, undefined, { state: stateAfter([]) }), 'fail', 'nothing-parked'],
    ['one who may rejects', word('reject', {}), 'fail', 'release-rejected'],
    [
      'whoever started it takes it back',
      word('reject', { login: 'ann', triggeredBy: 'ann' }),
      'fail',
      'release-rejected',
    ],
    ['somebody else rejects', word('reject', { login: 'eve', triggeredBy: 'eve' }), 'fail', 'approval-by-outsider'],
    [
      'what would be done has changed, and is rejected',
      word('reject', {}, undefined, { subject: 'else' }),
      'fail',
      'release-rejected',
    ],
  ])('%s', (_name, facts, verdict, reason) => {
    expect(ruleOf('operation', facts)).toEqual([verdict, reason]);
  });

  test('the approval that completes it lets it go on; one that does not count leaves it waiting', () => {
    expect(judgeRelease(word('approve', {})).verdict.verdict).toBe('pass');
    const two = approvalBy(['cid', 'dan'], { count: 2 });
    expect(judgeRelease(word('approve', {}, two)).verdict).toMatchObject({ verdict: 'wait', missing: ['dan'] });
  });

  test('also where the rules only advise, what is rejected does not go on', () => {
    const facts = word('reject', {});
    const plan: Plan = { ...facts.plan, environment: { ...facts.plan.environment, enforce: false } };
    expect(judgeRelease({ ...facts, plan }).verdict.verdict).toBe('fail');
  });
});

describe('approvals by the operation count together with the click', () => {
  const by = (login: string, change: Partial<AgreementFacts> = {}): AgreementFacts => ({
    login,
    at: at(0),
    comment: '',
    subject: 'what is to be done',
    dispatched: true,
    ...change,
  });
  const approve = approvalBy(['cid', 'dan', 'ann'], { count: 2, within: 60 * MINUTE });
  const ahead = (agreed: readonly AgreementFacts[], reviewers: readonly string[] = [], now = NOON) =>
    ruleOf(
      'approval',
      gateFacts({
        plan: planOf('1.4.0', {}, { approve }),
        stage: 'plan',
        approval: { kind: 'ahead', reviewers },
        agreed,
        now,
      }),
    );

  test.each<[string, readonly AgreementFacts[], readonly string[], string, string]>([
    ['nobody yet', [], [], 'wait', 'approval-missing'],
    ['nobody yet, and one click to come', [], ['cid'], 'wait', 'approval-missing'],
    ['one of two, and no click to come', [by('cid')], [], 'wait', 'approval-missing'],
    ['one of two, and one click to come', [by('cid')], ['dan'], 'pass', 'approval-pending'],
    ['one of two, whom GitHub asks again', [by('cid')], ['cid'], 'fail', 'approval-impossible'],
    ['both', [by('cid'), by('dan')], [], 'pass', 'approved'],
    ['one, twice', [by('cid'), by('CID')], [], 'wait', 'approval-missing'],
    ['one of them started it', [by('cid'), by('ann')], [], 'wait', 'approval-missing'],
    ['one of them is not asked for', [by('cid'), by('eve')], [], 'wait', 'approval-missing'],
    ['one approved something else', [by('cid'), by('dan', { subject: 'else' })], [], 'wait', 'approval-missing'],
    ['GitHub knows of no such dispatch', [by('cid'), by('dan', { dispatched: false })], [], 'wait', 'approval-missing'],
    ['whose it was cannot be read', [by('cid'), by('dan', { dispatched: undefined })], [], 'wait', 'approval-missing'],
    ['one is not dated', [by('cid'), by('dan', { at: 'yesterday' })], [], 'wait', 'approval-missing'],
  ])('%s', (_name, agreed, reviewers, verdict, reason) => {
    expect(ahead(agreed, reviewers)).toEqual([verdict, reason]);
  });

  test('they last as long as an approval lasts', () => {
    const both = [by('cid'), by('dan')];
    expect(ahead(both, [], NOON + 60 * MINUTE)).toEqual(['pass', 'approved']);
    expect(ahead(both, [], NOON + 60 * MINUTE + 1)).toEqual(['wait', 'approval-missing']);
  });

  test.each<[string, readonly AgreementFacts[], readonly string[], string, string]>([
    ['one by the operation, one by the click', [by('cid')], ['dan'], 'pass', 'approved'],
    ['both by the operation', [by('cid'), by('dan')], [], 'pass', 'approved'],
    ['the same one twice', [by('cid')], ['cid'], 'fail', 'approval-missing'],
    ['one by the operation alone', [by('cid')], [], 'fail', 'approval-missing'],
  ])('in the release job: %s', (_name, agreed, clicked, verdict, reason) => {
    const reviews = clicked.map(login => ({ login, state: 'approved' as const, comment: '' }));
    const attempt = { number: 1, used: 0, reviewers: undefined };
    const facts = gateFacts({
      plan: planOf('1.4.0', {}, { approve }),
      approval: { kind: 'given', reviews, attempt },
      agreed,
    });
    expect(ruleOf('approval', facts)).toEqual([verdict, reason]);
    const { approvals } = judgeRelease(facts);
    expect(approvals.length).toBe(verdict === 'pass' ? 2 : 0);
  });

  test('the way back waits for one person, by the click or by the operation, never for a quorum', () => {
    const plan = planOf('1.4.0', { operation: 'rollback' }, { approve });
    const asked = (reviewers: readonly string[]) =>
      ruleOf('approval', gateFacts({ plan, stage: 'plan', approval: { kind: 'ahead', reviewers } }));
    expect(asked(['cid'])).toEqual(['pass', 'approval-pending']);
    expect(asked([])).toEqual(['wait', 'approval-missing']);
  });
});

describe('a rejection is final for a release of a commit', () => {
  const rejection = { type: 'rejected', login: 'cid', source: 'operation', comment: 'no' } as const;
  const inRun = [{ login: 'cid', comment: '', run: run(7) }];
  test.each<[string, Partial<GateFacts>, readonly string[] | undefined]>([
    ['nobody rejected it', {}, undefined],
    [
      'somebody did, by the operation',
      { state: stateAfter([{ ...rejection, release: release('1.4.0') }]) },
      ['fail', 'release-rejected'],
    ],
    ['somebody did when an earlier run asked', { rejections: inRun }, ['fail', 'release-rejected']],
    ['another version was', { state: stateAfter([{ ...rejection, release: release('1.3.0') }]) }, undefined],
    [
      'the same version of another commit was',
      { state: stateAfter([{ ...rejection, release: release('1.4.0', { sha: 'x' }) }]) },
      undefined,
    ],
    ['whether somebody did cannot be read', { rejections: undefined }, ['inconclusive', 'approval-unreadable']],
  ])('%s', (_name, change, expected) => {
    expect(ruleOf('rejection', gateFacts(change))).toEqual(expected);
  });
});

describe('several releases wait', () => {
  const waves = [[{ name: 'api', target: 'command', needs: [] }]] as unknown as Plan['waves'];
  const plan = (version: string, environment: Partial<PlannedEnvironment>, change: Partial<Plan> = {}) =>
    planOf(version, { waves, ...change }, environment);
  const state = stateAfter([
    parkedEvent('1.3.0'),
    parkedEvent('1.3.1', {
      request: { ref: 'refs/tags/v1.3.1', originators: [], components: ['api', 'web'], subject: '' },
    }),
    parkedEvent('1.5.0'),
  ]);

  test('in order: each waits for those of lower versions', () => {
    const queue = (version: string) => {
      const judged = judgeRelease(gateFacts({ plan: plan(version, { queue: 'in-order' }), stage: 'plan', state }));
      return judged.verdict.rules.find(({ rule }) => rule === 'queue');
    };
    expect(queue('1.3.0')).toMatchObject({ verdict: 'pass', reason: 'first-in-order' });
    expect(queue('1.4.0')).toMatchObject({ verdict: 'wait', missing: ['1.3.0', '1.3.1'] });
    expect(supersededBy(plan('1.4.0', { queue: 'in-order' }), state)).toEqual([]);
  });

  test('the newest: those before it are dropped, unless they have components that it does not have', () => {
    const dropped = (version: string) => supersededBy(plan(version, {}), state).map(entry => entry.release.version);
    expect(dropped('1.4.0')).toEqual(['1.3.0']);
    expect(dropped('1.3.0')).toEqual([]);
  });

  test('what has no version is ordered by the time at which it came', () => {
    const commit = (sha: string) => ({ version: sha, sha, tree: sha });
    const branches = stateAfter([
      parkedEvent('a', { release: commit('a') }),
      parkedEvent('b', { release: commit('b') }),
    ]);
    const superseded = (sha: string, since: string) =>
      supersededBy(plan('1', {}, { release: commit(sha), goesOn: { by: 'go', since } }), branches);
    expect(superseded('b', at(1)).map(entry => entry.release.sha)).toEqual(['a']);
    expect(superseded('a', at(0))).toEqual([]);
  });
});

describe('two runs take up the same parked release', () => {
  const arrived = { ...standing('1.4.0'), run: run(2) };
  test.each<[string, Partial<GateFacts>, readonly string[] | undefined]>([
    ['it still waits', { state: { ...stateAfter([parkedEvent('1.4.0')]), running: arrived } }, undefined],
    [
      'the other one has brought it there',
      { state: { ...stateAfter([]), running: arrived } },
      ['fail', 'went-on-already'],
    ],
    [
      'this run was killed on its way, and is run again',
      {
        state: { ...stateAfter([]), running: arrived },
        lock: { kind: 'mine', lock: { run: run(1), reason: '', since: '' } },
      },
      undefined,
    ],
    ['it was refused before it changed anything, and is run again', { state: stateAfter([]) }, undefined],
    ['another release runs', { state: stateAfter(verifiedRelease('1.3.0', null)) }, undefined],
  ])('%s', (_name, change, expected) => {
    expect(ruleOf('parked', gateFacts({ plan: planOf('1.4.0', { goesOn: goesOn('go') }), ...change }))).toEqual(
      expected,
    );
  });
});
