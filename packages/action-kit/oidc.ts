import { getIDToken } from '@actions/core';
import { FindingError } from '#core/finding';

/** Asks the runner for a new OIDC token. It masks the token by itself. */
export async function mintToken(audience: string): Promise<string> {
  try {
    return await getIDToken(audience);
  } catch (cause) {
    const message = `The runner gave no OIDC token: ${cause instanceof Error ? cause.message : String(cause)}`;
    const next = 'Give the job `permissions: id-token: write`; a called workflow also needs it from its caller.';
    throw new FindingError([{ reason: 'credentials-missing', message, evidence: { audience }, next }], { cause });
  }
}
