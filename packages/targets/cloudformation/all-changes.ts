import type { Change, ChangeSet } from '#aws/cloudformation';
import type { StackContext } from './context.ts';

/** Stacks within stacks: as deep as this changes are looked for. */
const deepest = 5;

/**
 * The changes of a change set and of those of its nested stacks: data can be lost in them as well. Names of nested resources are paths,
 * `Data/Orders`; the nested stack itself stands before what is in it.
 */
export async function allChanges(
  context: StackContext,
  changeSet: Pick<ChangeSet, 'Changes'>,
  depth = 0,
): Promise<readonly Change[]> {
  const all: Change[] = [];
  for (const change of changeSet.Changes) {
    all.push(change);
    const { ChangeSetId: nested, LogicalResourceId: name } = change.ResourceChange ?? {};
    if (nested === undefined || depth >= deepest) continue;
    const inner = await allChanges(context, await context.cloudformation.changeSet(nested), depth + 1);
    all.push(...inner.map(each => within(name ?? '', each)));
  }
  return all;
}

function within(stack: string, change: Change): Change {
  const { ResourceChange } = change;
  return {
    ...change,
    ResourceChange: { ...ResourceChange, LogicalResourceId: `${stack}/${ResourceChange?.LogicalResourceId}` },
  };
}
