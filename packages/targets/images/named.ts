import { AwsCallError } from '#aws/errors';
import type { AwsSession } from '#aws/session';
import { seekInAws } from '#aws/sought';
import type { NamedPart } from '#core/doctor/facts';
import type { Finding } from '#core/finding';
import { imagePlace } from './place.ts';

/** A repository of ECR. Any image is asked for: whether there is one does not matter before the first release. */
export async function repositoryPart(session: AwsSession, name: string): Promise<NamedPart> {
  const { ecr, repository } = imagePlace(session, name);
  const problems = await seekInAws(async (): Promise<readonly Finding[]> => {
    try {
      await ecr.image(repository, 'latest');
      return [];
    } catch (error) {
      if (!(error instanceof AwsCallError) || error.code !== 'RepositoryNotFoundException') throw error;
      const message = `There is no ECR repository ${name}.`;
      const next = 'Make it, or correct its name, account or region.';
      return [{ reason: 'not-found', message, evidence: { repository: name }, next }];
    }
  });
  return { what: `repository ${name}`, problems };
}
