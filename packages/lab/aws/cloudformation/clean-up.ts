import type { Engine } from './engine.ts';
import { deleteResource, type Work } from './resources.ts';
import type { Stack } from './state.ts';

/** After a success: old physical resources of those that were replaced go away, and those that the template no longer has. */
export async function cleanUp(engine: Engine, stack: Stack, work: Work, active: readonly string[]): Promise<void> {
  const gone = [...stack.resources.values()].filter(resource => !active.includes(resource.logicalId)).toReversed();
  for (const resource of gone) stack.resources.delete(resource.logicalId);
  // A deletion that fails here leaves the resource behind and the stack complete: the update has been committed.
  await Promise.all([
    ...work.leftovers.map(old => deleteResource(engine, stack, old, old.replacePolicy, work.operation)),
    ...gone.map(old => deleteResource(engine, stack, old, old.deletionPolicy, work.operation)),
  ]);
}
