import { describe, expect, test } from '@jest/globals';
import type { Reviews } from '#core/flow/gates/reviews';
import type { PullReview, ReviewedPull } from '#core/gate/lookups';
import { judgeReviews } from '#core/gate/reviews';

const two: Reviews = { count: 2, roles: [], by: [] };
const security: Reviews = { count: 1, roles: ['security'], by: ['cid', 'dan'] };

function review(login: string, change: Partial<PullReview> = {}): PullReview {
  return { login, state: 'approved', commit: 'head', belongs: true, ...change };
}

function pull(...reviews: readonly PullReview[]): ReviewedPull {
  const url = 'https://github.com/acme/unifocus/pull/12';
  return { number: 12, title: 'Teams', url, authors: ['ann', 'ben'], head: 'head', reviews };
}

function verdicts(policy: readonly Reviews[], found: ReviewedPull | null): readonly string[] {
  return judgeReviews({ policy, found }).map(({ verdict, reason }) => `${verdict} ${reason}`);
}

describe('two different people have to have approved the pull request', () => {
  test.each<[string, ReviewedPull | null, string]>([
    ['both have', pull(review('cid'), review('dan')), 'pass reviewed'],
    ['one has', pull(review('cid')), 'fail not-reviewed'],
    ['one has, twice', pull(review('cid'), review('CID')), 'fail not-reviewed'],
    ['one of them wrote it', pull(review('cid'), review('Ben')), 'fail not-reviewed'],
    [
      'one of them saw an earlier commit',
      pull(review('cid'), review('dan', { commit: 'before' })),
      'fail not-reviewed',
    ],
    ['one of them is dismissed', pull(review('cid'), review('dan', { state: 'dismissed' })), 'fail not-reviewed'],
    [
      'one approved and was dismissed later',
      pull(review('cid'), review('dan'), review('dan', { state: 'dismissed' })),
      'fail not-reviewed',
    ],
    [
      'one does not belong to the repository',
      pull(review('cid'), review('eve', { belongs: false })),
      'fail not-reviewed',
    ],
    [
      'one commented after approving',
      pull(review('cid'), review('dan'), review('dan', { state: 'commented' })),
      'pass reviewed',
    ],
    [
      'one asked for changes first',
      pull(review('cid'), review('dan', { state: 'changes-requested' }), review('dan')),
      'pass reviewed',
    ],
    [
      'one asked for changes last',
      pull(review('cid'), review('dan'), review('dan', { state: 'changes-requested' })),
      'fail changes-requested',
    ],
    [
      'a third one asks for changes',
      pull(review('cid'), review('dan'), review('eve', { state: 'changes-requested' })),
      'fail changes-requested',
    ],
    [
      'an outsider asks for changes',
      pull(review('cid'), review('dan'), review('eve', { state: 'changes-requested', belongs: false })),
      'pass reviewed',
    ],
    ['there is no pull request', null, 'fail no-pull-request'],
  ])('%s', (_name, found, wanted) => {
    expect(verdicts([two], found)).toEqual([wanted]);
  });
});

describe('one of the security people has to have', () => {
  const team: Reviews = { count: 1, roles: ['security'], by: ['@acme/security'] };
  test.each<[string, Reviews, ReviewedPull, string]>([
    ['one has', security, pull(review('dan')), 'pass reviewed'],
    ['somebody else has', security, pull(review('eve')), 'fail not-reviewed'],
    ['all of them wrote it', { ...security, by: ['ann', 'ben'] }, pull(review('cid')), 'fail reviews-impossible'],
    ['a team: perhaps it was one of them', team, pull(review('eve')), 'inconclusive reviewers-unreadable'],
    ['a team: nobody approved at all', team, pull(), 'fail not-reviewed'],
  ])('%s', (_name, wanted, found, verdict) => {
    expect(verdicts([wanted], found)).toEqual([verdict]);
  });
});

test('each of several demands has its own verdict', () => {
  expect(verdicts([two, security], pull(review('cid'), review('eve')))).toEqual(['pass reviewed', 'pass reviewed']);
  expect(verdicts([two, security], pull(review('eve'), review('fay')))).toEqual(['pass reviewed', 'fail not-reviewed']);
});

test('it says who has, who is missing, and whose approval came too early', () => {
  const [rule] = judgeReviews({ policy: [security], found: pull(review('cid', { commit: 'before' })) });
  expect(rule?.message).toBe(
    'Nobody who counts has approved #12, Teams; 1 of security must. cid approved an earlier commit of it.',
  );
  expect(rule?.next).toBe(
    'Have cid, dan approve https://github.com/acme/unifocus/pull/12, which counts after the merge, too, and start the release again.',
  );
});
