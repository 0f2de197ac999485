import type { StacksPolicy } from '#core/flow/gates/stack-complete';
import type { Lookups } from '#core/gate/lookups';
import { findStack } from '#verify/evidence/stacks';
import type { Places } from './places.ts';

/** Each for itself: what cannot be read of one says nothing of the others. */
export async function lookUpStacks(
  { places }: { readonly places: () => Promise<Places> },
  { stacks }: StacksPolicy,
): Promise<Lookups['stack-complete']> {
  const { look } = await places();
  return Promise.all(stacks.map(name => look('earlier', session => findStack(session, name))));
}
