import { describe, expect, test } from '@jest/globals';
import { chooseParked, type Wish } from '#core/plan/choose-parked';
import { at, MINUTE, NOON, parkedEvent, stateAfter } from '../fixture.ts';

const day = 24 * 60;
const dev = stateAfter([parkedEvent('1.6.0', { until: at(day) }), parkedEvent('1.7.0', { until: at(day) })]).parked;
const prod = stateAfter([
  parkedEvent('1.3.0', { until: at(60) }),
  parkedEvent('1.4.0', { missing: ['ann'] }),
  parkedEvent('1.5.0'),
]).parked;

function chosen(wish: Partial<Wish>, queue: 'newest' | 'in-order' = 'newest') {
  const waiting = [
    { environment: 'dev', queue, parked: dev },
    { environment: 'prod', queue, parked: prod },
  ];
  const choices = chooseParked(waiting, { by: 'go', now: NOON, unasked: false, ...wish });
  return choices.map(({ environment, parked }) => `${environment} ${parked.release.version}`);
}

describe('which parked release goes on', () => {
  test.each<[string, Partial<Wish>, 'newest' | 'in-order', readonly string[]]>([
    [
      'a person says go: what may pass by now first, the newest of it, and then what waits for its time',
      {},
      'newest',
      ['prod 1.5.0', 'prod 1.4.0', 'dev 1.7.0', 'dev 1.6.0', 'prod 1.3.0'],
    ],
    [
      'in order: the oldest first',
      {},
      'in-order',
      ['prod 1.4.0', 'prod 1.5.0', 'dev 1.6.0', 'dev 1.7.0', 'prod 1.3.0'],
    ],
    ['a version', { version: '1.3.0' }, 'newest', ['prod 1.3.0']],
    ['a version that does not wait', { version: '2.0.0' }, 'newest', []],
    ['by the clock: nothing whose time has not come', { unasked: true }, 'newest', ['prod 1.5.0', 'prod 1.4.0']],
    [
      'by the clock, an hour later: whose time has come first, and the others in turn',
      { unasked: true, now: NOON + 60 * MINUTE },
      'newest',
      ['prod 1.3.0', 'prod 1.4.0', 'prod 1.5.0'],
    ],
    [
      'to approve: everything that is meant, so that it can be told when that is more than one',
      { by: 'approve' },
      'newest',
      ['dev 1.7.0', 'dev 1.6.0', 'prod 1.5.0', 'prod 1.4.0', 'prod 1.3.0'],
    ],
  ])('%s', (_name, wish, queue, expected) => {
    expect(chosen(wish, queue)).toEqual(expected);
  });
});
