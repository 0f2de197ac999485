import type { AwsLab } from '../assembly/aws.ts';
import type { Applications } from '../assembly/build-actions.ts';
import type { ServiceSpec } from './schema.ts';

type ImageSpec = Pick<ServiceSpec, 'account' | 'repository' | 'application' | 'version'> & {
  readonly tag?: string | undefined;
};

/** An image is what its application and version say. Answers its digest. */
export function pushImage(aws: AwsLab, region: string, image: ImageSpec, applications: Applications): string {
  const { account, repository, application, version, tag = version } = image;
  const digest = aws.ecr.push({ account, region, repository, tags: [tag], content: `${application}@${version}` });
  aws.behaviours.set(digest, puller => applications(application, version, puller));
  return digest;
}

/** Every image that does what the version does; it is a mistake of the scenario where there is none. */
export function expireImage(
  { ecr, behaviours }: AwsLab,
  region: string,
  { account, repository, version }: Pick<ServiceSpec, 'account' | 'repository' | 'version'>,
): void {
  const gone = ecr
    .digests(account, region, repository)
    .filter(digest => behaviours.get(digest)?.(account)?.version === version);
  if (gone.length === 0) throw new Error(`There is no image of ${version} in ${repository}`);
  for (const digest of gone) ecr.remove(account, region, repository, digest);
}
