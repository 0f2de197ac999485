import { unlessMissing } from '#aws/missing';
import type { AwsSession } from '#aws/session';
import type { Finding } from '#core/finding';
import { imageMissing } from './copy.ts';
import { imagePlace } from './place.ts';
import { readEcrReference } from './reference.ts';

/** Of these images, those that ECR does not have any more. Of other registries nothing is asked. */
export async function imagesGone(session: AwsSession, references: readonly string[]): Promise<readonly Finding[]> {
  const findings = await Promise.all([...new Set(references)].map(reference => imageGone(session, reference)));
  return findings.filter(finding => finding !== undefined);
}

async function imageGone(session: AwsSession, text: string): Promise<Finding | undefined> {
  const reference = readEcrReference(text);
  if (reference === undefined) return undefined;
  const { digest, tag = 'latest', name } = reference;
  const { ecr, repository } = imagePlace(session, text);
  const image = digest ?? tag;
  const found = await unlessMissing('RepositoryNotFoundException', ecr.image(repository, image));
  return found === undefined ? imageMissing(image, [name]) : undefined;
}
