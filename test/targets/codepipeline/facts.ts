import type { ActionExecutionDetail, PipelineExecution, PipelineExecutionSummary } from '#aws/codepipeline';
import type { ExecutionFacts } from '#targets/codepipeline/judge';
import type { Wanted } from '#targets/codepipeline/structure';

export const START = Date.parse('2026-11-17T00:00:00.000Z');
export const MINUTE = 60_000;
export const commit = 'a'.repeat(40);
export const another = 'b'.repeat(40);
const id = '0a0b0c0d-0000-4000-8000-000000000001';

export const wanted: Wanted = {
  source: { action: 'GitHub', revisionType: 'COMMIT_ID', detectsChanges: true },
  revision: commit,
};

/** `Deploy/Stack Failed`; the category is told by the stage: Source, Approve, anything else deploys. */
export function actionOf(text: string, change: Partial<ActionExecutionDetail> = {}, at = 1): ActionExecutionDetail {
  const [path = '', status] = text.split(' ');
  const [stageName = '', actionName = ''] = path.split('/');
  const category = stageName === 'Source' ? 'Source' : stageName === 'Approve' ? 'Approval' : 'Deploy';
  return {
    actionExecutionId: `${text}-${at}`,
    stageName,
    actionName,
    status: status as ActionExecutionDetail['status'],
    startTime: new Date(START + at * MINUTE),
    lastUpdateTime: new Date(START + at * MINUTE + 30_000),
    input: { actionTypeId: { category, owner: 'AWS', provider: 'Any', version: '1' } },
    ...change,
  };
}

export function factsOf(
  status: PipelineExecution['status'],
  actions: readonly ActionExecutionDetail[] = [],
  change: Partial<ExecutionFacts> = {},
  execution: Partial<PipelineExecution> = {},
): ExecutionFacts {
  return {
    pipeline: 'web',
    execution: {
      pipelineExecutionId: id,
      status,
      artifactRevisions: [{ name: 'SourceArtifact', revisionId: commit }],
      ...execution,
    },
    actions,
    wanted,
    now: START + 5 * MINUTE,
    deadline: START + 30 * MINUTE,
    ...change,
  };
}

/** `InProgress a` took commit a, `Failed` does not say what it took. */
export function summaryOf(
  pipelineExecutionId: string,
  text: string,
  change: Partial<PipelineExecutionSummary> = {},
): PipelineExecutionSummary {
  const [status, revision] = text.split(' ');
  const sha = { a: commit, b: another }[revision ?? ''];
  return {
    pipelineExecutionId,
    status: status as PipelineExecutionSummary['status'],
    executionType: 'STANDARD',
    sourceRevisions: sha === undefined ? [] : [{ actionName: 'GitHub', revisionId: sha }],
    trigger: { triggerType: 'WebhookV2' },
    ...change,
  };
}
