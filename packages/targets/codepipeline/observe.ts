import type { PipelineExecutionSummary, StageState } from '#aws/codepipeline';
import { unlessMissing } from '#aws/missing';
import type { Finding } from '#core/finding';
import type { PipelineContext } from './context.ts';
import type { PipelineState, StageSnapshot } from './snapshot.ts';
import { readStructure, type Structure } from './structure.ts';

export interface Observed {
  readonly structure: Structure;
  readonly pollingDisabled: boolean;
  readonly states: readonly StageState[];
  /** The newest first. */
  readonly recent: readonly PipelineExecutionSummary[];
  /** By stage that deploys: what was successful in it, the newest first. */
  readonly successes: ReadonlyMap<string, readonly PipelineExecutionSummary[]>;
}

/** How many executions are looked through, and how many successes of a stage. */
export const recentExecutions = 100;
const lookBack = 20;

/** The pipeline as it is. Undefined where there is none of that name. */
export async function observePipeline(
  { pipelines }: PipelineContext,
  name: string,
  stages: readonly string[],
): Promise<Observed | undefined> {
  const pipeline = await unlessMissing('PipelineNotFoundException', pipelines.pipeline(name));
  if (pipeline === undefined) return undefined;
  const { declaration, pollingDisabled } = pipeline;
  const structure = readStructure(declaration, stages);
  const states = await pipelines.stages(name);
  const recent = await pipelines.executions(name, recentExecutions);
  const successes = new Map<string, readonly PipelineExecutionSummary[]>();
  for (const stage of structure.deploying) successes.set(stage, await pipelines.executions(name, lookBack, stage));
  return { structure, pollingDisabled, states, recent, successes };
}

export function noSuchPipeline(name: string, region: string): Finding {
  return {
    reason: 'not-found',
    message: `There is no pipeline ${name} in ${region}.`,
    evidence: { pipeline: name, region },
    next: 'Correct the name, or check that account and region are those of the pipeline.',
    where: { kind: 'call', call: 'codepipeline:GetPipeline' },
  };
}

/** Transitions that somebody has closed: no execution gets past them. */
export function closedTransitions({ structure, states }: Pick<Observed, 'structure' | 'states'>): readonly Finding[] {
  return states.flatMap(({ stageName = '', inboundTransitionState: transition }) =>
    transition?.enabled === false
      ? [
          {
            reason: 'transition-closed' as const,
            message: `The transition to the stage ${stageName} of ${structure.name} is closed${closedBy(transition)}.`,
            evidence: { pipeline: structure.name, stage: stageName, by: transition.lastChangedBy ?? 'unknown' },
            where: { kind: 'call' as const, call: 'codepipeline:GetPipelineState' },
          },
        ]
      : [],
  );
}

export function closedBy({ lastChangedBy, disabledReason }: NonNullable<StageState['inboundTransitionState']>): string {
  const by = lastChangedBy === undefined ? '' : ` by ${lastChangedBy}`;
  return disabledReason === undefined ? by : `${by}: ${disabledReason}`;
}

/** What was last successful in each stage that deploys, leaving `except` out: an execution that is being followed. */
export function standingOf(observed: Observed, except?: string): PipelineState {
  const { structure, successes } = observed;
  return {
    pipeline: structure.name,
    stages: structure.deploying.flatMap(stage => {
      const others = successes.get(stage)?.filter(each => each.pipelineExecutionId !== except);
      const running = runsIn(observed, stage);
      const last = running?.pipelineExecutionId === except ? others?.[0] : (running ?? others?.[0]);
      return last === undefined ? [] : [stageSnapshot(stage, last)];
    }),
  };
}

function stageSnapshot(stage: string, execution: PipelineExecutionSummary): StageSnapshot {
  return {
    stage,
    execution: effective(execution),
    revisions: Object.fromEntries(
      (execution.sourceRevisions ?? []).map(({ actionName, revisionId }) => [actionName ?? '', revisionId ?? '']),
    ),
  };
}

/** A rollback brings what its target brought. */
export function effective({ rollbackMetadata, pipelineExecutionId = '' }: PipelineExecutionSummary): string {
  return rollbackMetadata?.rollbackTargetPipelineExecutionId ?? pipelineExecutionId;
}

/** What runs in a stage: the last execution that was in it, where that one was successful. Undefined where that is not so. */
export function runsIn(
  { structure, states, successes, recent }: Observed,
  stage: string,
): PipelineExecutionSummary | undefined {
  // Executions of PARALLEL mode are shown in no stage: the newest success is all that is known.
  if (structure.mode === 'PARALLEL') return successes.get(stage)?.[0];
  const latest = states.find(state => state.stageName === stage)?.latestExecution;
  if (latest?.status !== 'Succeeded') return undefined;
  return recent.find(each => each.pipelineExecutionId === latest.pipelineExecutionId);
}
