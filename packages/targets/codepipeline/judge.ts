import type { ActionExecutionDetail, PipelineExecution } from '#aws/codepipeline';
import { formatDuration } from '#core/duration';
import type { Outcome } from '#core/outcome';
import type { Reason } from '#core/reasons';
import { sentence } from '#core/report/sentence';
import { shortId } from './context.ts';
import type { Wanted } from './structure.ts';

/** Everything that is known of one execution at one moment. */
export interface ExecutionFacts {
  readonly pipeline: string;
  readonly execution: PipelineExecution;
  /** The newest first. */
  readonly actions: readonly ActionExecutionDetail[];
  /** Absent for an execution that goes back. */
  readonly wanted: Wanted | undefined;
  readonly now: number;
  readonly deadline: number;
}

export type Judgement =
  | { readonly kind: 'going' }
  | {
      /** `hopeless`: given up on while CodePipeline still works at it. */
      readonly kind: 'ended' | 'hopeless';
      readonly outcome: Outcome;
      readonly reason: Reason;
      readonly message: string;
    };

/** The verdict on an execution, from its own status: never from what the pipeline looks like. */
export function judgeExecution(facts: ExecutionFacts): Judgement {
  const { execution, pipeline, now, deadline } = facts;
  const name = `execution ${shortId(execution.pipelineExecutionId)} of ${pipeline}`;
  switch (execution.status) {
    case 'Succeeded': {
      const other = anotherRevision(facts, name, 'ended');
      return other ?? { kind: 'ended', outcome: 'succeeded', reason: 'deployed', message: `The ${name} succeeded.` };
    }
    case 'Failed':
      return { kind: 'ended', ...judgeFailure(facts, name) };
    case 'Stopped':
      return {
        kind: 'ended',
        outcome: 'stopped',
        reason: 'stopped-by-person',
        message: `Somebody stopped the ${name}${whereItWas(facts)}${because(execution)}.`,
      };
    case 'Superseded':
      return {
        kind: 'ended',
        outcome: 'superseded',
        reason: 'superseded-by-another',
        message: `A newer execution took the place of the ${name}${because(execution)}.`,
      };
    case 'Cancelled':
      return {
        kind: 'ended',
        outcome: 'stopped',
        reason: 'pipeline-changed',
        message: `The ${name} was cancelled${whereItWas(facts)}: the structure of the pipeline was changed meanwhile.`,
      };
    default: {
      const other = anotherRevision(facts, name, 'hopeless');
      if (other !== undefined) return other;
      if (now < deadline) return { kind: 'going' };
      const over = now > deadline ? ` (${formatDuration(now - deadline)} ago)` : '';
      const message = `The time for the ${name} is up${over}: it is ${execution.status ?? 'unknown'}${whereItWas(facts)}.`;
      return { kind: 'hopeless', outcome: 'timed-out', reason: 'timed-out', message };
    }
  }
}

/** A start without an override takes whatever the branch holds by then. */
function anotherRevision(facts: ExecutionFacts, name: string, kind: 'ended' | 'hopeless'): Judgement | undefined {
  const { wanted, execution, actions } = facts;
  if (wanted === undefined) return undefined;
  const taken = actions.find(
    action => action.actionName === wanted.source.action && action.input?.actionTypeId?.category === 'Source',
  );
  if (taken?.status !== 'Succeeded') return undefined;
  const revisions = (execution.artifactRevisions ?? []).flatMap(each => each.revisionId ?? []);
  if (revisions.length === 0 || revisions.includes(wanted.revision)) return undefined;
  const message = `The ${name} took the revision ${revisions.join(', ')} and not ${wanted.revision}.`;
  return { kind, outcome: 'superseded', reason: 'revision-differs', message };
}

function judgeFailure(facts: ExecutionFacts, name: string) {
  const failed = failedActions(facts.actions);
  const [first] = failed;
  const texts = failed.map(describeFailure);
  const what = texts.length > 0 ? texts.join('; ') : 'CodePipeline names no action';
  const status = facts.execution.statusSummary === undefined ? '' : ` (${facts.execution.statusSummary})`;
  if (first !== undefined && failed.every(isApproval)) {
    const message = `The ${name} ended at an approval: ${sentence(what)}`;
    return { outcome: 'stopped', reason: 'approval-rejected', message } as const;
  }
  const message = `The ${name} failed${status}: ${sentence(what)}`;
  return { outcome: 'failed', reason: 'pipeline-action-failed', message } as const;
}

/** The last run of each action counts: a stage may have been tried again. The one that failed first comes first. */
export function failedActions(actions: readonly ActionExecutionDetail[]): readonly ActionExecutionDetail[] {
  return lastRuns(actions)
    .filter(action => action.status === 'Failed')
    .toSorted((one, other) => timeOf(one) - timeOf(other));
}

export function actionsAtWork(actions: readonly ActionExecutionDetail[]): readonly ActionExecutionDetail[] {
  return lastRuns(actions).filter(action => action.status === 'InProgress');
}

function lastRuns(actions: readonly ActionExecutionDetail[]): readonly ActionExecutionDetail[] {
  const newest = actions.toSorted((one, other) => (other.startTime?.getTime() ?? 0) - (one.startTime?.getTime() ?? 0));
  return newest.filter((action, index) => newest.findIndex(other => pathOf(other) === pathOf(action)) === index);
}

function timeOf({ lastUpdateTime }: ActionExecutionDetail): number {
  return lastUpdateTime?.getTime() ?? 0;
}

export function isApproval({ input }: ActionExecutionDetail): boolean {
  return input?.actionTypeId?.category === 'Approval';
}

/** `Deploy / Stack` */
export function pathOf({ stageName, actionName }: ActionExecutionDetail): string {
  return `${stageName ?? '?'} / ${actionName ?? '?'}`;
}

/** `Deploy / Stack failed, JobFailed: no such subnet` */
export function describeFailure(action: ActionExecutionDetail): string {
  const { errorDetails, externalExecutionSummary: summary } = action.output?.executionResult ?? {};
  if (isApproval(action)) {
    const by = action.updatedBy === undefined ? 'was not approved' : `was rejected by ${action.updatedBy}`;
    return [`${pathOf(action)} ${by}`, summary].filter(part => part !== undefined && part !== '').join(': ');
  }
  const { code, message } = errorDetails ?? {};
  const why = [message ?? summary].flatMap(part => part ?? []);
  return [`${pathOf(action)} failed${code === undefined ? '' : `, ${code}`}`, ...why].join(': ').replace(/\.$/, '');
}

function whereItWas({ actions }: ExecutionFacts): string {
  const atWork = actionsAtWork(actions).map(pathOf);
  return atWork.length === 0 ? '' : `, at ${atWork.join(', ')}`;
}

function because({ statusSummary }: PipelineExecution): string {
  return statusSummary === undefined ? '' : `: ${statusSummary.replace(/\.$/, '')}`;
}
