import type * as model from '@aws-sdk/client-codepipeline';
import type { ActionRun, Execution, Pipeline, StageRun, StageSlot } from './state.ts';

/** As ListPipelineExecutions shows an execution. */
export function summaryView(execution: Execution): model.PipelineExecutionSummary {
  const { id, status, statusSummary, startedAt, updatedAt, trigger, stopReason, mode, type, revisions } = execution;
  return {
    pipelineExecutionId: id,
    status,
    ...(statusSummary === undefined ? {} : { statusSummary }),
    startTime: new Date(startedAt),
    lastUpdateTime: new Date(updatedAt),
    sourceRevisions: revisions.map(({ action, sha, summary, url }) => ({
      actionName: action,
      revisionId: sha,
      revisionSummary: summary,
      revisionUrl: url,
    })),
    trigger,
    ...(stopReason === undefined ? {} : { stopTrigger: { reason: stopReason } }),
    executionMode: mode,
    executionType: type,
    ...rollbackOf(execution),
  };
}

/** As GetPipelineExecution shows it. */
export function executionView(execution: Execution): model.PipelineExecution {
  const { pipeline, id, version, status, statusSummary, trigger, mode, type, revisions, variables } = execution;
  return {
    pipelineName: pipeline.declaration.name,
    pipelineVersion: version,
    pipelineExecutionId: id,
    status,
    ...(statusSummary === undefined ? {} : { statusSummary }),
    artifactRevisions: revisions.map(({ artifact, sha, summary, url, at }) => ({
      name: artifact,
      revisionId: sha,
      revisionSummary: summary,
      revisionUrl: url,
      created: new Date(at),
    })),
    variables: variablesOf(pipeline, variables),
    trigger,
    executionMode: mode,
    executionType: type,
    ...rollbackOf(execution),
  };
}

/** Every declared variable has a value: the given one, or its default. */
function variablesOf({ declaration }: Pipeline, given: Execution['variables']): model.ResolvedPipelineVariable[] {
  return (declaration.variables ?? []).map(({ name, defaultValue }) => ({
    name,
    resolvedValue: given.find(each => each.name === name)?.value ?? defaultValue,
  }));
}

function rollbackOf({ rollbackTarget }: Execution) {
  return rollbackTarget === undefined
    ? {}
    : { rollbackMetadata: { rollbackTargetPipelineExecutionId: rollbackTarget } };
}

/** As ListActionExecutions shows it. */
export function actionDetail({ execution, stage }: StageRun, run: ActionRun): model.ActionExecutionDetail {
  const { declaration, externalId, externalUrl, error, logStreamArn, summary } = run;
  const { configuration = {}, outputArtifacts, inputArtifacts } = declaration;
  return {
    pipelineExecutionId: execution.id,
    actionExecutionId: run.id,
    pipelineVersion: execution.version,
    stageName: stage,
    actionName: declaration.name,
    startTime: new Date(run.startedAt),
    lastUpdateTime: new Date(run.updatedAt),
    ...(run.updatedBy === undefined ? {} : { updatedBy: run.updatedBy }),
    status: run.status,
    input: {
      actionTypeId: declaration.actionTypeId,
      configuration,
      resolvedConfiguration: configuration,
      region: declaration.region ?? execution.pipeline.region,
      inputArtifacts: (inputArtifacts ?? []).map(({ name }) => ({ name })),
    },
    output: {
      outputArtifacts: run.status === 'Succeeded' ? (outputArtifacts ?? []).map(({ name }) => ({ name })) : [],
      executionResult: {
        ...(externalId === undefined ? {} : { externalExecutionId: externalId }),
        ...(externalUrl === undefined ? {} : { externalExecutionUrl: externalUrl }),
        ...(summary === undefined ? {} : { externalExecutionSummary: summary }),
        ...(error === undefined ? {} : { errorDetails: error }),
        ...(logStreamArn === undefined ? {} : { logStreamARN: logStreamArn }),
      },
    },
  };
}

/** As GetPipelineState shows it. Executions of PARALLEL mode are shown in no stage. */
export function stateView(pipeline: Pipeline): model.GetPipelineStateOutput {
  const { declaration, createdAt, updatedAt } = pipeline;
  return {
    pipelineName: declaration.name,
    pipelineVersion: declaration.version,
    created: new Date(createdAt),
    updated: new Date(updatedAt),
    stageStates: [...pipeline.stages].map(([name, slot], index) => stageView(pipeline, name, slot, index > 0)),
  };
}

function stageView(pipeline: Pipeline, name: string, slot: StageSlot, inbound: boolean): model.StageState {
  const shown = pipeline.declaration.executionMode !== 'PARALLEL';
  const waiting: model.StageExecution[] = shown
    ? slot.waiting.map(({ id, type }) => ({ pipelineExecutionId: id, status: 'InProgress', type }))
    : [];
  const latest = shown ? slot.latest : undefined;
  const declared = pipeline.declaration.stages?.find(stage => stage.name === name)?.actions ?? [];
  const [first] = waiting;
  return {
    stageName: name,
    ...(first === undefined ? {} : { inboundExecution: first }),
    inboundExecutions: waiting,
    // The first stage has no transition before it that could be closed.
    ...(inbound ? { inboundTransitionState: transitionView(slot) } : {}),
    actionStates: declared.map(({ name: actionName }) =>
      actionState(
        actionName,
        latest?.actions.find(run => run.declaration.name === actionName),
      ),
    ),
    ...(latest === undefined
      ? {}
      : {
          latestExecution: {
            pipelineExecutionId: latest.execution.id,
            status: latest.status,
            type: latest.execution.type,
          },
        }),
  };
}

function transitionView({ transition }: StageSlot): model.TransitionState {
  const { enabled, by, at, reason } = transition;
  return {
    enabled,
    ...(by === undefined ? {} : { lastChangedBy: by }),
    ...(at === undefined ? {} : { lastChangedAt: new Date(at) }),
    ...(reason === undefined ? {} : { disabledReason: reason }),
  };
}

function actionState(actionName: string | undefined, run: ActionRun | undefined): model.ActionState {
  if (run === undefined) return { actionName };
  const { id, status, summary, updatedAt, updatedBy, token, externalId, externalUrl, error, logStreamArn } = run;
  return {
    actionName,
    latestExecution: {
      actionExecutionId: id,
      status,
      lastStatusChange: new Date(updatedAt),
      ...(summary === undefined ? {} : { summary }),
      ...(updatedBy === undefined ? {} : { lastUpdatedBy: updatedBy }),
      ...(token === undefined ? {} : { token }),
      ...(externalId === undefined ? {} : { externalExecutionId: externalId }),
      ...(externalUrl === undefined ? {} : { externalExecutionUrl: externalUrl }),
      ...(error === undefined ? {} : { errorDetails: error }),
      ...(logStreamArn === undefined ? {} : { logStreamARN: logStreamArn }),
    },
  };
}
