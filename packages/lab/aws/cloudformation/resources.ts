import { NotModelled } from '../../wire/not-modelled.ts';
import { ServiceError } from '../../wire/service.ts';
import { type Engine, moveResource, record } from './engine.ts';
import { texts } from './errors.ts';
import { changedProperties, typeOf } from './plan.ts';
import type { Operation, Stack, StackResource } from './state.ts';
import type { Json, Template } from './template/parse.ts';
import { hex, usualTakes } from './types/type.ts';

const nestedType = 'AWS::CloudFormation::Stack';

/** One operation's work on the resources of a stack. */
export interface Work {
  readonly operation: Operation;
  /** Settles when everything under way is to be given up. */
  readonly stopped: Promise<void>;
  readonly stop: () => void;
  isStopped: boolean;
  /** Failed by themselves, not for being cancelled. */
  readonly failed: { readonly logicalId: string; readonly on: 'create' | 'update'; readonly reason: string }[];
  readonly made: StackResource[];
  /** As they were before. */
  readonly changed: { readonly before: StackResource; readonly now: StackResource }[];
  /** Old physical resources that go away when all is well. */
  readonly leftovers: StackResource[];
}

export function startWork(operation: Operation): Work {
  const { promise, resolve } = Promise.withResolvers<void>();
  const work: Work = {
    operation,
    stopped: promise,
    isStopped: false,
    stop() {
      work.isStopped = true;
      resolve();
    },
    failed: [],
    made: [],
    changed: [],
    leftovers: [],
  };
  return work;
}

/** Waits as long as the resource takes; false when the work was stopped meanwhile. */
export async function takeTime(
  engine: Engine,
  stack: Stack,
  of: Pick<StackResource, 'logicalId' | 'type'>,
  what: 'create' | 'update' | 'delete',
  stopped?: Promise<void>,
): Promise<boolean> {
  const usual = typeOf(of.type).takes?.[what] ?? usualTakes[what];
  const done = engine.clock.sleep(engine.behaviour(stack, of.logicalId)?.takes ?? usual).then(() => true);
  return stopped === undefined ? done : Promise.race([done, stopped.then(() => false)]);
}

export function newResource(
  engine: Engine,
  stack: Stack,
  template: Template,
  name: string,
  properties: Json,
  like?: Pick<StackResource, 'physicalId' | 'serial'>,
): StackResource {
  const declaration = template.resources[name];
  const typeName = declaration?.Type ?? '';
  const type = typeOf(typeName);
  const known = [...type.replaces, ...type.updates];
  const other = Object.keys(properties).find(each => !known.includes(each));
  if (other !== undefined) throw new NotModelled(`with the property ${other} of ${typeName}`);
  const place = { account: stack.account, region: stack.region, serial: like?.serial ?? engine.serial() };
  const given = type.name === undefined ? undefined : properties[type.name];
  const own = typeof given === 'string' ? given : `${stack.name}-${name}-${hex(place.serial, 12).toUpperCase()}`;
  const physicalId =
    like?.physicalId ??
    type.physicalId?.(own, place, properties) ??
    (typeName === 'AWS::S3::Bucket' ? own.toLowerCase() : own);
  return {
    logicalId: name,
    type: typeName,
    physicalId,
    serial: place.serial,
    properties,
    attributes: type.attributes?.(physicalId, place, properties) ?? {},
    status: 'CREATE_IN_PROGRESS',
    reason: undefined,
    updatedAt: engine.clock.now(),
    deletionPolicy: declaration?.DeletionPolicy ?? 'Delete',
    replacePolicy: declaration?.UpdateReplacePolicy ?? 'Delete',
    drift: undefined,
  };
}

/** Why the service would refuse these properties, or undefined. */
function refusal(engine: Engine, stack: Stack, resource: StackResource, on: 'create' | 'update'): string | undefined {
  const missing = (typeOf(resource.type).required ?? []).filter(name => resource.properties[name] === undefined);
  if (missing.length > 0)
    return `Properties validation failed for resource ${resource.logicalId} with message: #: required key [${missing.join('], [')}] not found`;
  return engine.failure(stack, resource.logicalId, on);
}

/** Lets the service of a resource know, where the lab has it. Answers why it refuses. */
export function tell(
  engine: Engine,
  { account, region, name: stack }: Stack,
  { physicalId, properties, type }: StackResource,
  what: 'create' | 'update' | 'remove',
): string | undefined {
  try {
    engine.ports.makers?.[type]?.[what]({ account, region, stack, physicalId, properties });
    return undefined;
  } catch (error) {
    if (error instanceof NotModelled) throw error;
    return error instanceof ServiceError || error instanceof Error ? error.message : String(error);
  }
}

