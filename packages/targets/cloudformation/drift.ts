import type { StackResourceDrift } from '#aws/cloudformation';
import { findingOf } from '#aws/denied';
import { AwsCallError } from '#aws/errors';
import type { Finding } from '#core/finding';
import { pause, type StackContext } from './context.ts';

/** How long CloudFormation may look for drift, in ms: it reads resource by resource. */
const patience = 5 * 60_000;
const interval = 3_000;

/** Looks for resources that were changed without CloudFormation. Undefined where there are none; what could not be seen is a finding too. */
export async function findDrift(context: StackContext, stack: string): Promise<Finding | undefined> {
  const { cloudformation, clock } = context;
  try {
    const id = await cloudformation.detectDrift(stack);
    const deadline = clock.now() + patience;
    for (;;) {
      const {
        DetectionStatus: status,
        DetectionStatusReason: why,
        StackDriftStatus,
      } = await cloudformation.driftDetection(id);
      if (status === 'DETECTION_COMPLETE') {
        return StackDriftStatus === 'IN_SYNC' ? undefined : drifted(stack, await cloudformation.drifts(stack));
      }
      if (status === 'DETECTION_FAILED') return unknown(stack, why ?? 'no reason given');
      if (clock.now() >= deadline || !(await pause(context, interval))) return unknown(stack, 'it took too long');
    }
  } catch (error) {
    if (!(error instanceof AwsCallError) || error.kind !== 'refused') throw error;
    return unknown(stack, findingOf(error).message);
  }
}

function drifted(stack: string, drifts: readonly StackResourceDrift[]): Finding {
  const lines = drifts.map(describe);
  const message = `Resources of ${stack} were changed without CloudFormation: ${lines.join('; ') || 'it does not say which'}.`;
  return {
    reason: 'stack-drifted',
    message,
    evidence: { stack, resources: drifts.map(({ LogicalResourceId = '' }) => LogicalResourceId) },
  };
}

/** Paths only: the values may be secrets. */
function describe({
  LogicalResourceId,
  StackResourceDriftStatus,
  PropertyDifferences = [],
}: StackResourceDrift): string {
  if (StackResourceDriftStatus === 'DELETED') return `${LogicalResourceId} was deleted`;
  const paths = PropertyDifferences.map(({ PropertyPath = '' }) => PropertyPath);
  return `${LogicalResourceId} differs in ${paths.join(', ') || 'something'}`;
}

function unknown(stack: string, why: string): Finding {
  const message = `Whether resources of ${stack} were changed without CloudFormation is not known: ${why}.`;
  return {
    reason: 'stack-drifted',
    message,
    evidence: { stack },
    next: 'Start the run again, or set `on-drift: ignore`.',
  };
}
