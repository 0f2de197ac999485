import type { Capability, ChangeSetType, CreateChangeSetCommandInput, Parameter } from '@aws-sdk/client-cloudformation';
import { modelOnly } from '../../wire/not-modelled.ts';
import { ServiceError } from '../../wire/service.ts';
import { missingCapabilities } from './capabilities.ts';
import { compare } from './compare.ts';
import { begin, type Engine, inBackground, moveStack } from './engine.ts';
import { invalid, texts } from './errors.ts';
import { typeOf } from './plan.ts';
import { runStack } from './run.ts';
import { expandTransforms } from './serverless/expand.ts';
import { emptyStack, findStack, isBusy, type Place, theStack } from './stacks.ts';
import type { ChangeSet, Import, Stack } from './state.ts';
import { resolveParameters } from './template/parameters.ts';
import { parseTemplate, type Template } from './template/parse.ts';
import { dependenciesOf } from './template/references.ts';
import { readSource } from './template-source.ts';
import { uuid } from './types/type.ts';

/** From its creation until it can be read, in ms: seconds for small stacks, minutes for large ones. */
const making = 6_000;

/** Statuses from which an update can begin. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html */
const updatable = [
  'CREATE_COMPLETE',
  'UPDATE_COMPLETE',
  'UPDATE_ROLLBACK_COMPLETE',
  'IMPORT_COMPLETE',
  'IMPORT_ROLLBACK_COMPLETE',
];

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html */
export function createChangeSet(
  engine: Engine,
  place: Place,
  input: CreateChangeSetCommandInput,
): { Id: string; StackId: string } {
  modelOnly(
    input,
    'StackName',
    'TemplateBody',
    'TemplateURL',
    'UsePreviousTemplate',
    'Parameters',
    'Capabilities',
    'Tags',
    'RoleARN',
    'ChangeSetName',
    'ClientToken',
    'Description',
    'ChangeSetType',
    'ResourcesToImport',
    'IncludeNestedStacks',
  );
  const { StackName = '', ChangeSetName: name = '', ChangeSetType: type = 'UPDATE' } = input;
  if (!/^[A-Za-z][-A-Za-z0-9]*$/.test(name) || name.length > 128) {
    throw invalid(
      `1 validation error detected: Value '${name}' at 'changeSetName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*`,
    );
  }
  const found = findStack(engine, place, StackName);
  checkStack(found, StackName, name, type);
  const body = readSource(engine, place, input, found);
  const { template, refused } = processed(body, input.Capabilities ?? []);
  if (refused === undefined) dependenciesOf(template);
  if (refused === undefined) for (const { Type } of Object.values(template.resources)) typeOf(Type);
  const parameters = resolveParameters(
    template,
    (input.Parameters ?? []) as readonly Parameter[],
    found?.parameters ?? new Map(),
  );
  const same =
    found === undefined
      ? undefined
      : [...found.changeSets.values()].find(each => each.name === name && !each.execution.startsWith('EXECUTE'));
  if (same !== undefined) {
    if (input.ClientToken !== undefined && same.token === input.ClientToken)
      return { Id: same.id, StackId: found?.id ?? '' };
    throw new ServiceError('AlreadyExistsException', `ChangeSet ${same.id} already exists`);
  }
  const stack = found ?? emptyStack(engine, place, StackName);
  if (found === undefined) {
    const operation = begin(engine, stack, 'CREATE_CHANGESET', input.ClientToken);
    moveStack(engine, stack, 'REVIEW_IN_PROGRESS', texts.userInitiated, operation);
  }
  const { account, region } = stack;
  const changeSet: ChangeSet = {
    id: `arn:aws:cloudformation:${region}:${account}:changeSet/${name}/${uuid(engine.serial(), 'b')}`,
    name,
    type,
    createdAt: engine.clock.now(),
    body,
    template,
    refused,
    parameters,
    tags: input.Tags ?? stack.tags,
    capabilities: input.Capabilities ?? [],
    description: input.Description,
    imports: importsOf(input, stack),
    nested: input.IncludeNestedStacks === true,
    token: input.ClientToken,
    root: undefined,
    changes: [],
    status: 'CREATE_PENDING',
    execution: 'UNAVAILABLE',
    reason: undefined,
  };
  stack.changeSets.set(changeSet.id, changeSet);
  stack.roleArn = input.RoleARN ?? stack.roleArn;
  inBackground(engine, async () => {
    await engine.clock.sleep(making);
    if (changeSet.status === 'CREATE_PENDING') compare(engine, stack, changeSet);
  });
  return { Id: changeSet.id, StackId: stack.id };
}

/**
 * The template as it will be deployed. What is wrong with what a transform has made does not refuse the request: the change set
 * ends FAILED, as seen in many reports (`Requires capabilities : [CAPABILITY_IAM]`).
 */
function processed(body: string, given: readonly Capability[]): { template: Template; refused: string | undefined } {
  const written = parseTemplate(body);
  const expanded = expandTransforms(written);
  if (!expanded.ok) return { template: written, refused: expanded.reason };
  const { template } = expanded;
  const missing = missingCapabilities(template, given);
  if (missing !== undefined && written.transforms.length === 0) {
    throw new ServiceError('InsufficientCapabilitiesException', missing);
  }
  return { template, refused: missing };
}

function checkStack(found: Stack | undefined, name: string, changeSet: string, type: ChangeSetType): void {
  if (type === 'CREATE') {
    if (found === undefined || found.status === 'REVIEW_IN_PROGRESS') return;
    throw invalid(`Stack [${name}] already exists and cannot be created again with the changeSet [${changeSet}].`);
  }
  if (found === undefined) throw invalid(`Stack [${name}] does not exist`);
  if (found.status === 'REVIEW_IN_PROGRESS' && type === 'IMPORT') return;
  if (!updatable.includes(found.status))
    throw invalid(`Stack:${found.id} is in ${found.status} state and can not be updated.`);
}

