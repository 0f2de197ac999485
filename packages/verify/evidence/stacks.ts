import { createCloudFormation } from '#aws/cloudformation';
import type { AwsSession } from '#aws/session';
import type { StackFound } from '#core/gate/lookups';

/** Null where there is no stack of that name. */
export async function findStack(session: AwsSession, name: string): Promise<StackFound> {
  const stack = await createCloudFormation(session).stack(name);
  if (stack === undefined) return null;
  const { StackStatus: status = 'unknown', StackStatusReason: reason } = stack;
  return { status, ...(reason === undefined ? {} : { reason }) };
}
