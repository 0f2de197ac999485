import { begin, type Engine, moveResource, moveStack } from './engine.ts';
import { texts } from './errors.ts';
import { deleteResource, takeTime, tell, type Work } from './resources.ts';
import { type Held, type Operation, put, type Stack, type StackResource } from './state.ts';

const nestedType = 'AWS::CloudFormation::Stack';

/**
 * Takes an operation back. It is an operation of its own (`ROLLBACK` in `LastOperations`), with the token of the one that failed.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events-by-operation.html
 */
export async function rollBack(
  engine: Engine,
  stack: Stack,
  work: Work,
  before: Held,
  kind: 'create' | 'update' | 'import',
  reason: string,
): Promise<void> {
  const operation = begin(engine, stack, 'ROLLBACK', work.operation.token);
  if (kind === 'create') {
    moveStack(engine, stack, 'ROLLBACK_IN_PROGRESS', `${reason}Rollback requested by user.`, operation);
    await undoCreation(engine, stack, operation);
    return;
  }
  const word = kind === 'update' ? 'UPDATE_ROLLBACK' : 'IMPORT_ROLLBACK';
  moveStack(engine, stack, `${word}_IN_PROGRESS`, reason, operation);
  await restoreResources(engine, stack, before, operation, []);
}

/** Everything that was made is deleted, the last first. */
export async function undoCreation(engine: Engine, stack: Stack, operation: Operation): Promise<void> {
  const failed: string[] = [];
  for (const resource of [...stack.resources.values()].toReversed()) {
    const reason = await deleteResource(engine, stack, resource, 'Delete', operation);
    if (reason === undefined) stack.resources.delete(resource.logicalId);
    else failed.push(resource.logicalId);
  }
  if (failed.length > 0) moveStack(engine, stack, 'ROLLBACK_FAILED', texts.failed([], [], failed), operation);
  else moveStack(engine, stack, 'ROLLBACK_COMPLETE', undefined, operation);
}

/** Back to what was held: changed resources first, then what was made goes away. A failure leaves UPDATE_ROLLBACK_FAILED. */
export async function restoreResources(
  engine: Engine,
  stack: Stack,
  before: Held,
  operation: Operation,
  skipped: readonly string[],
): Promise<void> {
  const importing = stack.status === 'IMPORT_ROLLBACK_IN_PROGRESS';
  const failed: string[] = [];
  const strange: StackResource[] = [];
  await Promise.all(
    [...stack.resources.values()].map(async resource => {
      const old = before.resources.get(resource.logicalId);
      if (old === undefined || isAsBefore(resource, old)) return;
      if (skipped.includes(resource.logicalId)) {
        moveResource(engine, stack, resource, 'UPDATE_COMPLETE', 'Resource was skipped', operation);
        return;
      }
      if (old.physicalId !== resource.physicalId) strange.push({ ...resource });
      moveResource(engine, stack, resource, 'UPDATE_IN_PROGRESS', undefined, operation);
      const nested = resource.type === nestedType;
      if (!nested) await takeTime(engine, stack, resource, 'update');
      const reason =
        engine.failure(stack, resource.logicalId, 'rollback') ??
        (nested ? await engine.nested.restore(resource, operation) : tell(engine, stack, old, 'update'));
      if (reason !== undefined) {
        failed.push(resource.logicalId);
        moveResource(engine, stack, resource, 'UPDATE_FAILED', reason, operation);
        return;
      }
      const { physicalId, properties, attributes, serial, deletionPolicy, replacePolicy } = old;
      Object.assign(resource, { physicalId, properties, attributes, serial, deletionPolicy, replacePolicy });
      moveResource(engine, stack, resource, 'UPDATE_COMPLETE', undefined, operation);
    }),
  );
  if (failed.length > 0) {
    stack.goal = before;
    moveStack(engine, stack, 'UPDATE_ROLLBACK_FAILED', texts.failed([], failed), operation);
    return;
  }
  put(stack, before);
  stack.goal = undefined;
  if (!importing) moveStack(engine, stack, 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', undefined, operation);
  const made = [...stack.resources.values()].filter(resource => !before.resources.has(resource.logicalId)).toReversed();
  for (const resource of made) stack.resources.delete(resource.logicalId);
  await Promise.all([
    // What was imported is let go, and stays.
    ...made.map(resource => deleteResource(engine, stack, resource, importing ? 'Retain' : 'Delete', operation)),
    ...strange.map(resource => deleteResource(engine, stack, resource, 'Delete', operation)),
  ]);
  moveStack(engine, stack, importing ? 'IMPORT_ROLLBACK_COMPLETE' : 'UPDATE_ROLLBACK_COMPLETE', undefined, operation);
}

function isAsBefore(resource: StackResource, old: StackResource): boolean {
  return (
    resource.physicalId === old.physicalId && resource.properties === old.properties && resource.status === old.status
  );
}
