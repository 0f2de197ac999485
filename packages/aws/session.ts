import type { Clock, Random } from '#core/clock';
import type { Credentials } from './credentials.ts';
import type { RetryPolicy } from './retry.ts';

/** Where and as whom calls are made. One per region and role; clients made from it share their credentials. */
export interface AwsSession {
  readonly region: string;
  /** Absent: the SDK's default chain (environment, profile, instance …). */
  readonly credentials?: () => Promise<Credentials>;
  readonly retry: RetryPolicy;
}

export interface SessionOptions {
  readonly region: string;
  readonly clock: Clock;
  readonly random: Random;
  /** The role to assume with the runner's OIDC token, and how to mint such a token (it lives five minutes). */
  readonly assume?: { readonly role: string; readonly sessionName: string; readonly mintToken: () => Promise<string> };
}

/** Five minutes: throttling and brown-outs of that length are ordinary; longer ones need a person. */
const patience = 5 * 60_000;

/** Renewed when less than this is left, in ms, so that no call starts with credentials about to end. */
const renewBefore = 5 * 60_000;

export function createSession(options: SessionOptions): AwsSession {
  const { region, clock, random, assume } = options;
  if (assume === undefined) return { region, retry: { clock, random, patience, renew: () => false } };
  let held: Credentials | undefined;
  let asked: Promise<Credentials> | undefined;
  // However many calls need credentials at the same time, the role is assumed once.
  const ask = async () => {
    try {
      held = await assumeRole(region, assume);
      return held;
    } finally {
      asked = undefined;
    }
  };
  const credentials = async () => {
    if (held !== undefined && clock.now() <= endOf(held) - renewBefore) return held;
    asked ??= ask();
    return asked;
  };
  const renew = () => {
    held = undefined;
    return true;
  };
  // `memoized` tells the SDK not to put its own cache on top: that one never forgets because of ExpiredToken.
  return {
    region,
    credentials: Object.assign(credentials, { memoized: true }),
    retry: { clock, random, patience, renew },
  };
}

function endOf({ expiration }: Credentials): number {
  return expiration?.getTime() ?? Number.POSITIVE_INFINITY;
}

async function assumeRole(region: string, assume: NonNullable<SessionOptions['assume']>): Promise<Credentials> {
  const { assumeWithToken } = await import('./assume-role.ts');
  return assumeWithToken(region, assume.role, assume.sessionName, await assume.mintToken());
}
