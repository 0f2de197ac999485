/** Runs and jobs, as the workflow runner writes them; part of `ports.ts`. */

export type RunStatus = 'queued' | 'in_progress' | 'completed' | 'waiting' | 'requested' | 'pending';
export type Conclusion =
  | 'success'
  | 'failure'
  | 'cancelled'
  | 'skipped'
  | 'timed_out'
  | 'action_required'
  | 'neutral'
  | 'startup_failure'
  | 'stale';

export interface NewRun {
  /** The id that an event announced (`WorldEvent.runId`), otherwise a new one. */
  readonly id?: number;
  /** `.github/workflows/release.yml` */
  readonly path: string;
  /** The workflow's `name`, or its path. */
  readonly workflowName: string;
  /** `run-name`, or what GitHub takes instead (the commit's first line, the workflow's name). */
  readonly title: string;
  readonly event: string;
  /** Full ref, as GITHUB_REF. */
  readonly ref: string;
  readonly sha: string;
  readonly actor: string;
  readonly triggeringActor?: string;
  readonly referencedWorkflows?: readonly ReferencedWorkflow[];
  readonly pullRequests?: readonly number[];
}

export interface ReferencedWorkflow {
  /** `owner/repo/.github/workflows/release.yml@v1` */
  readonly path: string;
  readonly sha: string;
  readonly ref?: string;
}

export interface RunChange {
  readonly status?: RunStatus;
  readonly conclusion?: Conclusion;
  readonly title?: string;
  readonly referencedWorkflows?: readonly ReferencedWorkflow[];
}

export interface Run {
  readonly id: number;
  readonly repository: string;
  readonly number: number;
  readonly attempt: number;
  readonly workflowId: number;
  readonly path: string;
  readonly workflowName: string;
  readonly title: string;
  readonly event: string;
  readonly ref: string;
  readonly sha: string;
  readonly actor: string;
  readonly triggeringActor: string;
  readonly status: RunStatus;
  readonly conclusion: Conclusion | undefined;
  readonly referencedWorkflows: readonly ReferencedWorkflow[];
  readonly pullRequests: readonly number[];
  readonly checkSuiteId: number;
  readonly createdAt: number;
  /** Start of the present attempt. */
  readonly startedAt: number;
  readonly updatedAt: number;
}

export interface NewArtifact {
  readonly runId: number;
  readonly name: string;
  /** The zip file. */
  readonly archive: Buffer;
  /** Days until GitHub deletes it. */
  readonly retention: number;
}

export interface NewJob {
  /** As the page shows it: `release / plan`, `test (20)`. */
  readonly name: string;
  readonly labels?: readonly string[];
  readonly runnerName?: string;
  /** A job that a re-run keeps from the earlier attempt: shown again with its times. */
  readonly keptFrom?: number;
  /** `environment.url` and the like are told with `updateJob`. */
  readonly environment?: string;
}

export interface JobStep {
  readonly name: string;
  readonly number: number;
  readonly status: 'queued' | 'in_progress' | 'completed';
  readonly conclusion?: Conclusion;
  readonly startedAt?: number;
  readonly completedAt?: number;
}

export interface JobChange {
  readonly status?: RunStatus;
  readonly conclusion?: Conclusion;
  readonly steps?: readonly JobStep[];
  readonly environmentUrl?: string;
  readonly annotations?: readonly Annotation[];
}

export interface Annotation {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly level: 'notice' | 'warning' | 'failure';
  readonly title?: string;
  readonly message: string;
}

export interface Job {
  /** Also the id of its check run. */
  readonly id: number;
  readonly runId: number;
  readonly attempt: number;
  readonly name: string;
  readonly status: RunStatus;
  readonly conclusion: Conclusion | undefined;
  readonly labels: readonly string[];
  readonly runnerName: string | undefined;
  readonly environment: string | undefined;
  readonly environmentUrl: string | undefined;
  readonly steps: readonly JobStep[];
  readonly annotations: readonly Annotation[];
  readonly createdAt: number;
  readonly startedAt: number | undefined;
  readonly completedAt: number | undefined;
}

/** Somebody asked for it; the runner does it. */
export type RunRequest =
  | {
      readonly kind: 'cancel';
      readonly repository: string;
      readonly runId: number;
      readonly by: string;
      readonly force: boolean;
    }
  | {
      readonly kind: 'rerun';
      readonly repository: string;
      readonly runId: number;
      readonly by: string;
      readonly only: 'all' | 'failed';
    }
  | {
      readonly kind: 'rerun';
      readonly repository: string;
      readonly runId: number;
      readonly by: string;
      readonly only: 'job';
      readonly jobId: number;
    };
