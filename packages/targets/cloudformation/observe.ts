import type { Stack } from '#aws/cloudformation';
import type { StackContext } from './context.ts';
import { judgeStackState, type Readiness } from './stack-state.ts';

export interface Observed {
  readonly stack: Stack | undefined;
  readonly readiness: Readiness;
}

/** What is there, and what can be begun on it. Asks further only where the status does not say it all. */
export async function observeStack(
  { cloudformation }: Pick<StackContext, 'cloudformation'>,
  name: string,
): Promise<Observed> {
  const stack = await cloudformation.stack(name);
  const status = stack?.StackStatus ?? '';
  const changeSets = status === 'REVIEW_IN_PROGRESS' ? await cloudformation.changeSets(name) : [];
  const resources = status.endsWith('_FAILED') ? await cloudformation.resources(name) : [];
  return { stack, readiness: judgeStackState({ name, stack, changeSets, resources }) };
}
