import type * as model from '@aws-sdk/client-cloudformation';
import { modelOnly } from '../../wire/not-modelled.ts';
import { cutPage } from '../../wire/paging.ts';
import { type Call, ServiceError } from '../../wire/service.ts';
import { capabilitiesReason, neededCapabilities } from './capabilities.ts';
import { theChangeSet } from './change-sets.ts';
import { begin, type Engine, inBackground, moveStack } from './engine.ts';
import { invalid, texts } from './errors.ts';
import { deleteStack } from './nested.ts';
import { restoreResources, undoCreation } from './rollback.ts';
import { importerOf } from './run.ts';
import { writeTemplate } from './serverless/expand.ts';
import { findStack, isBusy, theStack } from './stacks.ts';
import { isHidden } from './template/parameters.ts';
import { parseTemplate, type Template } from './template/parse.ts';
import { dependenciesOf } from './template/references.ts';
import { readSource } from './template-source.ts';
import { viewChangeSet, viewEvent, viewResource, viewStack } from './views.ts';

function pageOf<T>(items: readonly T[], query: unknown, token: string | undefined, size: number) {
  const page = cutPage(items, query, token, size);
  if (page === undefined) throw invalid(`Invalid NextToken: ${token}`);
  return page;
}

/** Reading operations. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/ , each on its own page. */
export function readingOperations(engine: Engine) {
  const templateOf = (
    input: { readonly TemplateBody?: string | undefined; readonly TemplateURL?: string | undefined },
    call: Call,
  ): Template => {
    const template = parseTemplate(readSource(engine, call, input, undefined));
    // What a transform will make is not there yet, and references to it are not judged (an inference).
    if (template.transforms.length === 0) dependenciesOf(template);
    return template;
  };
  return {
    DescribeStacks: (input: model.DescribeStacksCommandInput, call: Call) => {
      const { stacks } = engine.realm(call.account, call.region);
      const found =
        input.StackName === undefined
          ? [...stacks.values()].filter(({ status }) => status !== 'DELETE_COMPLETE')
          : [theStack(engine, call, input.StackName, 'with id')];
      const page = pageOf(found, input.StackName, input.NextToken, 50);
      return { Stacks: page.items.map(viewStack), NextToken: page.next };
    },
    /** The newest first. */
    DescribeStackEvents: (input: model.DescribeStackEventsCommandInput, call: Call) => {
      const stack = theStack(engine, call, input.StackName, 'plain');
      // A token stands for a place in the history: newer events must not move the pages.
      const first = input.NextToken === undefined ? undefined : input.NextToken.split('.')[1];
      const all = stack.events.toReversed();
      const from =
        first === undefined
          ? 0
          : Math.max(
              0,
              all.findIndex(event => event.id === first),
            );
      if (input.NextToken !== undefined && first === undefined) throw invalid(`Invalid NextToken: ${input.NextToken}`);
      const next = all[from + 100];
      return {
        StackEvents: all.slice(from, from + 100).map(event => viewEvent(stack, event)),
        NextToken: next === undefined ? undefined : `next.${next.id}`,
      };
    },
    ListStackResources: (input: model.ListStackResourcesCommandInput, call: Call) => {
      const stack = theStack(engine, call, input.StackName, 'with id');
      const page = pageOf([...stack.resources.values()], stack.id, input.NextToken, 100);
      return { StackResourceSummaries: page.items.map(viewResource), NextToken: page.next };
    },
    DescribeStackResources: (input: model.DescribeStackResourcesCommandInput, call: Call) => {
      modelOnly(input, 'StackName', 'LogicalResourceId');
      const stack = theStack(engine, call, input.StackName, 'with id');
      const wanted = [...stack.resources.values()].filter(
        ({ logicalId }) => input.LogicalResourceId === undefined || logicalId === input.LogicalResourceId,
      );
      return {
        StackResources: wanted.slice(0, 100).map(resource => ({
          StackName: stack.name,
          StackId: stack.id,
          LogicalResourceId: resource.logicalId,
          PhysicalResourceId: resource.physicalId,
          ResourceType: resource.type,
          Timestamp: new Date(resource.updatedAt),
          ResourceStatus: resource.status,
          ResourceStatusReason: resource.reason,
        })),
      };
    },
    GetTemplate: (input: model.GetTemplateCommandInput, call: Call) => {
      const { body, template } =
        input.ChangeSetName === undefined
          ? theStack(engine, call, input.StackName, 'with id')
          : theChangeSet(engine, call, input.ChangeSetName, input.StackName).changeSet;
      const isPlain = input.TemplateStage === 'Original' || template === undefined;
      const asWritten = isPlain || parseTemplate(body).transforms.length === 0;
      return {
        TemplateBody: asWritten ? body : writeTemplate(template),
        StagesAvailable: ['Original', 'Processed'],
      };
    },
    ValidateTemplate: (input: model.ValidateTemplateCommandInput, call: Call) => {
      const template = templateOf(input, call);
      return {
        Description: template.description,
        Parameters: Object.entries(template.parameters).map(([ParameterKey, declaration]) => ({
          ParameterKey,
          DefaultValue: declaration.Default === undefined ? undefined : String(declaration.Default),
          NoEcho: isHidden(declaration),
          Description: declaration.Description,
        })),
        Capabilities: neededCapabilities(template),
        CapabilitiesReason: capabilitiesReason(template),
        DeclaredTransforms: template.transforms,
      };
    },
    GetTemplateSummary: (input: model.GetTemplateSummaryCommandInput, call: Call) => {
      modelOnly(input, 'TemplateBody', 'TemplateURL', 'StackName');
      const template =
        input.StackName === undefined
          ? templateOf(input, call)
          : parseTemplate(theStack(engine, call, input.StackName, 'with id').body);
      return {
        Description: template.description,
        Parameters: Object.entries(template.parameters).map(([ParameterKey, declaration]) => ({
          ParameterKey,
          ParameterType: declaration.Type,
          DefaultValue: declaration.Default === undefined ? undefined : String(declaration.Default),
          NoEcho: isHidden(declaration),
          Description: declaration.Description,
          ParameterConstraints: { AllowedValues: declaration.AllowedValues?.map(String) },
        })),
        Capabilities: neededCapabilities(template),
        CapabilitiesReason: capabilitiesReason(template),
        ResourceTypes: [...new Set(Object.values(template.resources).map(each => each.Type))],
        DeclaredTransforms: template.transforms,
      };
    },
    DescribeChangeSet: (input: model.DescribeChangeSetCommandInput, call: Call) => {
      modelOnly(input, 'ChangeSetName', 'StackName', 'NextToken', 'IncludePropertyValues');
      const { stack, changeSet } = theChangeSet(engine, call, input.ChangeSetName, input.StackName);
      const page = pageOf(changeSet.changes, changeSet.id, input.NextToken, 100);
      return { ...viewChangeSet(stack, changeSet, page.items), NextToken: page.next };
    },
    ListChangeSets: (input: model.ListChangeSetsCommandInput, call: Call) => {
      const stack = theStack(engine, call, input.StackName, 'plain');
      const listed = [...stack.changeSets.values()].filter(each => !each.execution.startsWith('EXECUTE'));
      const page = pageOf(listed, stack.id, input.NextToken, 100);
      return {
        Summaries: page.items.map(each => ({
          StackId: stack.id,
          StackName: stack.name,
          ChangeSetId: each.id,
          ChangeSetName: each.name,
          ExecutionStatus: each.execution,
          Status: each.status,
          StatusReason: each.reason,
          CreationTime: new Date(each.createdAt),
          Description: each.description,
        })),
        NextToken: page.next,
      };
    },
  };
}

