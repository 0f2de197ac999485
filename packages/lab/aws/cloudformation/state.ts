import type {
  Capability,
  ChangeSetType,
  OperationType,
  ResourceStatus,
  StackStatus,
  Tag,
} from '@aws-sdk/client-cloudformation';
import type { ParameterValues } from './template/parameters.ts';
import type { Json, Template } from './template/parse.ts';

/** Epoch ms everywhere. */
export interface StackResource {
  readonly logicalId: string;
  readonly type: string;
  physicalId: string;
  /** What its made-up names and addresses are made of. */
  serial: number;
  properties: Json;
  attributes: Readonly<Record<string, unknown>>;
  status: ResourceStatus;
  reason: string | undefined;
  updatedAt: number;
  deletionPolicy: string;
  replacePolicy: string;
  /** What somebody did to it behind CloudFormation’s back. */
  drift: Drift | undefined;
}

export type Drift = { readonly kind: 'deleted' } | { readonly kind: 'modified'; readonly properties: Json };

export interface StackEvent {
  readonly id: string;
  readonly at: number;
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: ResourceStatus;
  readonly reason: string | undefined;
  readonly operation: string;
  readonly token: string | undefined;
  readonly properties: Json | undefined;
}

export interface Operation {
  readonly id: string;
  readonly type: OperationType;
  readonly token: string | undefined;
}

/** What a stack was at one moment: what a rollback brings back. */
export interface Held {
  readonly body: string;
  readonly template: Template | undefined;
  readonly parameters: ParameterValues;
  readonly tags: readonly Tag[];
  readonly capabilities: readonly Capability[];
  readonly outputs: readonly StackOutput[];
  readonly resources: ReadonlyMap<string, StackResource>;
}

export interface StackOutput {
  readonly key: string;
  readonly value: string;
  readonly description: string | undefined;
  readonly exportName: string | undefined;
}

export interface ChangeSet {
  readonly id: string;
  readonly name: string;
  readonly type: ChangeSetType;
  readonly createdAt: number;
  readonly body: string;
  /** With its transforms processed. */
  readonly template: Template;
  /** Why it cannot be made, which only processing its transforms has shown. */
  readonly refused: string | undefined;
  readonly parameters: ParameterValues;
  readonly tags: readonly Tag[];
  readonly capabilities: readonly Capability[];
  readonly description: string | undefined;
  readonly imports: readonly Import[];
  readonly nested: boolean;
  readonly token: string | undefined;
  /** Of a nested stack: the change set of the outermost one, with which it is executed and deleted. */
  readonly root: string | undefined;
  changes: readonly PlannedChange[];
  status: 'CREATE_PENDING' | 'CREATE_IN_PROGRESS' | 'CREATE_COMPLETE' | 'FAILED' | 'DELETE_COMPLETE';
  execution: 'UNAVAILABLE' | 'AVAILABLE' | 'EXECUTE_IN_PROGRESS' | 'EXECUTE_COMPLETE' | 'EXECUTE_FAILED' | 'OBSOLETE';
  reason: string | undefined;
}

export interface Import {
  readonly logicalId: string;
  readonly type: string;
  readonly identifier: string;
}

export interface PlannedChange {
  readonly action: 'Add' | 'Modify' | 'Remove' | 'Import';
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId: string | undefined;
  readonly replacement: 'True' | 'False' | 'Conditional' | undefined;
  readonly policy:
    | 'Delete'
    | 'Retain'
    | 'Snapshot'
    | 'ReplaceAndDelete'
    | 'ReplaceAndRetain'
    | 'ReplaceAndSnapshot'
    | undefined;
  readonly properties: readonly PropertyChange[];
  /** Of a nested stack: its own change set. */
  readonly changeSetId?: string | undefined;
}

export interface PropertyChange {
  readonly name: string;
  readonly recreation: 'Never' | 'Conditionally' | 'Always';
  /** Known only when something else has been made. */
  readonly dynamic: boolean;
  readonly cause: string | undefined;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

export interface Stack extends Held {
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly id: string;
  readonly createdAt: number;
  body: string;
  template: Template | undefined;
  parameters: ParameterValues;
  tags: readonly Tag[];
  capabilities: readonly Capability[];
  outputs: readonly StackOutput[];
  resources: Map<string, StackResource>;
  updatedAt: number | undefined;
  deletedAt: number | undefined;
  status: StackStatus;
  reason: string | undefined;
  changeSetId: string | undefined;
  protected: boolean;
  roleArn: string | undefined;
  parent: Stack | undefined;
  readonly events: StackEvent[];
  /** The newest first. */
  operations: Operation[];
  readonly changeSets: Map<string, ChangeSet>;
  /** Present while resources are worked on: takes the work back. */
  cancel: (() => void) | undefined;
  /** What an unfinished rollback is to bring back. */
  goal: Held | undefined;
  drift: { readonly status: 'DRIFTED' | 'IN_SYNC'; readonly at: number } | undefined;
}

export interface Detection {
  readonly id: string;
  readonly stack: Stack;
  readonly startedAt: number;
  readonly endsAt: number;
}

/** What one account has in one region. */
export interface Realm {
  readonly account: string;
  readonly region: string;
  /** Deleted ones, too, by id. */
  readonly stacks: Map<string, Stack>;
  readonly detections: Map<string, Detection>;
}

export function snapshotOf(stack: Stack): Held {
  const { body, template, parameters, tags, capabilities, outputs } = stack;
  const resources = new Map([...stack.resources].map(([name, resource]) => [name, { ...resource }]));
  return { body, template, parameters, tags, capabilities, outputs, resources };
}

export function put(stack: Stack, held: Omit<Held, 'resources'>): void {
  const { body, template, parameters, tags, capabilities, outputs } = held;
  Object.assign(stack, { body, template, parameters, tags, capabilities, outputs });
}
