import { ServiceError } from '../../wire/service.ts';
import type { Engine } from './engine.ts';
import { takeOut } from './progress.ts';
import { type Execution, hasEnded } from './state.ts';

/** How long an execution is `Stopping` when nothing of it is at work any more. An inference. */
const stopping = 2_000;

/**
 * Stop and wait lets the actions that are at work come to their end; stop and abandon does not, and may follow the first.
 * Source: https://docs.aws.amazon.com/codepipeline/latest/userguide/concepts-how-it-works.html
 */
export function stopExecution(
  engine: Engine,
  execution: Execution,
  abandon: boolean,
  reason: string | undefined,
): void {
  const { name } = execution.pipeline.declaration;
  if (hasEnded(execution)) {
    const message = `Cannot stop the pipeline execution ${execution.id} of ${name}: it is ${execution.status}`;
    throw new ServiceError('PipelineExecutionNotStoppableException', message);
  }
  if (execution.status === 'Stopping' && !abandon) {
    const message = `The pipeline execution ${execution.id} of ${name} is already in a Stopping state`;
    throw new ServiceError('DuplicatedStopRequestException', message);
  }
  execution.status = 'Stopping';
  execution.stopReason = reason;
  execution.updatedAt = engine.clock.now();
  const run = execution.runs.at(-1);
  const atWork = run?.status === 'InProgress' && run.actions.some(action => action.status === 'InProgress');
  if (run?.status === 'InProgress') run.status = 'Stopping';
  if (atWork && !abandon) return;
  engine.clock.at(engine.clock.now() + stopping, () => {
    if (!hasEnded(execution)) takeOut(engine, execution, 'Stopped');
  });
}
