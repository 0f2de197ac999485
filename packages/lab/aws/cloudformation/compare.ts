import { ServiceError } from '../../wire/service.ts';
import type { Engine } from './engine.ts';
import { texts } from './errors.ts';
import { nestedTarget } from './nested.ts';
import { planChanges } from './plan.ts';
import { propertiesOf, scopeOf } from './scope.ts';
import { findStack } from './stacks.ts';
import type { ChangeSet, PlannedChange, Stack } from './state.ts';
import { uuid } from './types/type.ts';

const nestedType = 'AWS::CloudFormation::Stack';

/** Finds out what a change set would change, or that it is nothing. */
export function compare(engine: Engine, stack: Stack, changeSet: ChangeSet): void {
  if (changeSet.refused !== undefined) {
    fail(changeSet, changeSet.refused);
    return;
  }
  try {
    const changes = planChanges(engine, stack, changeSet, changeSet.imports);
    changeSet.changes =
      changeSet.type === 'IMPORT'
        ? changes
        : changeSet.nested
          ? withNested(engine, stack, changeSet, changes)
          : [...changes, ...untouchedNested(stack, changeSet, changes)];
  } catch (error) {
    if (!(error instanceof ServiceError)) {
      engine.onDefect(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    fail(changeSet, error.message);
    return;
  }
  const others = changeSet.changes.filter(change => change.action !== 'Import').map(change => change.logicalId);
  if (changeSet.type === 'IMPORT' && others.length > 0) {
    fail(
      changeSet,
      `You have modified resources [${others.join(', ')}] in your template that are not being imported. Update, create or delete operations cannot be executed during import operations.`,
    );
    return;
  }
  if (changeSet.changes.length === 0 && sameBesides(stack, changeSet)) fail(changeSet, texts.noChanges);
  else Object.assign(changeSet, { status: 'CREATE_COMPLETE', execution: 'AVAILABLE' });
}

function fail(changeSet: ChangeSet, reason: string): void {
  Object.assign(changeSet, { status: 'FAILED', reason });
}

/** A change of tags or outputs alone can be executed: the change set then lists no resource. */
function sameBesides(stack: Stack, { template, tags }: ChangeSet): boolean {
  return (
    JSON.stringify(stack.template?.outputs ?? {}) === JSON.stringify(template.outputs) &&
    JSON.stringify(tags) === JSON.stringify(stack.tags)
  );
}

/** Without IncludeNestedStacks CloudFormation does not look into nested stacks, and says that each may change. */
function untouchedNested(
  stack: Stack,
  changeSet: ChangeSet,
  shown: readonly PlannedChange[],
): readonly PlannedChange[] {
  return nestedOf(stack, changeSet)
    .filter(({ logicalId }) => !shown.some(each => each.logicalId === logicalId))
    .map(resource => modified(resource, undefined));
}

/**
 * With it, every nested stack gets a change set of its own, which goes with that of its parent; those in which nothing changes are not
 * shown. Values that other changes of the parent make are taken as they are now (an inference).
 */
function withNested(
  engine: Engine,
  stack: Stack,
  changeSet: ChangeSet,
  changes: readonly PlannedChange[],
): readonly PlannedChange[] {
  const { template, parameters } = changeSet;
  const scope = scopeOf(engine, stack, template, parameters, name => stack.resources.get(name));
  const nested = nestedOf(stack, changeSet).flatMap(resource => {
    const child = findStack(engine, stack, resource.physicalId);
    if (child === undefined) return [];
    const target = nestedTarget(engine, child, { properties: propertiesOf(template, resource.logicalId, scope) });
    const own: ChangeSet = {
      ...changeSet,
      ...target,
      id: `arn:aws:cloudformation:${stack.region}:${stack.account}:changeSet/${changeSet.name}-${resource.logicalId}/${uuid(engine.serial(), 'b')}`,
      name: `${changeSet.name}-${resource.logicalId}`,
      type: 'UPDATE',
      imports: [],
      changes: [],
      root: changeSet.id,
    };
    compare(engine, child, own);
    if (own.changes.length === 0) return [];
    child.changeSets.set(own.id, own);
    return [modified(resource, own.id)];
  });
  const others = changes.filter(({ type, action }) => type !== nestedType || action !== 'Modify');
  return [...others, ...nested];
}

function nestedOf(stack: Stack, { template }: ChangeSet) {
  return [...stack.resources.values()].filter(
    ({ type, logicalId }) => type === nestedType && logicalId in template.resources,
  );
}

function modified(
  { logicalId, type, physicalId }: Pick<PlannedChange, 'logicalId' | 'type'> & { readonly physicalId: string },
  changeSetId: string | undefined,
): PlannedChange {
  return {
    action: 'Modify',
    ...{ logicalId, type, physicalId, changeSetId },
    replacement: 'False',
    policy: undefined,
    properties: [],
  };
}