export async function createResource(
  engine: Engine,
  stack: Stack,
  work: Work,
  resource: StackResource,
): Promise<boolean> {
  const { operation } = work;
  stack.resources.set(resource.logicalId, resource);
  work.made.push(resource);
  record(engine, stack, { ...resource, physicalId: '' }, 'CREATE_IN_PROGRESS', undefined, operation);
  const missing = refusal(engine, stack, resource, 'create');
  if (missing === undefined)
    moveResource(engine, stack, resource, 'CREATE_IN_PROGRESS', texts.creationStarted, operation);
  const nested = resource.type === nestedType && missing === undefined;
  const done = nested || (await takeTime(engine, stack, resource, 'create', work.stopped));
  if (!done) {
    moveResource(engine, stack, resource, 'CREATE_FAILED', texts.creationCancelled, operation);
    return false;
  }
  const reason = nested
    ? await engine.nested.create(stack, resource, operation)
    : (missing ?? tell(engine, stack, resource, 'create'));
  if (reason === undefined) {
    moveResource(engine, stack, resource, 'CREATE_COMPLETE', undefined, operation);
    return true;
  }
  moveResource(engine, stack, resource, 'CREATE_FAILED', reason, operation);
  work.failed.push({ logicalId: resource.logicalId, on: 'create', reason });
  work.stop();
  return false;
}

/** Updates in place, or makes a new physical resource where a property asks for it. */
export async function updateResource(
  engine: Engine,
  stack: Stack,
  work: Work,
  now: StackResource,
  template: Template,
  properties: Json,
): Promise<boolean> {
  const { operation } = work;
  const declaration = template.resources[now.logicalId];
  now.deletionPolicy = declaration?.DeletionPolicy ?? 'Delete';
  now.replacePolicy = declaration?.UpdateReplacePolicy ?? 'Delete';
  const differing = changedProperties(now.properties, properties);
  // Whether a nested stack changes is found out by updating it.
  if (differing.length === 0 && now.type !== nestedType) return true;
  const type = typeOf(now.type);
  const before = { ...now };
  work.changed.push({ before, now });
  const anew = differing.some(name => type.replaces.includes(name));
  const next = newResource(engine, stack, template, now.logicalId, properties, anew ? undefined : now);
  Object.assign(now, { properties, attributes: next.attributes, serial: next.serial, drift: undefined });
  moveResource(engine, stack, now, 'UPDATE_IN_PROGRESS', anew ? texts.replacing : undefined, operation);
  const sameName = anew && next.physicalId === before.physicalId;
  const missing = sameName ? nameTaken(type.name, now, stack) : refusal(engine, stack, now, 'update');
  if (anew) {
    now.physicalId = next.physicalId;
    if (missing === undefined) moveResource(engine, stack, now, 'UPDATE_IN_PROGRESS', texts.creationStarted, operation);
  }
  const nested = now.type === nestedType && missing === undefined;
  const done = nested || (await takeTime(engine, stack, now, anew ? 'create' : 'update', work.stopped));
  if (!done) {
    moveResource(engine, stack, now, 'UPDATE_FAILED', texts.updateCancelled, operation);
    return false;
  }
  const reason = nested
    ? await engine.nested.update(stack, now, operation)
    : (missing ?? tell(engine, stack, now, anew ? 'create' : 'update'));
  if (reason !== undefined) {
    moveResource(engine, stack, now, 'UPDATE_FAILED', reason, operation);
    work.failed.push({ logicalId: now.logicalId, on: 'update', reason });
    work.stop();
    return false;
  }
  if (anew) work.leftovers.push(before);
  moveResource(engine, stack, now, 'UPDATE_COMPLETE', undefined, operation);
  return true;
}

/** A resource with a name of its own cannot be replaced under the same name. Seen in many reports. */
function nameTaken(property: string | undefined, { physicalId }: StackResource, { name }: Stack): string {
  return `CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ${name}/${physicalId} (${property}) and update the stack again.`;
}

/** Takes a physical resource away, or leaves it where its policy says so. Answers why it failed. */
export async function deleteResource(
  engine: Engine,
  stack: Stack,
  resource: StackResource,
  policy: string,
  operation: Operation,
): Promise<string | undefined> {
  if (policy === 'Retain') {
    record(engine, stack, resource, 'DELETE_SKIPPED', undefined, operation);
    return undefined;
  }
  record(engine, stack, resource, 'DELETE_IN_PROGRESS', undefined, operation);
  const nested = resource.type === nestedType;
  if (!nested) await takeTime(engine, stack, resource, 'delete');
  const reason =
    engine.failure(stack, resource.logicalId, 'delete') ??
    (nested ? await engine.nested.remove(resource, operation) : tell(engine, stack, resource, 'remove'));
  record(engine, stack, resource, reason === undefined ? 'DELETE_COMPLETE' : 'DELETE_FAILED', reason, operation);
  return reason;
}
