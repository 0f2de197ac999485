import type { Snapshot } from '#core/receipt';

/** The last good execution of one stage. */
export interface StageSnapshot {
  readonly stage: string;
  /** Of the type STANDARD: CodePipeline goes back to no other. */
  readonly execution: string;
  /** What it took, by source action: for people, and for a release of the same when no rollback is possible. */
  readonly revisions: Readonly<Record<string, string>>;
}

export interface PipelineState {
  readonly pipeline: string;
  /** In the order of the pipeline. */
  readonly stages: readonly StageSnapshot[];
}

const schema = 1;

export function pipelineSnapshot(state: PipelineState): Snapshot {
  return { target: 'codepipeline', schema, state: { ...state } };
}

/** Reads a snapshot of the journal; undefined where it is of another target, or newer than this version understands. */
export function readPipelineSnapshot(snapshot: Snapshot): PipelineState | undefined {
  const { pipeline, stages } = snapshot.state;
  if (snapshot.target !== 'codepipeline' || snapshot.schema !== schema) return undefined;
  if (typeof pipeline !== 'string' || !Array.isArray(stages) || !stages.every(isStageSnapshot)) return undefined;
  return { pipeline, stages };
}

function isStageSnapshot(value: unknown): value is StageSnapshot {
  if (typeof value !== 'object' || value === null) return false;
  const entry = value as Partial<Record<keyof StageSnapshot, unknown>>;
  return (
    typeof entry.stage === 'string' &&
    typeof entry.execution === 'string' &&
    typeof entry.revisions === 'object' &&
    entry.revisions !== null
  );
}
