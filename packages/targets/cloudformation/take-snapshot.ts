import type { Stack } from '#aws/cloudformation';
import type { Snapshot } from '#core/receipt';
import type { StackContext } from './context.ts';
import { digestOf } from './names.ts';
import { packBody, type StackState, stackSnapshot, type TemplateState } from './snapshot.ts';

/** What CloudFormation shows of a NoEcho parameter. */
const mask = '****';

/** CloudFormation takes no larger body in a request. Source: CloudFormation quotas, in bytes. */
export const largestBody = 51_200;

/** Where the suite keeps templates in a bucket: by what is in them, so that the same one is kept once. */
export function keyOf(digest: string): string {
  return `release-actions/templates/${digest.replace('sha256:', '')}`;
}

/** What the stack is now. Templates go to the bucket where one is named, else into the receipt. */
export async function snapshotOf(context: StackContext, stack: Stack, bucket: string | undefined): Promise<Snapshot> {
  return stackSnapshot(await stateOf(context, stack, bucket));
}

export async function stateOf(context: StackContext, stack: Stack, bucket: string | undefined): Promise<StackState> {
  const body = await context.cloudformation.template(stack.StackId ?? stack.StackName ?? '');
  const parameters = (stack.Parameters ?? []).map(
    each => [each.ParameterKey ?? '', each.ParameterValue ?? ''] as const,
  );
  return {
    stack: stack.StackName ?? '',
    template: await keep(context, body, bucket),
    parameters: Object.fromEntries(parameters.filter(([, value]) => value !== mask)),
    hidden: parameters.filter(([, value]) => value === mask).map(([key]) => key),
    capabilities: stack.Capabilities ?? [],
    tags: Object.fromEntries((stack.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
    outputs: outputsOf(stack),
  };
}

export function outputsOf(stack: Stack): Readonly<Record<string, string>> {
  return Object.fromEntries(
    (stack.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
  );
}

async function keep(context: StackContext, body: string, bucket: string | undefined): Promise<TemplateState> {
  const digest = digestOf(body);
  if (bucket === undefined)
    return Buffer.byteLength(body) > largestBody ? { digest } : { digest, body: packBody(body) };
  const key = keyOf(digest);
  await (await context.bucket(bucket)).write(key, body);
  return { digest, bucket, key };
}
