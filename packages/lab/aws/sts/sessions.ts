import { createHash } from 'node:crypto';
import type { Credentials, Identity } from '../../wire/credentials.ts';

export interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expires: number;
}

export interface Sessions extends Credentials {
  issue(identity: Identity & { readonly expires: number }): Session;
  /** A key that does not end: a user's, or one that a test brings along. */
  addKey(accessKeyId: string, identity: Identity): void;
  /** Every session issued so far ends now, as after a revocation of active sessions. */
  endAll(now: number): void;
}

/** "No permissions are required": https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
const alwaysAllowed = 'sts:GetCallerIdentity';

export function createSessions(): Sessions {
  const known = new Map<string, { identity: Identity; sessionToken: string | undefined }>();
  const add = (accessKeyId: string, identity: Identity, sessionToken: string | undefined) => {
    const { allowed } = identity;
    const widened = allowed === undefined ? identity : { ...identity, allowed: [...allowed, alwaysAllowed] };
    known.set(accessKeyId, { identity: widened, sessionToken });
  };
  return {
    issue(identity) {
      const number = known.size + 1;
      const accessKeyId = `ASIALAB${String(number).padStart(13, '0')}`;
      const sessionToken = `lab-session-${secret(`token ${number}`)}`;
      add(accessKeyId, identity, sessionToken);
      return {
        accessKeyId,
        secretAccessKey: `LABKEY${secret(`key ${number}`).slice(6)}`,
        sessionToken,
        expires: identity.expires,
      };
    },
    addKey: (accessKeyId, identity) => add(accessKeyId, identity, undefined),
    endAll(now) {
      for (const entry of known.values()) {
        if (entry.sessionToken !== undefined) entry.identity = { ...entry.identity, expires: now };
      }
    },
    resolve(accessKeyId, sessionToken) {
      const entry = known.get(accessKeyId);
      return entry !== undefined && entry.sessionToken === sessionToken ? entry.identity : undefined;
    },
  };
}

/** Forty characters that look like a secret, are the same in every run, and can be found wherever they leak. */
function secret(seed: string): string {
  return createHash('sha256').update(`lab ${seed}`).digest('base64').slice(0, 40);
}
