import type { LambdaStrategy } from '#core/flow/targets/lambda';

/** The shares, from 0 to 1, that the new version gets one after the other before it gets everything. */
export function sharesOf(strategy: LambdaStrategy): readonly number[] {
  switch (strategy.kind) {
    case 'all-at-once':
      return [];
    case 'canary':
      return [strategy.step / 100];
    case 'linear': {
      const count = Math.ceil(100 / strategy.step) - 1;
      return Array.from({ length: count }, (_, index) => ((index + 1) * strategy.step) / 100);
    }
  }
}

/**
 * What is left of the steps for a version that has a share already: a run that was killed goes on where it stood. The share that it has is
 * watched once more, for nobody knows what came of it.
 */
export function remainingShares(strategy: LambdaStrategy, held: number): readonly number[] {
  const shares = sharesOf(strategy);
  const left = shares.filter(share => share >= held - 1e-6);
  return held > 0 && shares.length > 0 && left.length === 0 ? [held] : left;
}