/** Operations that change a stack, besides change sets. */
export function changingOperations(engine: Engine) {
  return {
    /** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CancelUpdateStack.html */
    CancelUpdateStack: (input: model.CancelUpdateStackCommandInput, call: Call) => {
      const stack = theStack(engine, call, input.StackName, 'plain');
      if (stack.status !== 'UPDATE_IN_PROGRESS' || stack.cancel === undefined) {
        throw invalid('CancelUpdateStack cannot be called from current stack status');
      }
      stack.cancel();
    },
    /** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ContinueUpdateRollback.html */
    ContinueUpdateRollback: (input: model.ContinueUpdateRollbackCommandInput, call: Call) => {
      modelOnly(input, 'StackName', 'ResourcesToSkip', 'ClientRequestToken');
      const stack = theStack(engine, call, input.StackName, 'plain');
      const { goal } = stack;
      if (stack.status !== 'UPDATE_ROLLBACK_FAILED' || goal === undefined) {
        throw invalid(`Stack:${stack.id} is in ${stack.status} state and can not continue rollback.`);
      }
      const operation = begin(engine, stack, 'CONTINUE_ROLLBACK', input.ClientRequestToken);
      moveStack(engine, stack, 'UPDATE_ROLLBACK_IN_PROGRESS', texts.userInitiated, operation);
      inBackground(engine, () => restoreResources(engine, stack, goal, operation, input.ResourcesToSkip ?? []));
      return {};
    },
    /** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_RollbackStack.html */
    RollbackStack: (input: model.RollbackStackCommandInput, call: Call) => {
      modelOnly(input, 'StackName', 'ClientRequestToken');
      const stack = theStack(engine, call, input.StackName, 'plain');
      const { goal } = stack;
      if ((stack.status !== 'CREATE_FAILED' && stack.status !== 'UPDATE_FAILED') || goal === undefined) {
        throw invalid(`Stack:${stack.id} is in ${stack.status} state and can not be rolled back.`);
      }
      const operation = begin(engine, stack, 'ROLLBACK', input.ClientRequestToken);
      if (stack.status === 'CREATE_FAILED') {
        moveStack(engine, stack, 'ROLLBACK_IN_PROGRESS', texts.userInitiated, operation);
        inBackground(engine, () => undoCreation(engine, stack, operation));
      } else {
        moveStack(engine, stack, 'UPDATE_ROLLBACK_IN_PROGRESS', texts.userInitiated, operation);
        inBackground(engine, () => restoreResources(engine, stack, goal, operation, []));
      }
      return { StackId: stack.id };
    },
    /** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteStack.html : of what is not there it is a success. */
    DeleteStack: (input: model.DeleteStackCommandInput, call: Call) => {
      modelOnly(input, 'StackName', 'RetainResources', 'ClientRequestToken');
      const stack = findStack(engine, call, input.StackName ?? '');
      if (stack === undefined || stack.status === 'DELETE_COMPLETE') return;
      if (stack.protected) {
        throw invalid(`Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`);
      }
      if (isBusy(stack)) throw invalid(`Stack [${stack.id}] cannot be deleted while in status ${stack.status}`);
      if (input.RetainResources !== undefined && stack.status !== 'DELETE_FAILED') {
        throw invalid(
          `Invalid operation on stack [${stack.name}]. When you delete a stack, specify which resources to retain only when the stack is in the DELETE_FAILED state.`,
        );
      }
      for (const { exportName } of stack.outputs) {
        const importer = exportName === undefined ? undefined : importerOf(engine, stack, exportName);
        if (importer !== undefined)
          throw invalid(`Export ${exportName} cannot be deleted as it is in use by ${importer}`);
      }
      const operation = begin(engine, stack, 'DELETE_STACK', input.ClientRequestToken);
      inBackground(engine, () => deleteStack(engine, stack, operation, input.RetainResources ?? []));
    },
    UpdateTerminationProtection: (input: model.UpdateTerminationProtectionCommandInput, call: Call) => {
      const stack = theStack(engine, call, input.StackName, 'plain');
      if (stack.parent !== undefined)
        throw new ServiceError('ValidationError', 'TerminationProtection cannot be set on nested stacks');
      stack.protected = input.EnableTerminationProtection === true;
      return { StackId: stack.id };
    },
  };
}
