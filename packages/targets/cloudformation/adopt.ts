import type { Stack } from '#aws/cloudformation';
import type { Preparation } from '#core/target';
import type { StackContext } from './context.ts';
import type { Operation } from './follow.ts';
import type { StackGoal } from './goal.ts';
import { intentOf, isSameWork, tokenOf } from './names.ts';
import { createRollout } from './rollout.ts';
import { changeRows } from './rows.ts';

/**
 * A killed run leaves its operation behind, which goes on by itself. The token of the change set that the stack works at tells whether it
 * is for the same template and parameters; then it is followed, and nothing is begun twice. Undefined where it is somebody else’s.
 */
export async function adoptOperation(
  context: StackContext,
  goal: StackGoal,
  stack: Stack,
): Promise<Preparation | undefined> {
  const { cloudformation, clock, runToken } = context;
  const arn = stack.ChangeSetId;
  const secret = [...goal.given.values()].some(each => each.secret);
  if (arn === undefined || !isSameWork(nameIn(arn), intentOf(goal), runToken, secret)) return undefined;
  const changeSet = await cloudformation.changeSet(arn);
  if (changeSet.ExecutionStatus !== 'EXECUTE_IN_PROGRESS') return undefined;
  const changes = changeRows(changeSet.Changes);
  const operation: Operation = {
    stack: goal.stack,
    stackId: stack.StackId ?? '',
    token: tokenOf(changeSet.ChangeSetName ?? ''),
    kind: stack.StackStatus?.startsWith('CREATE')
      ? 'create'
      : stack.StackStatus?.startsWith('IMPORT')
        ? 'import'
        : 'update',
    since: changeSet.CreationTime ?? stack.CreationTime ?? new Date(0),
    deadline: clock.now() + goal.policy.timeout,
  };
  return {
    kind: 'change',
    // CloudFormation shows what is being deployed by now: what ran before was seen by the run that began it.
    before: null,
    changes,
    notes: [],
    async apply() {
      context.report({
        subject: goal.stack,
        text: 'adopting the operation of an earlier run that is under way',
        level: 'info',
      });
      return { kind: 'started', rollout: createRollout(context, goal, operation, true), changes };
    },
  };
}

/** `arn:…:changeSet/<name>/<id>` */
function nameIn(arn: string): string | undefined {
  return arn.split('/').at(-2);
}
