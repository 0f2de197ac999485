import type { PipelineExecutionSummary } from '#aws/codepipeline';
import type { Wanted } from './structure.ts';

/** What is known when an execution for the release is looked for. */
export interface Candidates {
  /** The newest first. */
  readonly executions: readonly PipelineExecutionSummary[];
  readonly wanted: Wanted;
  /** Those that were there when the change was planned. */
  readonly known: ReadonlySet<string>;
  readonly start: 'adopt' | 'start';
  readonly now: number;
  /** Until when the execution of a push is waited for. */
  readonly graceEnds: number;
  /** A run that was started again is a person’s decision to try again. */
  readonly firstAttempt: boolean;
}

export type Choice =
  /** An execution of this release is under way, or was within the last moments. */
  | { readonly kind: 'follow'; readonly execution: PipelineExecutionSummary }
  | { readonly kind: 'wait'; readonly why: string }
  | { readonly kind: 'start' };

/**
 * Which execution is that of the release: one that carries its revision. `sourceRevisions` fill only after the source stage, so an
 * open execution without any may be it: it is waited for, however long that takes, or there would be two.
 */
export function chooseExecution(candidates: Candidates): Choice {
  const { executions, known, start, now, graceEnds, firstAttempt } = candidates;
  const standard = executions.filter(execution => execution.executionType !== 'ROLLBACK');
  const newest = standard.find(execution => carries(execution, candidates.wanted));
  if (newest !== undefined) {
    // What is being stopped comes to no good end: a new one has to wait until it has come to it.
    const tryAgain = start === 'start' || !firstAttempt;
    if (newest.status === 'Stopping' && tryAgain) return { kind: 'wait', why: 'the execution that is being stopped' };
    if (isOpen(newest) || !known.has(newest.pipelineExecutionId ?? '')) return { kind: 'follow', execution: newest };
    // What the push has started has come to its end before we came: it is told as it is, not tried again behind its back.
    if (!tryAgain && endedBadly(newest) && !startedByHand(newest)) {
      return { kind: 'follow', execution: newest };
    }
  }
  const unknown = standard.filter(execution => isOpen(execution) && !isKnown(execution, candidates.wanted));
  if (unknown.length > 0) return { kind: 'wait', why: 'an execution that does not say its revision yet' };
  if (start === 'adopt' && now < graceEnds) return { kind: 'wait', why: 'the execution that the push starts' };
  return { kind: 'start' };
}

export function carries({ sourceRevisions = [] }: PipelineExecutionSummary, { source, revision }: Wanted): boolean {
  return sourceRevisions.some(({ actionName, revisionId }) => actionName === source.action && revisionId === revision);
}

function isKnown({ sourceRevisions = [] }: PipelineExecutionSummary, { source }: Wanted): boolean {
  return sourceRevisions.some(({ actionName }) => actionName === source.action);
}

/** `Stopping` is not the end (aws-codepipeline-action). */
export function isOpen({ status }: Pick<PipelineExecutionSummary, 'status'>): boolean {
  return status === 'InProgress' || status === 'Stopping';
}

function endedBadly({ status }: PipelineExecutionSummary): boolean {
  return status !== 'Succeeded';
}

function startedByHand({ trigger }: PipelineExecutionSummary): boolean {
  return trigger?.triggerType === 'StartPipelineExecution';
}
