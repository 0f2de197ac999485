import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { droppedRollbacks, startedRollback, waitingRollback } from '#core/gate/asked-rollback';
import type { AgreementFacts, Dispatch, GateFacts } from '#core/gate/facts';
import { judgeRelease } from '#core/gate/judge';
import { droppedBy, parkedBy } from '#core/gate/parked';
import { judgeUnderLock } from '#core/gate/under-lock';
import { notFollowing } from '#core/journal/audit';
import type { Happening, RollbackEnd } from '#core/journal/event';
import { type EnvironmentState, emptyState } from '#core/journal/state';
import type { Plan } from '#core/plan/plan';
import { subjectOf } from '#core/plan/subject';
import { judge } from '#core/verdict';
import {
  approvalBy,
  at,
  events,
  lockOf,
  MINUTE,
  NOON,
  planOf,
  release,
  run,
  stateAfter,
  verifiedRelease,
} from '../fixture.ts';
import { gateFacts } from './fixture.ts';

const approve = approvalBy(['cid', 'dan', 'ann'], { count: 2, within: 60 * MINUTE });

/** Ann asked in run 5 for 1.3.0 instead of 1.4.0. */
const back = (change: Partial<Plan> = {}) =>
  planOf(
    '1.3.0',
    {
      operation: 'rollback',
      why: 'logins fail',
      from: release('1.4.0'),
      runs: release('1.4.0'),
      request: { id: 5, run: 5 },
      ...change,
    },
    { approve },
  );

const digest = (plan: Plan) => createHash('sha256').update(subjectOf(plan)).digest('hex');
const subject = digest(back());

const asked: Happening = {
  type: 'rollback-parked',
  release: release('1.3.0'),
  reason: 'approval-missing',
  missing: ['cid', 'dan'],
  request: { id: 5, why: 'logins fail', originators: ['ann'], from: release('1.4.0'), subject },
};
const ended = (how: RollbackEnd, note = 'so it is'): Happening => ({
  type: 'rollback-ended',
  release: release('1.3.0'),
  request: 5,
  how,
  note,
});

const running = stateAfter([...verifiedRelease('1.3.0', null), ...verifiedRelease('1.4.0', '1.3.0')]);
const waiting = stateAfter([asked], running);

const goesOn = { by: 'approve', since: at(0), comment: '' } as const;
const word = (by: 'approve' | 'reject', login: string, facts: Partial<GateFacts> = {}, change: Partial<Plan> = {}) => {
  const dispatch: Dispatch = { login, triggeredBy: login, attempt: 1, event: 'workflow_dispatch', comment: '' };
  return gateFacts({
    plan: back({ goesOn: { ...goesOn, by }, request: { id: 5, run: 6 }, ...change }),
    stage: 'plan',
    state: waiting,
    subject,
    approval: { kind: 'ahead', reviewers: [], dispatch },
    ...facts,
  });
};

function ruleOf(name: string, facts: GateFacts) {
  const [found] = judgeRelease(facts).verdict.rules.filter(({ rule }) => rule === name);
  return found === undefined ? undefined : [found.verdict, found.reason];
}

describe('a rollback where GitHub asks nobody', () => {
  test.each<[string, Partial<Plan>, readonly string[], string, string]>([
    ['waits for one of those who may', {}, [], 'wait', 'approval-missing'],
    ['is asked for by GitHub where it asks', {}, ['cid'], 'pass', 'approval-pending'],
    [
      'fails where only those are left who asked for it',
      { originators: ['ann', 'cid', 'dan'] },
      [],
      'fail',
      'approval-impossible',
    ],
    ['fails where a bot asked and nobody says for whom', { originators: [] }, [], 'inconclusive', 'originator-unknown'],
  ])('%s', (_name, change, reviewers, verdict, reason) => {
    const facts = gateFacts({ plan: back(change), stage: 'plan', approval: { kind: 'ahead', reviewers } });
    expect(ruleOf('approval', facts)).toEqual([verdict, reason]);
  });

  const agreement = (change: Partial<AgreementFacts>): AgreementFacts => ({
    login: 'cid',
    at: at(0),
    comment: '',
    subject,
    dispatched: true,
    ...change,
  });
  test.each<[string, Partial<AgreementFacts>, string]>([
    ['somebody who may', {}, 'pass'],
    ['whoever asked for it', { login: 'ann' }, 'wait'],
    ['somebody else', { login: 'eve' }, 'wait'],
    ['one who approved another rollback', { subject: digest(back({ request: { id: 4, run: 4 } })) }, 'wait'],
    ['one who approved longer ago than an approval lasts', { at: at(-61) }, 'wait'],
    ['one of whose dispatch GitHub knows nothing', { dispatched: false }, 'wait'],
  ])('goes on once one has agreed: %s', (_name, change, verdict) => {
    const approval = { kind: 'ahead', reviewers: [] } as const;
    const facts = gateFacts({ plan: back(), stage: 'plan', subject, approval, agreed: [agreement(change)], now: NOON });
    expect(ruleOf('approval', facts)?.[0]).toBe(verdict);
  });

  const left = (minutes: number): Partial<GateFacts> => ({
    lock: { kind: 'abandoned', lock: { ...lockOf(8), since: at(minutes) } },
  });
  const begun = (minutes: number): Partial<GateFacts> => {
    const { attempt } = stateAfter([{ type: 'started', release: release('1.5.0'), components: ['api'] }]);
    return { state: { ...waiting, attempt: attempt && { ...attempt, since: at(minutes) } } };
  };
  test.each<[string, Partial<GateFacts>, string]>([
    ['another run had left its lock before', left(-1), 'pass'],
    ['another run has left its lock since', left(1), 'wait'],
    ['another release had begun before', begun(-1), 'pass'],
    ['another release has begun since', begun(1), 'wait'],
  ])('what was agreed to is from what is known to run: %s', (_name, found, verdict) => {
    const approval = { kind: 'ahead', reviewers: [] } as const;
    const facts = { plan: back(), stage: 'plan', subject, approval, agreed: [agreement({})], ...found } as const;
    expect(ruleOf('approval', gateFacts(facts))?.[0]).toBe(verdict);
  });
});

