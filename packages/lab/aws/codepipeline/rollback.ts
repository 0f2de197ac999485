import { ServiceError } from '../../wire/service.ts';
import type { Engine } from './engine.ts';
import { type Execution, type Pipeline, stageNames } from './state.ts';

/** The execution that was successful in the stage, which CodePipeline may go back to. Throws as RollbackStage does. */
export function rollbackTarget(pipeline: Pipeline, stage: string, id: string): Execution {
  const target = pipeline.executions.find(execution => execution.id === id);
  if (target === undefined) {
    const message = `Could not find the pipeline execution with the id: ${id} in the pipeline ${pipeline.declaration.name}`;
    throw new ServiceError('PipelineExecutionNotFoundException', message);
  }
  const why = obstacle(pipeline, stage, target);
  if (why !== undefined)
    throw new ServiceError('UnableToRollbackStageException', `Unable to roll back stage ${stage}: ${why}`);
  return target;
}

/**
 * The considerations of https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-rollback.html, of execution-modes.html
 * (not in PARALLEL mode) and of pipeline-types-planning.html (not in V1). That all of them are UnableToRollbackStageException,
 * and the words after the colon, are inferred.
 */
function obstacle(pipeline: Pipeline, stage: string, target: Execution): string | undefined {
  const { pipelineType = 'V1', executionMode = 'SUPERSEDED', version } = pipeline.declaration;
  if (pipelineType === 'V1') return 'rollback is not supported for pipelines of type V1';
  if (executionMode === 'PARALLEL') return 'rollback is not supported in execution mode PARALLEL';
  if (stageNames(pipeline)[0] === stage) return 'a source stage cannot be rolled back';
  if (target.type === 'ROLLBACK') return 'the target is of the execution type ROLLBACK';
  if (target.version !== version) return 'the pipeline version has changed since the target execution was started';
  if (!succeededIn(target, stage)) return 'the target execution was not successful in this stage';
  if (pipeline.stages.get(stage)?.occupant !== undefined) return 'the stage is currently running';
  return undefined;
}

export function succeededIn(execution: Execution, stage: string): boolean {
  return execution.runs.some(run => run.stage === stage && run.status === 'Succeeded');
}

export function isRollbackStage({ pipeline, type }: Execution, stage: string): boolean {
  const declared = pipeline.declaration.stages?.find(each => each.name === stage);
  return type === 'STANDARD' && declared?.onFailure?.result === 'ROLLBACK';
}

/** CodePipeline looks at a failed stage a moment later. An inference: the documentation names no time. */
const noticing = 5_000;

/** To the most recent execution that succeeded in the stage, in the same structure; without any, nothing happens. */
export function rollBackByItself(engine: Engine, failed: Execution, stage: string): void {
  const { pipeline } = failed;
  const target = pipeline.executions.findLast(
    each => each.type === 'STANDARD' && each.version === pipeline.declaration.version && succeededIn(each, stage),
  );
  if (target === undefined) return;
  engine.clock.at(engine.clock.now() + noticing, () => {
    const triggerDetail = JSON.stringify({ FailedPipelineExecutionId: failed.id });
    engine.start(pipeline, {
      trigger: { triggerType: 'AutomatedRollback', triggerDetail },
      target: { execution: target, stage },
    });
  });
}
