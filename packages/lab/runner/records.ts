/** What a run leaves behind, as data: enough to draw everything that a person sees of it on GitHub. Times are lab time. */
import type { Conclusion, Permissions, RunStatus } from '../github/ports.ts';

export interface RunRecord {
  readonly id: number;
  readonly number: number;
  readonly attempt: number;
  readonly repository: string;
  readonly workflow: { readonly path: string; readonly name: string; readonly sha: string };
  readonly title: string;
  readonly event: string;
  readonly ref: string;
  readonly sha: string;
  readonly actor: string;
  readonly triggeringActor: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly referencedWorkflows: readonly { readonly path: string; readonly sha: string }[];
  readonly status: RunStatus;
  readonly conclusion?: Conclusion;
  readonly createdAt: number;
  readonly completedAt?: number;
  readonly waits: readonly WaitRecord[];
  readonly jobs: readonly JobRecord[];
  /** Of the run itself: why it could not start, why it was cancelled. */
  readonly annotations: readonly AnnotationRecord[];
}

export interface JobRecord {
  /** The job's id on GitHub; undefined for a calling job, which has no job of its own there. */
  readonly id?: number;
  /** Stable over attempts: `release/plan`, `test[0]`. */
  readonly key: string;
  /** As shown: `release / plan`, `test (20)`. */
  readonly name: string;
  /** Keys of the jobs that it waits for. */
  readonly needs: readonly string[];
  readonly kind: 'steps' | 'call';
  /** Key of the calling job that it belongs to. */
  readonly caller?: string;
  readonly status: RunStatus;
  readonly conclusion?: Conclusion;
  readonly environment?: { readonly name: string; readonly deployment: boolean; readonly url?: string };
  readonly permissions: Permissions;
  readonly matrix?: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, string>>;
  /** The attempt that ran it: earlier than the run's when a re-run kept it. */
  readonly attempt: number;
  readonly createdAt: number;
  readonly startedAt?: number;
  readonly completedAt?: number;
  readonly waits: readonly WaitRecord[];
  readonly steps: readonly StepRecord[];
  readonly annotations: readonly AnnotationRecord[];
}

export interface WaitRecord {
  readonly for: 'concurrency' | 'environment';
  /** The group, or the environment and its reviewers. */
  readonly detail: string;
  readonly from: number;
  readonly until?: number;
  /** Who or what ended it. */
  readonly ended?: string;
}

export type StepResult = 'success' | 'failure' | 'cancelled' | 'skipped';

export interface StepRecord {
  readonly number: number;
  readonly name: string;
  readonly id: string;
  readonly status: 'queued' | 'in_progress' | 'completed';
  /** Before `continue-on-error`. */
  readonly outcome?: StepResult;
  readonly conclusion?: StepResult;
  readonly startedAt?: number;
  readonly completedAt?: number;
  readonly log: readonly LogLine[];
  readonly outputs: Readonly<Record<string, string>>;
  /** Markdown, masked; empty when the step wrote none. */
  readonly summary: string;
}

export interface LogLine {
  readonly at: number;
  readonly kind: 'text' | 'command' | 'group' | 'endgroup' | 'debug' | 'notice' | 'warning' | 'error';
  readonly text: string;
}

export interface AnnotationRecord {
  readonly level: 'notice' | 'warning' | 'failure';
  readonly message: string;
  readonly title?: string;
  /** `.github` when the command named no file, as GitHub shows it. */
  readonly file: string;
  readonly line: number;
  readonly endLine: number;
  readonly column?: number;
  readonly endColumn?: number;
  /** Name of the step that it comes from. */
  readonly step?: string;
}

/** Live narration. `run`, `job`, `step` are the records as they are at that moment. */
export type RunnerEvent = { readonly at: number; readonly run: RunRecord } & (
  | { readonly kind: 'run-created' | 'run-started' | 'run-completed' | 'run-attempt' }
  | { readonly kind: 'run-waits'; readonly wait: WaitRecord }
  | { readonly kind: 'job-created' | 'job-started' | 'job-completed'; readonly job: JobRecord }
  | { readonly kind: 'job-waits'; readonly job: JobRecord; readonly wait: WaitRecord }
  | { readonly kind: 'step-started' | 'step-completed'; readonly job: JobRecord; readonly step: StepRecord }
  | { readonly kind: 'log'; readonly job: JobRecord; readonly step: StepRecord; readonly line: LogLine }
);

/** A record while it is being written. Only the runner has one. */
export type Draft<T> = T extends readonly (infer Item)[]
  ? Draft<Item>[]
  : T extends object
    ? { -readonly [Key in keyof T]: Draft<T[Key]> }
    : T;