describe('what somebody agrees to is that rollback', () => {
  test.each<[string, Partial<Plan>]>([
    ['asked for by another run', { request: { id: 6, run: 6 } }],
    ['for another reason', { why: 'so does the search' }],
    ['from another release', { from: release('1.5.0') }],
    ['from something else that runs', { runs: release('1.5.0') }],
    ['to another release', { release: release('1.2.0') }],
    ['of one component only', { only: ['api'] }],
    ['a release', { operation: 'release' }],
  ])('not one %s', (_name, change) => {
    expect(digest(back(change))).not.toBe(subject);
  });

  test('carried out by another run, at another time, it is the same', () => {
    expect(digest(back({ request: { id: 5, run: 9 }, made: at(9), goesOn, originators: ['eve'] }))).toBe(subject);
  });

  test('what was approved of a release before there was any of this is approved still', () => {
    const { operation, service, environment, release: of, waves } = planOf('1.4.0');
    const { name, role, region, vars } = environment;
    const before = {
      operation,
      service,
      environment: { name, role, region, vars },
      release: of,
      runs: null,
      waves,
      digests: {},
    };
    expect(subjectOf(planOf('1.4.0', { why: 'tested' }))).toBe(JSON.stringify(before));
  });
});

describe('somebody’s word on a rollback that waits', () => {
  test.each<[string, GateFacts, string, string]>([
    ['one who may approves', word('approve', 'cid'), 'pass', 'agreed'],
    ['whoever asked for it approves', word('approve', 'ann'), 'fail', 'approval-by-originator'],
    ['somebody else approves', word('approve', 'eve'), 'fail', 'approval-by-outsider'],
    ['what would be done has changed', word('approve', 'cid', { subject: 'else' }), 'fail', 'plan-changed'],
    ['another one waits', word('approve', 'cid', {}, { request: { id: 4, run: 6 } }), 'fail', 'nothing-parked'],
    [
      'it waits no more',
      word('approve', 'cid', { state: stateAfter([ended('dropped')], waiting) }),
      'fail',
      'nothing-parked',
    ],
    ['one who may rejects', word('reject', 'cid'), 'fail', 'rollback-rejected'],
    ['whoever asked for it takes it back', word('reject', 'ann'), 'fail', 'rollback-rejected'],
    ['somebody else rejects', word('reject', 'eve'), 'fail', 'approval-by-outsider'],
  ])('%s', (_name, facts, verdict, reason) => {
    expect(ruleOf('operation', facts)).toEqual([verdict, reason]);
  });

  test('the one approval lets it go on, whatever a release would need', () => {
    expect(judgeRelease(word('approve', 'cid')).verdict.verdict).toBe('pass');
  });

  test('a hold on the environment is in nobody’s way', () => {
    const hold = { id: 'h1', environment: 'prod', reason: 'incident', owner: 'ann', since: at(0) };
    const state = stateAfter([{ type: 'held', hold }], waiting);
    expect(judgeRelease(word('approve', 'cid', { state })).verdict.verdict).toBe('pass');
  });
});

describe('it goes on once, and not when it was taken back', () => {
  test.each<[string, readonly Happening[], Plan['request'], readonly string[] | undefined]>([
    ['it waits', [asked], { id: 5, run: 6 }, undefined],
    ['it never had to wait', [], { id: 5, run: 5 }, undefined],
    ['another one was rejected', [asked, ended('rejected')], { id: 7, run: 7 }, undefined],
    ['rejected', [asked, ended('rejected')], { id: 5, run: 5 }, ['fail', 'rollback-rejected']],
    ['dropped', [asked, ended('dropped')], { id: 5, run: 6 }, ['fail', 'rollback-dropped']],
    ['another run has started it', [asked, ended('started')], { id: 5, run: 6 }, ['fail', 'went-on-already']],
    ['this run has started it, and was killed', [asked, ended('started')], { id: 5, run: 1 }, undefined],
  ])('%s', (_name, happenings, request, expected) => {
    const state = stateAfter(happenings, running);
    const plan = back(request === undefined ? {} : { request });
    for (const stage of ['plan', 'release'] as const) {
      expect(ruleOf('parked', gateFacts({ plan, stage, state }))).toEqual(expected);
    }
    const underLock = judgeUnderLock(gateFacts({ plan, state })).filter(({ rule }) => rule === 'parked');
    expect(underLock.map(({ verdict, reason }) => [verdict, reason])).toEqual(expected === undefined ? [] : [expected]);
  });

  test('under the lock, too, it goes back from what was approved, or not at all', () => {
    const state = stateAfter(verifiedRelease('1.5.0', '1.4.0'), waiting);
    const [holds, start] = judgeUnderLock(gateFacts({ plan: back(), state }));
    expect([holds?.verdict, start?.reason]).toEqual(['pass', 'start-changed']);
  });
});

