import { BatchGetBuildsCommand, type Build, CodeBuildClient } from '@aws-sdk/client-codebuild';
import { withRetries } from './retry.ts';
import type { AwsSession } from './session.ts';

export type { Build };

/** The one call of CodeBuild that the suite makes: what has become of a build. Errors are `AwsCallError`. */
export interface CodeBuild {
  /** By its id, `project:uuid`; undefined where CodeBuild does not know it (any more). */
  build(id: string): Promise<Build | undefined>;
}

export function createCodeBuild({ region, credentials, retry }: AwsSession): CodeBuild {
  const client = new CodeBuildClient({
    region,
    maxAttempts: 1,
    ...(credentials === undefined ? {} : { credentials }),
  });
  return {
    async build(id) {
      const command = new BatchGetBuildsCommand({ ids: [id] });
      const { builds } = await withRetries(retry, 'codebuild:BatchGetBuilds', 'any-number', () => client.send(command));
      return builds?.[0];
    },
  };
}
