import { type Engine, newId } from './engine.ts';
import { arrive } from './progress.ts';
import { type Execution, type Pipeline, type Start, stageNames } from './state.ts';

export function startExecution(engine: Engine, pipeline: Pipeline, start: Start): Execution {
  const { trigger, overrides = new Map(), variables = [], target } = start;
  const now = engine.clock.now();
  const execution: Execution = {
    pipeline,
    id: newId(engine, 'execution'),
    version: pipeline.declaration.version ?? 1,
    mode: pipeline.declaration.executionMode ?? 'SUPERSEDED',
    type: target === undefined ? 'STANDARD' : 'ROLLBACK',
    startedAt: now,
    updatedAt: now,
    status: 'InProgress',
    statusSummary: undefined,
    trigger,
    stopReason: undefined,
    rollbackTarget: target?.execution.id,
    revisions: target === undefined ? [] : [...target.execution.revisions],
    variables: target?.execution.variables ?? variables,
    overrides,
    runs: [],
  };
  pipeline.executions.push(execution);
  const first = target?.stage ?? stageNames(pipeline)[0];
  if (first !== undefined) arrive(engine, execution, first);
  return execution;
}
