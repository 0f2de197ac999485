import type { Result } from '../language/conditions.ts';
import type { Value } from '../language/expressions.ts';
import type { CancelScope } from './cancellation.ts';
import type { LoadedJob, LoadedWorkflow } from './load.ts';
import type { MatrixLeg, Strategy } from './matrix.ts';
import type { JobOutcome, RunState } from './run-state.ts';

/** One running of a workflow file: the run's own, or one call of a reusable workflow. */
export interface WorkflowInstance {
  readonly loaded: LoadedWorkflow;
  /** Key of the calling job with a slash; empty at the top. */
  readonly prefix: string;
  /** `release / ` */
  readonly namePrefix: string;
  readonly caller?: string;
  readonly inputs: Readonly<Record<string, Value>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** Whether secrets of environments reach its jobs: at the top, and below as long as every call inherits. */
  readonly seesEnvironmentSecrets: boolean;
  /** Concurrency groups that the run and its calls hold around it, in lower case. */
  readonly heldGroups: ReadonlySet<string>;
  readonly cancel: CancelScope;
  /** A re-run runs everything below a job that ran again. */
  readonly fresh: boolean;
}

/** One job of an instance with what it was told by the jobs before it. */
export interface JobNode {
  readonly run: RunState;
  readonly instance: WorkflowInstance;
  readonly job: LoadedJob;
  /** `needs` of the job, by id. */
  readonly needs: ReadonlyMap<string, JobOutcome>;
  /** All jobs that it depends on. */
  readonly ancestors: ReadonlyMap<string, Result>;
  readonly key: string;
  readonly fresh: boolean;
}

/** One combination of a matrix. */
export interface Leg {
  readonly index: number;
  readonly values: MatrixLeg;
  readonly total: number;
  readonly strategy: Strategy;
}
