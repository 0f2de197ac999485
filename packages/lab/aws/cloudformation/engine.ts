import type { OperationType, ResourceStatus, StackStatus } from '@aws-sdk/client-cloudformation';
import type { LabClock } from '../../clock/clock.ts';
import type { CloudFormationPorts } from './ports.ts';
import type { Operation, Realm, Stack, StackResource } from './state.ts';
import type { Json } from './template/parse.ts';
import { uuid } from './types/type.ts';

/** What a resource of a stack does when it is worked on, instead of simply being done after the usual time. */
export interface ResourceBehaviour {
  /** Lab time in ms, whatever is done to it. */
  readonly takes?: number;
  readonly fails?: readonly Failure[];
}

export interface Failure {
  readonly on: 'create' | 'update' | 'delete' | 'rollback';
  /** As the resource’s own service says it. */
  readonly reason: string;
  /** How many times it fails; always, unless said. */
  readonly times?: number;
}

export interface Engine {
  readonly clock: LabClock;
  readonly ports: CloudFormationPorts;
  readonly onDefect: (defect: Error) => void;
  realm(account: string, region: string): Realm;
  readonly realms: () => Iterable<Realm>;
  behaviour(stack: Stack, logicalId: string): ResourceBehaviour | undefined;
  /** The reason when it fails this time; counts. */
  failure(stack: Stack, logicalId: string, on: Failure['on']): string | undefined;
  serial(): number;
  readonly nested: NestedStacks;
}

/** What is done to a stack that is a resource of another one. Each answers why it failed, or undefined. */
export interface NestedStacks {
  create(parent: Stack, resource: StackResource, operation: Operation): Promise<string | undefined>;
  update(parent: Stack, resource: StackResource, operation: Operation): Promise<string | undefined>;
  /** Back to what it was before the parent’s operation. */
  restore(resource: StackResource, operation: Operation): Promise<string | undefined>;
  remove(resource: StackResource, operation: Operation): Promise<string | undefined>;
}

export function record(
  engine: Engine,
  stack: Stack,
  of: { readonly logicalId: string; readonly physicalId: string; readonly type: string; readonly properties?: Json },
  status: ResourceStatus,
  reason: string | undefined,
  operation: Operation,
): void {
  stack.events.push({
    id: `${of.logicalId}-${status}-${engine.serial().toString(36)}`,
    at: engine.clock.now(),
    logicalId: of.logicalId,
    physicalId: of.physicalId,
    type: of.type,
    status,
    reason,
    operation: operation.id,
    token: operation.token,
    properties: of.properties,
  });
}

/** Moves a resource to another state and tells of it. */
export function moveResource(
  engine: Engine,
  stack: Stack,
  resource: StackResource,
  status: ResourceStatus,
  reason: string | undefined,
  operation: Operation,
): void {
  resource.status = status;
  resource.reason = reason;
  resource.updatedAt = engine.clock.now();
  record(engine, stack, resource, status, reason, operation);
}

/** Moves the stack to another state; the event of the stack itself bears its name and its ARN. */
export function moveStack(
  engine: Engine,
  stack: Stack,
  status: StackStatus,
  reason: string | undefined,
  operation: Operation,
): void {
  stack.status = status;
  stack.reason = reason;
  const itself = { logicalId: stack.name, physicalId: stack.id, type: 'AWS::CloudFormation::Stack' };
  // Every status of a stack is one of a resource, but for those that only IMPORT and REVIEW have: the API’s own types say so less well.
  record(engine, stack, itself, status as ResourceStatus, reason, operation);
}

export function begin(engine: Engine, stack: Stack, type: OperationType, token: string | undefined): Operation {
  const operation = { id: uuid(engine.serial(), 'e'), type, token };
  stack.operations = [operation, ...stack.operations];
  return operation;
}

/** Runs work that takes lab time; what goes wrong in it is a mistake of the lab. */
export function inBackground(engine: Engine, work: () => Promise<void>): void {
  work().catch((error: unknown) => engine.onDefect(error instanceof Error ? error : new Error(String(error))));
}
