import { ServiceError } from '../../wire/service.ts';
import { endAction } from './actions.ts';
import type { Engine } from './engine.ts';
import { actionEnded } from './progress.ts';
import type { ActionRun, Pipeline, StageRun } from './state.ts';

export interface Answer {
  readonly stage: string;
  readonly action: string;
  readonly token: string;
  readonly status: 'Approved' | 'Rejected';
  readonly summary: string;
  readonly by: string;
}

/** https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_PutApprovalResult.html */
export function answerApproval(engine: Engine, pipeline: Pipeline, answer: Answer): void {
  const declared = pipeline.declaration.stages?.find(each => each.name === answer.stage)?.actions ?? [];
  if (!declared.some(each => each.name === answer.action)) {
    throw new ServiceError(
      'ActionNotFoundException',
      `Action '${answer.action}' does not exist in stage '${answer.stage}'`,
    );
  }
  const open = openApproval(pipeline, answer.stage, answer.action);
  if (open === undefined) {
    throw new ServiceError(
      'ApprovalAlreadyCompletedException',
      `The approval ${answer.action} has been answered already.`,
    );
  }
  if (open.run.token !== answer.token) {
    throw new ServiceError('InvalidApprovalTokenException', 'The approval token is invalid.');
  }
  const { run, stageRun } = open;
  run.cancel();
  run.updatedBy = answer.by;
  run.summary = answer.summary;
  // Its shape is documented, its words are not.
  if (answer.status === 'Rejected') run.error = { code: 'JobFailed', message: `Rejected by ${answer.by}` };
  endAction(engine, run, answer.status === 'Approved' ? 'Succeeded' : 'Failed');
  actionEnded(engine, stageRun);
}

export function openApproval(
  pipeline: Pipeline,
  stage: string,
  action: string,
): { readonly run: ActionRun; readonly stageRun: StageRun } | undefined {
  for (const stageRun of pipeline.executions.flatMap(execution => execution.runs)) {
    const run = stageRun.actions.find(each => each.declaration.name === action && each.token !== undefined);
    if (stageRun.stage === stage && run !== undefined) return { run, stageRun };
  }
  return undefined;
}
