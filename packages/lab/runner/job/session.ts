import type { CancelScope } from '../engine/cancellation.ts';
import type { WorkflowSource } from '../engine/load.ts';
import type { ArtifactStore } from '../known-actions/artifact-store.ts';
import type { Result } from '../language/conditions.ts';
import type { Value } from '../language/expressions.ts';
import type { Template } from '../language/template.ts';
import type { RunDefaults, StepDefinition } from '../language/workflow.ts';
import type { RunnerPorts, RunnerRepository, StepOrigin } from '../ports.ts';
import type { Draft, JobRecord, LogLine, StepRecord } from '../records.ts';
import type { Masker } from '../steps/masking.ts';
import type { ProcessSurroundings } from '../steps/process.ts';
import type { StepLog } from '../steps/step-log.ts';
import type { Folders } from './folders.ts';

/** What a step that ran left behind, without `skipped`. */
export type Status = Exclude<Result, 'skipped'>;

/** One job on its machine, from set-up to the last post step. */
export interface JobSession {
  readonly ports: RunnerPorts;
  readonly repository: RunnerRepository;
  readonly origin: StepOrigin;
  readonly record: Draft<JobRecord>;
  readonly folders: Folders;
  readonly surroundings: ProcessSurroundings;
  readonly masker: Masker;
  readonly artifacts: ArtifactStore;
  /** The workflow file that defines the job: what `$/` refers to. */
  readonly source: WorkflowSource;
  /** `defaults` of the job, then of the workflow. */
  readonly defaults: readonly (RunDefaults | undefined)[];
  readonly ref: string;
  readonly sha: string;

  /** `github` (without what belongs to a step), `inputs`, `vars`, `needs`, `strategy`, `matrix`, `secrets`, `runner`. */
  readonly contexts: Readonly<Record<string, Value>>;
  /** What the machine has in its environment. A step's `env` goes over it. */
  readonly machineEnv: Readonly<Record<string, string>>;
  /** GITHUB_ and RUNNER_ variables, which no step can change. */
  readonly fixedEnv: Readonly<Record<string, string>>;
  /** Variables that only actions get. */
  readonly actionEnv: Readonly<Record<string, string>>;
  /** The `node` that runs actions. */
  readonly node: string;
  /** PATH of the machine. */
  readonly path: readonly string[];

  /** `env` of the workflow and of the job, evaluated when the job is set up. */
  readonly envTemplates: readonly (Template | undefined)[];
  /** From them and from GITHUB_ENV: what the `env` context shows. */
  readonly env: Map<string, string>;
  /** From GITHUB_PATH, the last one first. */
  readonly addedPath: string[];
  readonly frame: Frame;
  /** Post steps in the order in which their actions began. */
  readonly posts: PostStep[];
  /** What `pre` scripts saved for the main one. */
  readonly savedState: Map<string, ReadonlyMap<string, string>>;
  readonly cancel: CancelScope;
  /** The machine is gone, or five minutes after a cancellation are over. */
  readonly death: CancelScope;
  /** Runs a step of a composite action, which may be any kind of step again. */
  readonly runStep: (frame: Frame, definition: StepDefinition, step: OpenStep) => Promise<unknown>;
  /** Numbers for the files that steps write to. */
  readonly nextSerial: () => number;
  /** Takes note of a fault of the lab. */
  readonly note: (fault: string) => void;
  readonly onStep: (kind: 'step-started' | 'step-completed', step: StepRecord) => void;
  readonly onLine: (step: StepRecord, line: LogLine) => void;
}

/** Where steps stand: directly in a job, or inside a composite action. */
export interface Frame {
  /** Contexts that differ from the job's; undefined hides one. */
  readonly contexts: Readonly<Record<string, Value | undefined>>;
  readonly steps: Map<string, StepContext>;
  /** `env` of the step that uses the composite action. */
  readonly env: Readonly<Record<string, string>>;
  readonly action?: ActionPlace;
  readonly depth: number;
  status: Status;
  /** Told when the step around is being stopped. */
  readonly stop: CancelScope;
}

/** Where an action's files are, and what it was called by. */
export interface ActionPlace {
  readonly folder: string;
  /** Of actions from a repository: `owner/name` and the ref after `@`. */
  readonly repository?: string;
  readonly ref?: string;
}

/** `steps.<id>` */
export interface StepContext {
  readonly outputs: Readonly<Record<string, string>>;
  readonly outcome: Result;
  readonly conclusion: Result;
}

export interface PostStep {
  readonly name: string;
  /** GITHUB_ACTION of the step that it follows. */
  readonly id: string;
  readonly condition: string;
  readonly perform: (step: OpenStep) => Promise<Status>;
}

/** A step while it runs. Steps inside a composite action share the record of the step around. */
export interface OpenStep {
  /** GITHUB_ACTION */
  readonly id: string;
  readonly record: Draft<StepRecord>;
  readonly log: StepLog;
  readonly outputs: Map<string, string>;
  /** What `save-state` said, for the post step. */
  readonly state: Map<string, string>;
  readonly stop: CancelScope;
  /** A command or file that could not be processed fails the step. */
  broken: boolean;
}
