import { endAction, startAction } from './actions.ts';
import type { Engine } from './engine.ts';
import { isRollbackStage, rollBackByItself } from './rollback.ts';
import { type Execution, hasEnded, type StageRun, stageNames } from './state.ts';

/**
 * An execution arrives before a stage. One execution at a time is in a stage; in SUPERSEDED mode a newer one takes the place of
 * whoever waits, in QUEUED mode they wait in line, in PARALLEL mode nobody waits.
 * Source: https://docs.aws.amazon.com/codepipeline/latest/userguide/concepts-how-it-works.html
 */
export function arrive(engine: Engine, execution: Execution, stage: string): void {
  const slot = slotOf(execution, stage);
  execution.updatedAt = engine.clock.now();
  if (execution.mode === 'PARALLEL') {
    if (slot.transition.enabled) enter(engine, execution, stage);
    else slot.waiting.push(execution);
    return;
  }
  if (execution.mode === 'SUPERSEDED') {
    for (const older of slot.waiting.splice(0)) supersede(engine, older, execution);
  }
  slot.waiting.push(execution);
  admit(engine, execution, stage);
}

/** Lets the next one in, if the stage is free and its transition open. */
export function admit(engine: Engine, { pipeline, mode }: Pick<Execution, 'pipeline' | 'mode'>, stage: string): void {
  const slot = pipeline.stages.get(stage);
  if (slot === undefined || !slot.transition.enabled) return;
  if (mode === 'PARALLEL') {
    for (const waiting of slot.waiting.splice(0)) enter(engine, waiting, stage);
    return;
  }
  if (slot.occupant !== undefined) return;
  const next = slot.waiting.shift();
  if (next !== undefined) enter(engine, next, stage);
}

export function enter(engine: Engine, execution: Execution, stage: string): void {
  const slot = slotOf(execution, stage);
  const run: StageRun = { execution, stage, status: 'InProgress', actions: [] };
  if (execution.mode !== 'PARALLEL') slot.occupant = execution;
  slot.latest = run;
  execution.runs.push(run);
  execution.updatedAt = engine.clock.now();
  startNextActions(engine, run);
}

/** Actions of one runOrder run side by side; the next order begins when all of them have succeeded. */
function startNextActions(engine: Engine, run: StageRun): void {
  const declared = declaredActions(run);
  const left = declared.filter(action => !run.actions.some(each => each.declaration.name === action.name));
  if (left.length === 0) {
    endStage(engine, run, 'Succeeded');
    return;
  }
  const order = Math.min(...left.map(orderOf));
  for (const declaration of left.filter(action => orderOf(action) === order)) {
    startAction(engine, run, declaration, () => actionEnded(engine, run));
  }
}

function declaredActions({ execution, stage }: StageRun) {
  const found = execution.pipeline.declaration.stages?.find(each => each.name === stage);
  return (found?.actions ?? []).map(action => ({ ...action, name: action.name ?? '' }));
}

function orderOf({ runOrder = 1 }: { readonly runOrder?: number | undefined }): number {
  return runOrder;
}

export function actionEnded(engine: Engine, run: StageRun): void {
  const { execution, actions } = run;
  execution.updatedAt = engine.clock.now();
  // What runs beside a failed action is let come to its end.
  if (run.status !== 'InProgress' && run.status !== 'Stopping') return;
  if (actions.some(action => action.status === 'InProgress')) return;
  if (execution.status === 'Stopping') endStage(engine, run, 'Stopped');
  else if (actions.some(action => action.status !== 'Succeeded')) endStage(engine, run, 'Failed');
  else startNextActions(engine, run);
}

export function endStage(engine: Engine, run: StageRun, status: StageRun['status']): void {
  const { execution, stage } = run;
  run.status = status;
  execution.updatedAt = engine.clock.now();
  if (status === 'Succeeded') leaveWell(engine, run);
  else endExecution(engine, execution, status === 'Failed' ? 'Failed' : 'Stopped');
  leave(engine, execution, stage);
  if (status === 'Failed' && isRollbackStage(execution, stage)) rollBackByItself(engine, execution, stage);
}

/** The stage is free for the next one. */
function leave(engine: Engine, execution: Execution, stage: string): void {
  const slot = slotOf(execution, stage);
  if (slot.occupant === execution) slot.occupant = undefined;
  admit(engine, execution, stage);
}

/** A rollback is of one stage; it goes no further. */
function leaveWell(engine: Engine, { execution, stage }: StageRun): void {
  const names = stageNames(execution.pipeline);
  const next = names[names.indexOf(stage) + 1];
  if (execution.type === 'ROLLBACK' || next === undefined) endExecution(engine, execution, 'Succeeded');
  else arrive(engine, execution, next);
}

export function endExecution(engine: Engine, execution: Execution, status: Execution['status']): void {
  if (hasEnded(execution)) return;
  execution.status = status;
  execution.updatedAt = engine.clock.now();
}

function supersede(engine: Engine, older: Execution, newer: Execution): void {
  older.statusSummary = `Execution superseded by ${newer.id}`;
  endExecution(engine, older, 'Superseded');
}

/** Takes the execution out of wherever it is; its actions come to no end of their own any more. */
export function takeOut(engine: Engine, execution: Execution, status: 'Stopped' | 'Cancelled'): void {
  for (const slot of execution.pipeline.stages.values()) {
    const index = slot.waiting.indexOf(execution);
    if (index >= 0) slot.waiting.splice(index, 1);
  }
  endExecution(engine, execution, status);
  const run = execution.runs.at(-1);
  if (run === undefined || (run.status !== 'InProgress' && run.status !== 'Stopping')) return;
  for (const action of run.actions.filter(each => each.status === 'InProgress')) {
    action.cancel();
    endAction(engine, action, 'Abandoned');
  }
  run.status = status;
  leave(engine, execution, run.stage);
}

function slotOf({ pipeline }: Execution, stage: string) {
  const slot = pipeline.stages.get(stage);
  if (slot === undefined) throw new Error(`${pipeline.declaration.name} has no stage ${stage}`);
  return slot;
}
