import type { CodeBuild } from '#aws/codebuild';
import type { ActionExecutionDetail, CodePipeline, PipelineExecution } from '#aws/codepipeline';
import type { Logs } from '#aws/logs';
import type { Rhythm } from '#aws/rhythm';
import type { Clock, Random } from '#core/clock';
import type { Progress } from '#core/target';

/** An execution with the runs of its actions, as they were read in one beat. */
export interface Seen {
  readonly execution: PipelineExecution;
  /** The newest first. */
  readonly actions: readonly ActionExecutionDetail[];
}

/** What the parts of the driver share. */
export interface PipelineContext {
  readonly pipelines: CodePipeline;
  /** Loaded only when something failed; of the region that an action ran in. */
  readonly builds: (region: string) => Promise<CodeBuild>;
  readonly logs: (region: string) => Promise<Logs>;
  readonly clock: Clock;
  readonly random: Random;
  readonly region: string;
  /** Keyed by `pipeline/execution id`. */
  readonly executions: Rhythm<Seen>;
  readonly report: (progress: Progress) => void;
  /** Aborted when the run is cancelled. */
  readonly signal: AbortSignal;
  readonly runToken: string;
}

/** Between two looks at an execution, in ms: its end is known four seconds later on average. */
export const beat = 8_000;

/** The first characters of an id, as people tell executions apart. */
export function shortId(id: string | undefined): string {
  return id?.split('-')[0] ?? 'unknown';
}

/** Where people look at a pipeline. */
export function consoleLink(region: string, pipeline: string, execution?: string): string {
  const base = `https://${region}.console.aws.amazon.com/codesuite/codepipeline/pipelines/${encodeURIComponent(pipeline)}`;
  return execution === undefined
    ? `${base}/view?region=${region}`
    : `${base}/executions/${execution}/timeline?region=${region}`;
}
