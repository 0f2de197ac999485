import type { StackEvent } from '#aws/cloudformation';
import { AwsCallError } from '#aws/errors';
import type { StackContext } from './context.ts';
import { describeFailure, failuresOf, type ResourceFailure } from './failures.ts';

/** Stacks within stacks within stacks: as deep as this an explanation goes. */
const deepest = 5;

export interface Explained {
  /** The failure that began it all, in whichever nested stack it was; undefined where nothing failed by itself. */
  readonly cause: ResourceFailure | undefined;
  readonly lines: readonly string[];
}

/** Why an operation failed, line by line: causes first, then what was cancelled because of them, then what kept it from going back. */
export async function explainFailure(
  context: StackContext,
  events: readonly StackEvent[],
  depth = 0,
): Promise<Explained> {
  const { causes, cancelled, inRollback } = failuresOf(events);
  const since = events[0]?.Timestamp;
  const lines: string[] = [];
  let cause: ResourceFailure | undefined;
  for (const failure of causes) {
    const inner = await insideOf(context, failure, since, depth);
    cause ??= inner?.cause === undefined ? failure : { ...inner.cause, name: `${failure.name} › ${inner.cause.name}` };
    lines.push(`${describeFailure(failure)}${failure.physicalId === '' ? '' : ` · ${failure.physicalId}`}`);
    lines.push(...(inner?.lines ?? []).map(line => `  ${line}`));
  }
  if (cancelled.length > 0) lines.push(`Cancelled because of it: ${cancelled.join(', ')}.`);
  lines.push(...inRollback.map(failure => `On the way back: ${describeFailure(failure)}`));
  return { cause, lines };
}

/** `Embedded stack arn:… was not successfully updated`: why is said by the nested stack’s own events. */
async function insideOf(
  context: StackContext,
  { type, physicalId }: ResourceFailure,
  since: Date | undefined,
  depth: number,
): Promise<Explained | undefined> {
  if (
    type !== 'AWS::CloudFormation::Stack' ||
    !physicalId.startsWith('arn:') ||
    since === undefined ||
    depth >= deepest
  )
    return undefined;
  try {
    const events = await context.cloudformation.events(
      physicalId,
      ({ Timestamp }) => Timestamp !== undefined && Timestamp < since,
    );
    return await explainFailure(context, events.toReversed(), depth + 1);
  } catch (error) {
    if (!(error instanceof AwsCallError)) throw error;
    return { cause: undefined, lines: [`(its events could not be read: ${error.message})`] };
  }
}
