import { AwsCallError } from '#aws/errors';
import { createS3 } from '#aws/s3';
import type { AwsSession } from '#aws/session';
import { seekInAws } from '#aws/sought';
import type { NamedPart } from '#core/doctor/facts';
import type { Finding } from '#core/finding';
import type { StaticSiteComponent } from '#core/flow/targets/static-site';
import { bucketFinding, checkDistribution } from './observe.ts';
import { placeOf } from './site.ts';

export async function namedParts(component: StaticSiteComponent, session: AwsSession): Promise<readonly NamedPart[]> {
  const place = placeOf(component);
  const s3 = createS3(session, place);
  const bucket = seekInAws(async (): Promise<readonly Finding[]> => {
    try {
      await s3.keepsVersions();
      return [];
    } catch (error) {
      const finding = error instanceof AwsCallError ? await bucketFinding({ s3, place }, error) : undefined;
      if (finding === undefined) throw error;
      return [finding];
    }
  });
  const cloudfront = async () => (await import('#aws/cloudfront')).createCloudFront(session);
  const parts: readonly NamedPart[] = [{ what: `bucket ${place.bucket}`, problems: await bucket }];
  if (place.distribution === undefined) return parts;
  const problems = await seekInAws(() => checkDistribution({ place, cloudfront }));
  return [...parts, { what: `distribution ${place.distribution}`, problems }];
}
