import { describe, expect, test } from '@jest/globals';
import { judgeApproval } from '#core/gate/approval';
import { judgeApprovalAhead } from '#core/gate/approval-ahead';
import { firstAttempt, type Review } from '#core/gate/attempt';
import type { PlannedApproval } from '#core/plan/plan';
import { approvalBy, MINUTE, NOON, planOf } from '../fixture.ts';

const hour = 60 * MINUTE;
const reviews = (...logins: readonly string[]): readonly Review[] =>
  logins.map(login => ({ login, state: 'approved', comment: '' }));

function ahead(
  approve: PlannedApproval | undefined,
  originators: readonly string[],
  reviewers: readonly string[] | undefined = ['ann', 'cid'],
) {
  const plan = planOf('1.4.0', { originators }, approve === undefined ? {} : { approve });
  const { verdict, reason } = judgeApprovalAhead(plan, reviewers, []);
  return [verdict, reason];
}

function inTheJob(approve: PlannedApproval, seen: readonly Review[] | undefined, waited = MINUTE) {
  const plan = planOf('1.4.0', { originators: ['Ann', 'ben'] }, { approve });
  return judgeApproval({ plan, agreed: [], reviews: seen, now: NOON + waited, attempt: firstAttempt });
}

describe('before anybody is asked: can anybody approve at all (agent-ready-repo#931)?', () => {
  test.each<[string, PlannedApproval | undefined, readonly string[], string, string]>([
    ['no approval is asked for', undefined, ['ann'], 'pass', 'no-approval-needed'],
    ['somebody else can', approvalBy(['ann', 'cid']), ['ann'], 'pass', 'approval-pending'],
    ['only those who started it could', approvalBy(['ann', 'ben']), ['ann', 'ben'], 'fail', 'approval-impossible'],
    ['logins do not know upper and lower case', approvalBy(['ANN']), ['ann'], 'fail', 'approval-impossible'],
    ['two have to, and one is left', approvalBy(['ann', 'cid'], { count: 2 }), ['ann'], 'fail', 'approval-impossible'],
    [
      'two have to, and one is named twice',
      approvalBy(['cid', 'Cid'], { count: 2 }),
      ['ann'],
      'fail',
      'approval-impossible',
    ],
    [
      'only a team may: its members cannot be read',
      approvalBy(['@acme/ops']),
      ['ann'],
      'inconclusive',
      'approval-unreadable',
    ],
    ['a team may, and a person', approvalBy(['@acme/ops', 'cid']), ['ann'], 'pass', 'approval-pending'],
    [
      'two have to: one person, and a team',
      approvalBy(['@acme/ops', 'cid'], { count: 2 }),
      ['ann'],
      'inconclusive',
      'approval-unreadable',
    ],
  ])('%s', (_name, approve, originators, verdict, reason) => {
    expect(ahead(approve, originators)).toEqual([verdict, reason]);
  });
});

describe('whom GitHub asks and who may approve have to have somebody in common', () => {
  const byCid = approvalBy(['cid', 'dan']);
  test.each<[string, readonly string[], string, string]>([
    ['one of those who may is asked', ['eve', 'CID'], 'pass', 'approval-pending'],
    ['a team is asked: somebody of it may', ['@acme/ops'], 'pass', 'approval-pending'],
    ['only others are asked', ['eve'], 'fail', 'approval-impossible'],
    [
      'nobody is asked, so it waits for the operation: a mistyped name is an unprotected environment',
      [],
      'wait',
      'approval-missing',
    ],
  ])('%s', (_name, reviewers, verdict, reason) => {
    expect(ahead(byCid, ['ann'], reviewers)).toEqual([verdict, reason]);
  });

  test('whom it asks cannot be read: not taken for fine', () => {
    const plan = planOf('1.4.0', {}, { approve: byCid });
    expect(judgeApprovalAhead(plan, undefined, [])).toMatchObject({
      verdict: 'inconclusive',
      reason: 'approval-unreadable',
    });
  });

  test('nobody is known to have started it: nobody could be refused for approving their own release', () => {
    expect(ahead(byCid, [])).toEqual(['inconclusive', 'originator-unknown']);
    const plan = planOf('1.4.0', { originators: [] }, { approve: byCid });
    const { verdict, approvals } = judgeApproval({
      plan,
      agreed: [],
      reviews: reviews('cid'),
      now: NOON,
      attempt: firstAttempt,
    });
    expect([verdict.reason, approvals]).toEqual(['originator-unknown', []]);
  });
});

