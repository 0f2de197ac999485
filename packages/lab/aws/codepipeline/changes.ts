import type * as model from '@aws-sdk/client-codepipeline';
import { type Call, ServiceError } from '../../wire/service.ts';
import { repositoryOf } from './actions.ts';
import { answerApproval } from './approval.ts';
import { checkId, checkName, checkStage, checkToken, checkVariable, findPipeline, refuse } from './checks.ts';
import type { Engine } from './engine.ts';
import { rollbackTarget } from './rollback.ts';
import { hasEnded, type Pipeline } from './state.ts';
import { stopExecution } from './stop.ts';

/** What can be changed. Source: https://docs.aws.amazon.com/codepipeline/latest/APIReference/ , a page for each. */
export function changeOperations(engine: Engine) {
  return {
    /** The same token with the same question answers the execution that it has started. */
    StartPipelineExecution(input: model.StartPipelineExecutionCommandInput, call: Call) {
      const pipeline = findPipeline(engine, call, 'name', input.name);
      const { clientRequestToken: token, ...rest } = input;
      checkToken(token);
      const asked = JSON.stringify(rest);
      const known = token === undefined ? undefined : pipeline.tokens.get(token);
      if (known !== undefined && known.asked === asked) return { pipelineExecutionId: known.id };
      if (known !== undefined)
        throw new ServiceError('ConflictException', `The token ${token} was used for another request.`);
      const variables = givenVariables(pipeline, input.variables ?? []);
      const overrides = givenRevisions(engine, pipeline, input.sourceRevisions ?? []);
      checkConcurrency(pipeline);
      const trigger = { triggerType: 'StartPipelineExecution', triggerDetail: call.principal } as const;
      const { id } = engine.start(pipeline, { trigger, variables, overrides });
      if (token !== undefined) pipeline.tokens.set(token, { asked, id });
      return { pipelineExecutionId: id };
    },

    StopPipelineExecution(input: model.StopPipelineExecutionCommandInput, call: Call) {
      const pipeline = findPipeline(engine, call, 'pipelineName', input.pipelineName);
      const { pipelineExecutionId: id, abandon = false, reason } = input;
      checkId('pipelineExecutionId', id);
      if ((reason?.length ?? 0) > 200) throw refuse('reason must have length less than or equal to 200');
      const execution = pipeline.executions.find(each => each.id === id);
      if (execution === undefined) {
        const message = `There is no execution ${id} of the pipeline ${pipeline.declaration.name} that could be stopped`;
        throw new ServiceError('PipelineExecutionNotStoppableException', message);
      }
      stopExecution(engine, execution, abandon, reason);
      return { pipelineExecutionId: id };
    },

    RollbackStage(input: model.RollbackStageCommandInput, call: Call) {
      const pipeline = findPipeline(engine, call, 'pipelineName', input.pipelineName);
      const stage = checkStage(pipeline, input.stageName);
      checkId('targetPipelineExecutionId', input.targetPipelineExecutionId);
      const execution = rollbackTarget(pipeline, stage, input.targetPipelineExecutionId ?? '');
      const trigger = { triggerType: 'ManualRollback', triggerDetail: call.principal } as const;
      return { pipelineExecutionId: engine.start(pipeline, { trigger, target: { execution, stage } }).id };
    },

    PutApprovalResult(input: model.PutApprovalResultCommandInput, call: Call) {
      const pipeline = findPipeline(engine, call, 'pipelineName', input.pipelineName);
      const stage = checkStage(pipeline, input.stageName);
      checkName('actionName', input.actionName);
      const { token = '', actionName = '', result } = input;
      const { status = 'Rejected', summary = '' } = result ?? {};
      answerApproval(engine, pipeline, { stage, action: actionName, token, status, summary, by: call.principal });
      return { approvedAt: new Date(engine.clock.now()) };
    },
  };
}

/** Pipeline variables are declared, and of type V2: https://docs.aws.amazon.com/codepipeline/latest/userguide/pipeline-types-planning.html */
function givenVariables({ declaration }: Pipeline, given: readonly model.PipelineVariable[]) {
  if (given.length > 0 && declaration.pipelineType !== 'V2') {
    throw refuse('Pipeline variables are only supported in pipelines of type V2');
  }
  return given.map(({ name = '', value = '' }) => {
    checkVariable(name, value);
    if (!declaration.variables?.some(each => each.name === name)) {
      throw refuse(`Variable ${name} is not declared in the pipeline ${declaration.name}`);
    }
    return { name, value };
  });
}

function givenRevisions({ ports }: Engine, { declaration }: Pipeline, given: readonly model.SourceRevisionOverride[]) {
  if (given.length > 0 && declaration.pipelineType !== 'V2') {
    throw refuse('Source revision overrides are only supported in pipelines of type V2');
  }
  return new Map(
    given.map(({ actionName = '', revisionType, revisionValue = '' }) => {
      const action = declaration.stages?.[0]?.actions?.find(each => each.name === actionName);
      if (action === undefined)
        throw refuse(`The source action ${actionName} does not exist in the pipeline ${declaration.name}`);
      if (revisionType !== 'COMMIT_ID') {
        throw refuse(`The revision type ${revisionType} is not supported by the source action ${actionName}`);
      }
      if (!ports.sources.has(repositoryOf(action).repository, revisionValue)) {
        throw refuse(`The revision ${revisionValue} could not be found for the source action ${actionName}`);
      }
      return [actionName, revisionValue] as const;
    }),
  );
}

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html : 50 executions in QUEUED mode, and 5 in PARALLEL. */
const most = { QUEUED: 50, PARALLEL: 5, SUPERSEDED: Number.POSITIVE_INFINITY };

function checkConcurrency({ declaration, executions }: Pipeline): void {
  const open = executions.filter(each => !hasEnded(each)).length;
  if (open < most[declaration.executionMode ?? 'SUPERSEDED']) return;
  const message = `The pipeline ${declaration.name} has reached its limit of ${open} concurrent executions`;
  throw new ServiceError('ConcurrentPipelineExecutionsLimitExceededException', message);
}
