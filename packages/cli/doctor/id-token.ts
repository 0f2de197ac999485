import type { SessionNeeds } from '#aws/open-session';
import { FindingError } from '#core/finding';
import type { Terminal } from '../command.ts';

/**
 * How to ask for an OIDC token of the job that this runs in; undefined outside of one, and where it may ask for none.
 * Source: GitHub’s OIDC documentation, “Requesting the JWT using environment variables”.
 */
export function idTokenOf({ env }: Terminal): SessionNeeds['idToken'] | undefined {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url = '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: token = '' } = env;
  if (url === '' || token === '') return undefined;
  return async audience => {
    const address = new URL(url);
    address.searchParams.set('audience', audience);
    const answer = await fetch(address, { headers: { authorization: `Bearer ${token}` } }).catch(refused);
    if (!answer.ok) throw refused(new Error(`HTTP ${answer.status}`));
    const { value } = (await answer.json()) as { readonly value?: string };
    return value ?? '';
  };
}

function refused(cause: Error): never {
  const message = `GitHub gives no OIDC token: ${cause.message}`;
  const next = 'Give the job `permissions: id-token: write`.';
  throw new FindingError([{ reason: 'credentials-missing', message, evidence: {}, next }], { cause });
}
