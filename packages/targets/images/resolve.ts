import { findingOf } from '#aws/denied';
import { createEcr } from '#aws/ecr';
import { AwsCallError } from '#aws/errors';
import type { AwsSession } from '#aws/session';
import { FindingError } from '#core/finding';
import type { Progress } from '#core/target';
import { imageMissing } from './copy.ts';
import { readEcrReference } from './reference.ts';

/**
 * What a tag in ECR means now, as `repository@digest`: asked once, and meant by everything that follows. A reference that has a digest, or is
 * of another registry, stays as it is; so it does where the role may not ask, and that is told.
 */
export async function resolveTag(
  session: AwsSession,
  reference: string,
  report: (progress: Progress) => void,
): Promise<string> {
  const ecr = readEcrReference(reference);
  if (ecr === undefined || ecr.digest !== undefined) return reference;
  const { account, region, name, tag = 'latest' } = ecr;
  try {
    const image = await createEcr({ ...session, region }).image({ registry: account, name }, tag);
    if (image === undefined) throw new FindingError([imageMissing(tag, [name])]);
    report({ subject: name, text: `${tag} is ${image.digest}`, level: 'info' });
    return `${reference.replace(/:[^:/]*$/, '')}@${image.digest}`;
  } catch (error) {
    // Denied by ECR, not by the role’s own trust.
    if (!(error instanceof AwsCallError) || error.kind !== 'denied' || !error.action.startsWith('ecr:')) throw error;
    const text = `its tag is left to ECS: ${findingOf(error).message}`;
    report({ subject: reference, text, level: 'warning' });
    return reference;
  }
}
