import type * as model from '@aws-sdk/client-codepipeline';
import { modelOnly, NotModelled } from '../../wire/not-modelled.ts';
import { cutPage } from '../../wire/paging.ts';
import { type Call, ServiceError } from '../../wire/service.ts';
import { checkId, checkStage, findExecution, findPipeline, refuse } from './checks.ts';
import type { Engine } from './engine.ts';
import { succeededIn } from './rollback.ts';
import { actionDetail, executionView, stateView, summaryView } from './views.ts';

/** What can be asked. Source: https://docs.aws.amazon.com/codepipeline/latest/APIReference/ , a page for each. */
export function readOperations(engine: Engine) {
  return {
    GetPipeline(input: model.GetPipelineCommandInput, call: Call): model.GetPipelineOutput {
      const pipeline = findPipeline(engine, call, 'name', input.name);
      const { name, version } = pipeline.declaration;
      if (input.version !== undefined && input.version !== version) throw new NotModelled('of an earlier version');
      return {
        pipeline: pipeline.declaration,
        metadata: {
          pipelineArn: `arn:aws:codepipeline:${call.region}:${call.account}:${name}`,
          created: new Date(pipeline.createdAt),
          updated: new Date(pipeline.updatedAt),
          ...(pipeline.pollingDisabledAt === undefined
            ? {}
            : { pollingDisabledAt: new Date(pipeline.pollingDisabledAt) }),
        },
      };
    },

    GetPipelineState(input: model.GetPipelineStateCommandInput, call: Call): model.GetPipelineStateOutput {
      return stateView(findPipeline(engine, call, 'name', input.name));
    },

    GetPipelineExecution(input: model.GetPipelineExecutionCommandInput, call: Call) {
      const pipeline = findPipeline(engine, call, 'pipelineName', input.pipelineName);
      return { pipelineExecution: executionView(findExecution(pipeline, input.pipelineExecutionId)) };
    },

    /** The newest first. With a filter: those of the current structure version that were successful in the stage. */
    ListPipelineExecutions(input: model.ListPipelineExecutionsCommandInput, call: Call) {
      const pipeline = findPipeline(engine, call, 'pipelineName', input.pipelineName);
      const { nextToken, maxResults, ...query } = input;
      const stage = input.filter?.succeededInStage?.stageName;
      if (stage !== undefined) checkStage(pipeline, stage);
      const found = pipeline.executions
        .filter(
          each => stage === undefined || (each.version === pipeline.declaration.version && succeededIn(each, stage)),
        )
        .toReversed();
      const page = pageOf(found.map(summaryView), query, nextToken, maxResults);
      return { pipelineExecutionSummaries: page.items, nextToken: page.next };
    },

    /** The newest first. */
    ListActionExecutions(input: model.ListActionExecutionsCommandInput, call: Call) {
      const pipeline = findPipeline(engine, call, 'pipelineName', input.pipelineName);
      const { nextToken, maxResults, filter = {}, ...query } = input;
      modelOnly(filter, 'pipelineExecutionId');
      const id = filter.pipelineExecutionId;
      if (id !== undefined) checkId('filter.pipelineExecutionId', id);
      const executions = id === undefined ? pipeline.executions : [findExecution(pipeline, id)];
      const details = executions
        .flatMap(execution => execution.runs.flatMap(run => run.actions.map(action => actionDetail(run, action))))
        .toSorted((one, other) => (one.startTime?.getTime() ?? 0) - (other.startTime?.getTime() ?? 0))
        .toReversed();
      const page = pageOf(details, { ...query, id }, nextToken, maxResults);
      return { actionExecutionDetails: page.items, nextToken: page.next };
    },
  };
}

function pageOf<T>(items: readonly T[], query: unknown, token: string | undefined, size = 100) {
  if (size < 1 || size > 100) throw refuse('maxResults must be between 1 and 100');
  const page = cutPage(items, query, token, size);
  if (page === undefined) throw new ServiceError('InvalidNextTokenException', 'The next token is invalid.');
  return page;
}
