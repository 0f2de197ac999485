import type { TemplateSource } from '#aws/cloudformation';
import { formatBytes } from '#core/bytes';
import type { Finding } from '#core/finding';
import type { StackContext } from './context.ts';
import type { StackGoal } from './goal.ts';
import { keyOf, largestBody } from './take-snapshot.ts';

/** CloudFormation reads objects of S3 up to this size. Source: CloudFormation quotas, in bytes. */
const largestObject = 1_048_576;

/** How the template reaches CloudFormation: in the request, or by way of the bucket. */
export async function sourceOf(
  context: StackContext,
  { body, digest, bucket, stack, file }: StackGoal,
): Promise<TemplateSource | Finding> {
  const size = Buffer.byteLength(body);
  if (size <= largestBody) return { TemplateBody: body };
  if (bucket !== undefined && size <= largestObject) {
    return { TemplateURL: await (await context.bucket(bucket)).write(keyOf(digest), body) };
  }
  const most = bucket === undefined ? largestBody : largestObject;
  const message = `The template of ${stack} has ${formatBytes(size)}; CloudFormation takes ${formatBytes(most)}${bucket === undefined ? ' in a request' : ''}.`;
  return {
    reason: 'template-too-large',
    message,
    evidence: { stack, bytes: size, most },
    ...(file === undefined ? {} : { where: { kind: 'file', file, line: 1, column: 1 } }),
  };
}
