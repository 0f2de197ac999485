import type { Clock, Random } from '#core/clock';
import { FindingError } from '#core/finding';
import { type AwsCallError, callError } from './errors.ts';

export interface RetryPolicy {
  readonly clock: Clock;
  readonly random: Random;
  /** How long a call may go on being throttled or unanswered before the run gives up, in ms. */
  readonly patience: number;
  /** Renews expired credentials; false where that is not in our hands. */
  readonly renew: () => boolean;
}

/** Between tries: steady and jittered, 0.5 to 1.5 of this, in ms. Growing delays would only answer late. */
const pause = 2_000;

/**
 * Makes a call that may be tried again. `effect: 'once'` marks calls whose repetition would do something twice: they are
 * tried again only when AWS said that it did nothing; after a broken connection the caller has to look first.
 */
export async function withRetries<T>(
  policy: RetryPolicy,
  action: string,
  effect: 'any-number' | 'once',
  call: () => Promise<T>,
): Promise<T> {
  const deadline = policy.clock.now() + policy.patience;
  let renewed = false;
  for (;;) {
    try {
      return await call();
    } catch (thrown) {
      // Not an answer of AWS, but of our own code on the way: a token that the runner does not give.
      if (thrown instanceof FindingError) throw thrown;
      const error = callError(action, thrown);
      if (error.kind === 'expired' && !renewed && policy.renew()) {
        renewed = true;
        continue;
      }
      if (!canTryAgain(error, effect) || policy.clock.now() >= deadline) throw error;
      await policy.clock.sleep(pause * (0.5 + policy.random()));
    }
  }
}

function canTryAgain(error: AwsCallError, effect: 'any-number' | 'once'): boolean {
  return error.kind === 'throttled' || (error.kind === 'unknown-effect' && effect === 'any-number');
}
