import { describe, expect, test } from '@jest/globals';
import { remainingShares, sharesOf } from '../../../packages/targets/lambda/steps.ts';

const interval = 1000;

test.each([
  [{ kind: 'all-at-once' } as const, []],
  [{ kind: 'canary', step: 10, interval } as const, [0.1]],
  [{ kind: 'linear', step: 25, interval } as const, [0.25, 0.5, 0.75]],
  [{ kind: 'linear', step: 40, interval } as const, [0.4, 0.8]],
  [{ kind: 'linear', step: 60, interval } as const, [0.6]],
])('the shares of %j', (strategy, shares) => {
  expect(sharesOf(strategy)).toEqual(shares);
});

describe('a run that goes on with a share', () => {
  test.each([
    [0, [0.4, 0.8]],
    [0.4, [0.4, 0.8]],
    [0.5, [0.8]],
    [0.8, [0.8]],
    [0.9, [0.9]],
  ])('of %s', (held, shares) => {
    expect(remainingShares({ kind: 'linear', step: 40, interval }, held)).toEqual(shares);
  });
});
