import { describe, expect, test } from '@jest/globals';
import { judgeApproval } from '#core/gate/approval';
import type { AttemptFacts, Review } from '#core/gate/attempt';
import type { Plan } from '#core/plan/plan';
import { approvalBy, MINUTE, NOON, planOf } from '../fixture.ts';

const approve = approvalBy(['cid', 'dan']);
const reviews = (...logins: readonly string[]): readonly Review[] =>
  logins.map(login => ({ login, state: 'approved', comment: '' }));

function inAttempt(seen: readonly Review[], asked: Plan['asked'], attempt: Partial<AttemptFacts>) {
  const plan = planOf('1.4.0', asked === undefined ? {} : { asked }, { approve });
  const facts = { number: 2, used: 0, reviewers: ['cid', 'eve'], ...attempt };
  return judgeApproval({ plan, agreed: [], reviews: seen, now: NOON + MINUTE, attempt: facts });
}

/** In the second attempt; who reviewed, the oldest first. */
describe('an approval counts for the attempt that it let in', () => {
  const madeAgain = { attempt: 2, reviews: 1 };
  const kept = { attempt: 1, reviews: 0 };
  test.each<[string, readonly Review[], Plan['asked'], Partial<AttemptFacts>, string, string]>([
    ['all jobs run again, and it is approved again', reviews('cid', 'dan'), madeAgain, {}, 'pass', 'approved'],
    [
      'all jobs run again: the approval of the first attempt is of another plan',
      reviews('cid'),
      madeAgain,
      {},
      'fail',
      'approval-of-earlier-attempt',
    ],
    [
      'all jobs run again, and an outsider lets the job in',
      reviews('cid', 'eve'),
      madeAgain,
      {},
      'fail',
      'approval-by-outsider',
    ],
    [
      'failed jobs run again: the first attempt was let in with the only approval',
      reviews('cid'),
      kept,
      { used: 1 },
      'fail',
      'approval-of-earlier-attempt',
    ],
    [
      'failed jobs run again, the first attempt was refused, and an outsider lets the job in',
      reviews('cid', 'eve'),
      kept,
      {},
      'fail',
      'approval-by-outsider',
    ],
    ['failed jobs run again, and it is approved again', reviews('eve', 'cid'), kept, { used: 1 }, 'pass', 'approved'],
    [
      'failed jobs run again: the environment asks nobody any more',
      reviews('cid'),
      kept,
      { reviewers: [] },
      'fail',
      'approval-missing',
    ],
    ['nobody has ever approved', [], kept, {}, 'fail', 'approval-missing'],
    [
      'whom the environment asks cannot be read',
      reviews('cid'),
      kept,
      { reviewers: undefined },
      'inconclusive',
      'approval-unreadable',
    ],
    [
      'nobody noted what there was when the plan was made',
      reviews('cid'),
      undefined,
      {},
      'inconclusive',
      'approval-unreadable',
    ],
    [
      'in the first attempt there is nothing to tell apart',
      reviews('cid'),
      undefined,
      { number: 1 },
      'pass',
      'approved',
    ],
  ])('%s', (_name, seen, asked, attempt, verdict, reason) => {
    const judged = inAttempt(seen, asked, attempt);
    expect([judged.verdict.verdict, judged.verdict.reason]).toEqual([verdict, reason]);
    expect(judged.approvals.map(({ login }) => login)).toEqual(verdict === 'pass' ? [seen.at(-1)?.login] : []);
  });

  test('it says whose approval it was, and which attempt asks', () => {
    const { message } = inAttempt(reviews('cid'), { attempt: 3, reviews: 1 }, { number: 3 }).verdict;
    expect(message).toBe('cid approved an earlier attempt of this run; nobody has approved this one, the 3rd.');
  });
});
