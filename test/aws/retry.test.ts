import { describe, expect, test } from '@jest/globals';
import { AwsCallError } from '#aws/errors';
import { withRetries } from '#aws/retry';
import { FindingError } from '#core/finding';
import { sdkError, virtualClock } from './virtual-clock.ts';

const second = 1000;
const throttled = () => sdkError('ThrottlingException', 'Rate exceeded', 400);
const broken = () => sdkError('TimeoutError', 'socket hang up');
const expired = () => sdkError('ExpiredTokenException', 'expired', 400);

interface Played {
  readonly tries: number;
  readonly seconds: number;
  readonly renewals: number;
  readonly end: string;
}

/** Makes a call that fails as `failure` says for each moment, until it says nothing. */
async function played(
  failure: (moment: number, tries: number) => Error | undefined,
  { effect = 'any-number', canRenew = true }: { effect?: 'any-number' | 'once'; canRenew?: boolean } = {},
): Promise<Played> {
  const clock = virtualClock();
  let tries = 0;
  let renewals = 0;
  const renew = () => {
    renewals += 1;
    return canRenew;
  };
  const policy = { clock, random: () => 0.5, patience: 300 * second, renew };
  const call = async () => {
    tries += 1;
    if (tries > 1_000) return 'tried for ever';
    const error = failure(clock.now(), tries);
    if (error !== undefined) throw error;
    return 'answered';
  };
  const end = await clock
    .run(() => withRetries(policy, 'ecs:UpdateService', effect, call))
    .catch((error: unknown) => {
      if (error instanceof AwsCallError) return error.kind;
      if (error instanceof FindingError) return error.findings[0]?.reason ?? '';
      throw error;
    });
  return { tries, seconds: clock.now() / second, renewals, end };
}

describe('a call is tried again', () => {
  test('denied: not at all, nothing would change', async () => {
    const denied = () => sdkError('AccessDeniedException', 'no', 400);
    expect(await played(denied)).toEqual({ tries: 1, seconds: 0, renewals: 0, end: 'denied' });
  });

  test.each(['any-number', 'once'] as const)('throttled for two minutes: it goes on (%s)', async effect => {
    const result = await played(moment => (moment < 120 * second ? throttled() : undefined), { effect });
    expect(result.end).toBe('answered');
    expect(result.seconds).toBeGreaterThanOrEqual(120);
    expect(result.seconds).toBeLessThan(124);
  });

  test('throttled for longer than its patience: it gives up, and says why', async () => {
    const result = await played(throttled);
    expect(result.end).toBe('throttled');
    expect(result.seconds).toBeGreaterThanOrEqual(300);
    expect(result.seconds).toBeLessThan(304);
  });

  test('a broken connection: once more, where the effect may come any number of times', async () => {
    expect(await played((_moment, tries) => (tries < 3 ? broken() : undefined))).toMatchObject({
      tries: 3,
      end: 'answered',
    });
  });

  test('a broken connection: never, where the effect may come once', async () => {
    expect(await played(broken, { effect: 'once' })).toMatchObject({ tries: 1, end: 'unknown-effect' });
  });

  test('an expired token is renewed at once, and once (aws-codebuild-run-build#104)', async () => {
    expect(await played((_moment, tries) => (tries === 1 ? expired() : undefined))).toEqual({
      tries: 2,
      seconds: 0,
      renewals: 1,
      end: 'answered',
    });
    expect(await played(expired)).toEqual({ tries: 2, seconds: 0, renewals: 1, end: 'expired' });
  });

  test('an expired token that is not ours to renew ends it', async () => {
    expect(await played(expired, { canRenew: false })).toMatchObject({ tries: 1, end: 'expired' });
  });

  test('a token that the runner does not give is our own finding, told at once', async () => {
    const missing = () => new FindingError([{ reason: 'credentials-missing', message: 'no id-token', evidence: {} }]);
    expect(await played(missing)).toMatchObject({ tries: 1, seconds: 0, end: 'credentials-missing' });
  });

  test('the pauses are steady and jittered: one to three seconds', async () => {
    for (const [random, expected] of [
      [0, 1],
      [0.999, 3],
    ] as const) {
      const clock = virtualClock();
      let tries = 0;
      const policy = { clock, random: () => random, patience: 60 * second, renew: () => false };
      await clock.run(() =>
        withRetries(policy, 'ecs:DescribeServices', 'any-number', async () => {
          tries += 1;
          if (tries < 5) throw throttled();
        }),
      );
      expect(clock.now() / second / 4).toBeCloseTo(expected, 1);
    }
  });
});
