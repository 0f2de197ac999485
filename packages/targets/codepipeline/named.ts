import { createCodePipeline } from '#aws/codepipeline';
import { AwsCallError } from '#aws/errors';
import type { AwsSession } from '#aws/session';
import { seekInAws } from '#aws/sought';
import type { NamedPart } from '#core/doctor/facts';
import type { Finding } from '#core/finding';
import type { CodePipelineComponent } from '#core/flow/targets/codepipeline';
import { noSuchPipeline } from './observe.ts';

export async function namedParts(
  { pipeline }: CodePipelineComponent,
  session: AwsSession,
): Promise<readonly NamedPart[]> {
  const problems = await seekInAws(async (): Promise<readonly Finding[]> => {
    try {
      await createCodePipeline(session).pipeline(pipeline);
      return [];
    } catch (error) {
      if (error instanceof AwsCallError && error.code === 'PipelineNotFoundException')
        return [noSuchPipeline(pipeline, session.region)];
      throw error;
    }
  });
  return [{ what: `pipeline ${pipeline}`, problems }];
}