function importsOf(
  { ChangeSetType, ResourcesToImport: given = [] }: CreateChangeSetCommandInput,
  stack: Stack,
): readonly Import[] {
  if ((ChangeSetType === 'IMPORT') !== given.length > 0) {
    throw invalid('ResourcesToImport must be given with, and only with, the change set type IMPORT');
  }
  return given.map(({ LogicalResourceId: logicalId = '', ResourceType: type = '', ResourceIdentifier = {} }) => {
    const identifier = Object.values(ResourceIdentifier)[0] ?? '';
    if (stack.resources.has(logicalId))
      throw invalid(
        `Resources [${logicalId}] passed in ResourceToImport are already in a stack and cannot be imported.`,
      );
    return { logicalId, type, identifier };
  });
}

/** By name within a stack, or by ARN alone. One that was executed is found by ARN only. */
export function theChangeSet(
  engine: Engine,
  place: Place,
  name = '',
  stackName?: string,
): { stack: Stack; changeSet: ChangeSet } {
  if (name.startsWith('arn:')) {
    for (const stack of engine.realm(place.account, place.region).stacks.values()) {
      const changeSet = stack.changeSets.get(name);
      if (changeSet !== undefined && changeSet.status !== 'DELETE_COMPLETE') return { stack, changeSet };
    }
    throw notFound(name);
  }
  if (stackName === undefined)
    throw invalid('StackName must be specified if ChangeSetName is not specified as an ARN.');
  const stack = theStack(engine, place, stackName, 'plain');
  const changeSet = [...stack.changeSets.values()].find(
    each => each.name === name && each.status !== 'DELETE_COMPLETE' && !each.execution.startsWith('EXECUTE'),
  );
  if (changeSet === undefined) throw notFound(name);
  return { stack, changeSet };
}

function notFound(name: string): ServiceError {
  return new ServiceError('ChangeSetNotFoundException', `ChangeSet [${name}] does not exist`, 404);
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ExecuteChangeSet.html */
export function executeChangeSet(
  engine: Engine,
  place: Place,
  {
    ChangeSetName,
    StackName,
    ClientRequestToken: token,
    DisableRollback = false,
  }: {
    readonly ChangeSetName?: string | undefined;
    readonly StackName?: string | undefined;
    readonly ClientRequestToken?: string | undefined;
    readonly DisableRollback?: boolean | undefined;
  },
): void {
  const { stack, changeSet } = theChangeSet(engine, place, ChangeSetName, StackName);
  // The same request again: it is under way, or over.
  const known = stack.operations.find(each => token !== undefined && each.token === token);
  if (known !== undefined && changeSet.execution.startsWith('EXECUTE')) return;
  if (known !== undefined)
    throw new ServiceError('TokenAlreadyExistsException', `Token [${token}] has already been used`);
  const { status, execution, id } = changeSet;
  if (changeSet.root !== undefined) throw cannot(`ChangeSet [${id}] is nested: execute that of its root`);
  if (status !== 'CREATE_COMPLETE')
    throw cannot(`ChangeSet [${id}] cannot be executed in its current status of [${status}]`);
  if (execution !== 'AVAILABLE')
    throw cannot(`ChangeSet [${id}] cannot be executed in its current execution status of [${execution}]`);
  if (isBusy(stack)) throw cannot(`ChangeSet [${id}] cannot be executed while stack ${stack.id} is in ${stack.status}`);
  const kind = changeSet.type === 'IMPORT' ? 'import' : changeSet.type === 'CREATE' ? 'create' : 'update';
  // The others were made for a stack that will not be there any more.
  for (const other of stack.changeSets.values()) {
    if (other !== changeSet && !other.execution.startsWith('EXECUTE')) other.execution = 'OBSOLETE';
  }
  changeSet.execution = 'EXECUTE_IN_PROGRESS';
  stack.changeSetId = id;
  const operation = begin(engine, stack, kind === 'create' ? 'CREATE_STACK' : 'UPDATE_STACK', token);
  inBackground(engine, async () => {
    const done = await runStack(engine, stack, operation, changeSet, kind, { disableRollback: DisableRollback });
    changeSet.execution = done ? 'EXECUTE_COMPLETE' : 'EXECUTE_FAILED';
    for (const [key, other] of stack.changeSets)
      if (done && other.execution === 'OBSOLETE') stack.changeSets.delete(key);
  });
}

function cannot(message: string): ServiceError {
  return new ServiceError('InvalidChangeSetStatusException', message);
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteChangeSet.html */
export function deleteChangeSet(
  engine: Engine,
  place: Place,
  name: string | undefined,
  stackName: string | undefined,
): void {
  try {
    const { changeSet } = theChangeSet(engine, place, name, stackName);
    if (changeSet.execution === 'EXECUTE_IN_PROGRESS')
      throw cannot(
        `ChangeSet [${changeSet.id}] cannot be deleted in its current execution status of [EXECUTE_IN_PROGRESS]`,
      );
    changeSet.status = 'DELETE_COMPLETE';
    for (const each of engine.realm(place.account, place.region).stacks.values()) {
      for (const [id, other] of each.changeSets)
        if (id === changeSet.id || other.root === changeSet.id) each.changeSets.delete(id);
    }
  } catch (error) {
    // Deleting what is not there succeeds.
    if (!(error instanceof ServiceError) || error.code !== 'ChangeSetNotFoundException') throw error;
  }
}
