import { AwsCallError } from '#aws/errors';
import type { Planned } from './change-set.ts';
import type { StackContext } from './context.ts';
import { isOwn } from './names.ts';

/**
 * Takes away what only the plan has made: the change set, and a stack that stands in REVIEW_IN_PROGRESS for its sake alone. That it
 * could not be cleared is said, and is no reason to fail.
 */
export async function clear(context: StackContext, { changeSet }: Planned): Promise<void> {
  const { cloudformation, report } = context;
  const { ChangeSetId = '', StackId = '', StackName = '' } = changeSet;
  try {
    await cloudformation.deleteChangeSet(ChangeSetId);
    const stack = await cloudformation.stack(StackId);
    if (stack?.StackStatus !== 'REVIEW_IN_PROGRESS') return;
    const others = (await cloudformation.changeSets(StackId)).filter(each => each.id !== ChangeSetId);
    // Another run, or somebody else, still looks at it.
    if (others.length > 0 || !isOwn(changeSet.ChangeSetName)) return;
    await cloudformation.deleteStack(StackId);
  } catch (error) {
    if (!(error instanceof AwsCallError)) throw error;
    report({
      subject: StackName,
      text: `the change set ${ChangeSetId} could not be deleted: ${error.message}`,
      level: 'warning',
    });
  }
}