describe('what is written down', () => {
  const wait = judge([
    {
      rule: 'approval',
      verdict: 'wait',
      reason: 'approval-missing',
      message: '',
      evidence: {},
      missing: ['cid', 'dan'],
    },
  ]);
  const typesOf = (happenings: readonly Happening[]) =>
    happenings.map(each => (each.type === 'rollback-ended' ? `${each.how} ${each.request}: ${each.note}` : each.type));

  test('the wish, whole: whoever approves it later needs nothing else', () => {
    expect(parkedBy(back(), wait, subject, running)).toEqual([asked]);
    const [only] = parkedBy(back({ only: ['api'] }), wait, subject, running);
    expect(only).toMatchObject({ type: 'rollback-parked', request: { only: ['api'] } });
  });

  test('a newer one drops the one that waits, whether it has to wait itself or not; the same one does not', () => {
    const newer = back({ request: { id: 7, run: 7 }, release: release('1.2.0') });
    const dropped = 'dropped 5: the rollback to 1.2.0 has been asked for since';
    expect(typesOf(parkedBy(newer, wait, 'x', waiting))).toEqual([dropped, 'rollback-parked']);
    expect(typesOf(droppedBy(newer, waiting))).toEqual([dropped]);
    expect(typesOf(startedRollback(newer, waiting))).toEqual([dropped]);
    expect(typesOf(parkedBy(back(), wait, subject, waiting))).toEqual(['rollback-parked']);
  });

  test('a release drops it when it starts, not when it is only planned', () => {
    const newer = planOf('1.5.0');
    expect(typesOf(droppedBy(newer, waiting))).toEqual([]);
    expect(typesOf(droppedRollbacks(newer, waiting))).toEqual(['dropped 5: 1.5.0 has started here since']);
  });

  test('with the lock it stops to wait', () => {
    const happenings = startedRollback(back({ request: { id: 5, run: 6 } }), waiting);
    expect(typesOf(happenings)).toEqual(['started 5: ann asked for it and somebody else agreed']);
    const state = stateAfter(happenings, waiting);
    expect(waitingRollback(state)).toBeUndefined();
    expect(startedRollback(back({ request: { id: 5, run: 1 } }), state)).toEqual([]);
  });

  test('no release is parked or rejected by it, and the first time stands', () => {
    const again = stateAfter([asked, { ...asked, missing: ['dan'] }, ended('rejected')], running);
    expect([again.parked, again.rejected, again.running]).toEqual([[], [], running.running]);
    const [entry] = again.rollbacks;
    const { reason, request } = asked;
    const taken = { how: 'rejected', note: 'so it is', at: at(2), run: run(1) };
    expect(again.rollbacks).toHaveLength(1);
    expect(entry).toEqual({
      release: release('1.3.0'),
      reason,
      missing: ['dan'],
      since: at(0),
      run: run(1),
      request,
      ended: taken,
    });
  });

  test('a release into the environment tells whoever approves it', () => {
    expect(ruleOf('rollback that waits', gateFacts({ state: waiting }))).toEqual(['pass', 'rollback-waits']);
    expect(ruleOf('rollback that waits', gateFacts({ state: running }))).toBeUndefined();
    expect(ruleOf('rollback that waits', word('approve', 'cid'))).toBeUndefined();
  });
});

describe('a journal of a version that knew of no rollback that waits', () => {
  const { rollbacks: _unknown, ...old } = running;

  test('is believed, and goes on', () => {
    const before: EnvironmentState = { ...emptyState('prod'), ...old };
    const unlocked = events([{ type: 'unlocked', note: '' }]);
    const written = { ...old, lock: null, sequence: old.sequence + 1, updated: at(0) };
    expect(notFollowing(before, unlocked, written)).toEqual([]);
    expect(waitingRollback(stateAfter([asked], before))?.request.id).toBe(5);
  });

  test('what it writes after one was parked is believed, too: it keeps what it does not know', () => {
    const start: Happening = { type: 'started', release: release('1.5.0'), components: ['api'] };
    const { rollbacks } = waiting;
    const after = stateAfter([start], { ...emptyState('prod'), ...old });
    expect(notFollowing(waiting, events([start]), { ...after, rollbacks, sequence: waiting.sequence + 1 })).toEqual([]);
  });
});
