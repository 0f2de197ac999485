import type * as model from '@aws-sdk/client-cloudformation';
import type { ChangeSet, PlannedChange, Stack, StackEvent, StackResource } from './state.ts';
import { isHidden, mask, type ParameterValues } from './template/parameters.ts';
import type { Template } from './template/parse.ts';

const date = (at: number) => new Date(at);

export function parametersOf(template: Template | undefined, values: ParameterValues): model.Parameter[] {
  return [...values].map(([ParameterKey, value]) => ({
    ParameterKey,
    ParameterValue: isHidden(template?.parameters[ParameterKey]) ? mask : value,
  }));
}

export function viewStack(stack: Stack): model.Stack {
  const { description } = stack.template ?? {};
  return {
    StackId: stack.id,
    StackName: stack.name,
    ChangeSetId: stack.changeSetId,
    Description: description,
    Parameters: parametersOf(stack.template, stack.parameters),
    CreationTime: date(stack.createdAt),
    ...(stack.updatedAt === undefined ? {} : { LastUpdatedTime: date(stack.updatedAt) }),
    ...(stack.deletedAt === undefined ? {} : { DeletionTime: date(stack.deletedAt) }),
    StackStatus: stack.status,
    StackStatusReason: stack.reason,
    DisableRollback: false,
    NotificationARNs: [],
    Capabilities: [...stack.capabilities],
    Outputs: stack.outputs.map(({ key, value, description: words, exportName }) => ({
      OutputKey: key,
      OutputValue: value,
      Description: words,
      ExportName: exportName,
    })),
    RoleARN: stack.roleArn,
    Tags: [...stack.tags],
    EnableTerminationProtection: stack.protected,
    ...(stack.parent === undefined ? {} : { ParentId: stack.parent.id, RootId: rootOf(stack).id }),
    DriftInformation:
      stack.drift === undefined
        ? { StackDriftStatus: 'NOT_CHECKED' }
        : { StackDriftStatus: stack.drift.status, LastCheckTimestamp: date(stack.drift.at) },
    LastOperations: stack.operations.slice(0, 2).map(({ id, type }) => ({ OperationId: id, OperationType: type })),
  };
}

function rootOf(stack: Stack): Stack {
  return stack.parent === undefined ? stack : rootOf(stack.parent);
}

export function viewEvent(stack: Stack, event: StackEvent): model.StackEvent {
  return {
    StackId: stack.id,
    StackName: stack.name,
    EventId: event.id,
    OperationId: event.operation,
    LogicalResourceId: event.logicalId,
    PhysicalResourceId: event.physicalId,
    ResourceType: event.type,
    Timestamp: date(event.at),
    ResourceStatus: event.status,
    ResourceStatusReason: event.reason,
    ClientRequestToken: event.token,
    ...(event.properties === undefined ? {} : { ResourceProperties: JSON.stringify(event.properties) }),
  };
}

export function viewResource(resource: StackResource): model.StackResourceSummary {
  return {
    LogicalResourceId: resource.logicalId,
    PhysicalResourceId: resource.physicalId,
    ResourceType: resource.type,
    LastUpdatedTimestamp: date(resource.updatedAt),
    ResourceStatus: resource.status,
    ResourceStatusReason: resource.reason,
    DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
  };
}

export function viewChangeSet(
  stack: Stack,
  changeSet: ChangeSet,
  changes: readonly PlannedChange[],
): model.DescribeChangeSetOutput {
  return {
    ChangeSetName: changeSet.name,
    ChangeSetId: changeSet.id,
    StackId: stack.id,
    StackName: stack.name,
    Description: changeSet.description,
    Parameters: parametersOf(changeSet.template, changeSet.parameters),
    CreationTime: date(changeSet.createdAt),
    ExecutionStatus: changeSet.execution,
    // What was deleted is not shown any more.
    Status: changeSet.status,
    StatusReason: changeSet.reason,
    NotificationARNs: [],
    Capabilities: [...changeSet.capabilities],
    Tags: [...changeSet.tags],
    Changes: changes.map(viewChange),
    IncludeNestedStacks: changeSet.nested,
  };
}

function viewChange(change: PlannedChange): model.Change {
  return {
    Type: 'Resource',
    ResourceChange: {
      PolicyAction: change.policy,
      Action: change.action,
      LogicalResourceId: change.logicalId,
      PhysicalResourceId: change.physicalId,
      ResourceType: change.type,
      Replacement: change.replacement,
      ChangeSetId: change.changeSetId,
      Scope: change.properties.length > 0 ? ['Properties'] : [],
      Details: change.properties.map(property => ({
        Target: {
          Attribute: 'Properties',
          Name: property.name,
          RequiresRecreation: property.recreation,
          BeforeValue: property.before,
          AfterValue: property.after,
        },
        Evaluation: property.dynamic ? 'Dynamic' : 'Static',
        ChangeSource: property.cause?.includes('.')
          ? 'ResourceAttribute'
          : property.cause
            ? 'ParameterReference'
            : 'DirectModification',
        CausingEntity: property.cause,
      })),
    },
  };
}