describe('in the release job', () => {
  const byCid = approvalBy(['cid', 'dan', 'ann'], { within: hour });
  test.each<[string, PlannedApproval, readonly Review[] | undefined, number, string, string]>([
    ['one who may approved in time', byCid, reviews('cid'), 59 * MINUTE, 'pass', 'approved'],
    ['at the very end of the hour', byCid, reviews('cid'), hour, 'pass', 'approved'],
    ['a moment after the hour', byCid, reviews('cid'), hour + 1, 'fail', 'approval-too-late'],
    ['days later, where no time is stated', approvalBy(['cid']), reviews('cid'), 72 * hour, 'pass', 'approved'],
    ['GitHub writes the login in another case', byCid, reviews('CID'), MINUTE, 'pass', 'approved'],
    ['who started it approved it (branch-deploy#352)', byCid, reviews('ann'), MINUTE, 'fail', 'approval-by-originator'],
    ['who started it approved it under another case', byCid, reviews('ANN'), MINUTE, 'fail', 'approval-by-originator'],
    [
      'a carried originator approved (a dispatch by the token)',
      byCid,
      reviews('ben'),
      MINUTE,
      'fail',
      'approval-by-originator',
    ],
    ['an outsider approved (manual-approval#135)', byCid, reviews('eve'), MINUTE, 'fail', 'approval-by-outsider'],
    ['an outsider and one who may', byCid, reviews('eve', 'cid'), MINUTE, 'pass', 'approved'],
    [
      'perhaps a member of the team',
      approvalBy(['@acme/ops']),
      reviews('eve'),
      MINUTE,
      'inconclusive',
      'approval-unreadable',
    ],
    ['the environment asked nobody: a mistyped name is unprotected', byCid, [], MINUTE, 'fail', 'approval-missing'],
    [
      'somebody commented, nobody approved',
      byCid,
      [{ login: 'cid', state: 'pending', comment: 'lgtm' }],
      MINUTE,
      'fail',
      'approval-missing',
    ],
    ['who approved cannot be read: never a pass', byCid, undefined, MINUTE, 'error', 'approval-unreadable'],
    [
      'both of two approved',
      approvalBy(['cid', 'dan'], { count: 2 }),
      reviews('cid', 'dan'),
      MINUTE,
      'pass',
      'approved',
    ],
    [
      'one of two approved',
      approvalBy(['cid', 'dan'], { count: 2 }),
      reviews('cid'),
      MINUTE,
      'fail',
      'approval-missing',
    ],
    [
      'one approved twice, in two cases',
      approvalBy(['cid', 'dan'], { count: 2 }),
      reviews('cid', 'CID'),
      MINUTE,
      'fail',
      'approval-missing',
    ],
  ])('%s', (_name, approve, seen, waited, verdict, reason) => {
    const judged = inTheJob(approve, seen, waited);
    expect([judged.verdict.verdict, judged.verdict.reason]).toEqual([verdict, reason]);
    if (verdict !== 'pass') expect(judged.approvals).toEqual([]);
  });

  test('a plan whose time cannot be read lets nobody in', () => {
    const plan = planOf('1.4.0', { made: 'yesterday' }, { approve: byCid });
    expect(
      judgeApproval({ plan, agreed: [], reviews: reviews('cid'), now: NOON, attempt: firstAttempt }).verdict.reason,
    ).toBe('approval-too-late');
  });

  test('what is recorded is who approved, when the job was let in, and what they said', () => {
    const { approvals } = inTheJob(byCid, [{ login: 'cid', state: 'approved', comment: 'go' }, ...reviews('eve')]);
    expect(approvals).toEqual([{ login: 'cid', at: '2026-11-02T12:01:00.000Z', source: 'environment', comment: 'go' }]);
  });

  test('one of two: the message says who did and how many have to', () => {
    const { verdict } = inTheJob(approvalBy(['cid', 'dan'], { count: 2 }), reviews('cid'));
    expect(verdict.message).toBe('cid approved; 2 of cid, dan have to.');
    expect(verdict.next).toContain('dan');
  });
});
