import { createEcr } from '#aws/ecr';
import type { AwsSession } from '#aws/session';
import type { ImagePlace } from './copy.ts';
import { readEcrReference } from './reference.ts';

/** `name`, in the registry of the session’s own account and region; or with its registry before it. */
export function imagePlace(session: AwsSession, text: string): ImagePlace {
  const reference = readEcrReference(text);
  if (reference === undefined) return { ecr: createEcr(session), repository: { name: text }, text };
  const { account, region, name } = reference;
  return { ecr: createEcr({ ...session, region }), repository: { registry: account, name }, text };
}
