import type * as model from '@aws-sdk/client-codepipeline';

export interface Place {
  readonly account: string;
  readonly region: string;
}

/** A pipeline with everything that has happened to it. */
export interface Pipeline extends Place {
  /** Its structure as GetPipeline answers it; `version` rises with every change of it. */
  declaration: model.PipelineDeclaration & { readonly name: string };
  readonly createdAt: number;
  updatedAt: number;
  /** When periodic checks were switched off for want of activity, epoch ms. */
  readonly pollingDisabledAt?: number;
  /** In the order in which they began. */
  readonly executions: Execution[];
  readonly stages: Map<string, StageSlot>;
  /** What an action does, by `stage/action`. */
  readonly behaviours: Map<string, ActionBehaviour>;
  /** How long after a push the pipeline starts by itself, in ms; undefined where it does not. */
  readonly startsAfterPush: number | undefined;
  /** By clientRequestToken: what was asked with it, and the execution that it started. */
  readonly tokens: Map<string, { readonly asked: string; readonly id: string }>;
}

/** A stage of a pipeline: who is in it, who waits before it. */
export interface StageSlot {
  occupant: Execution | undefined;
  readonly waiting: Execution[];
  latest: StageRun | undefined;
  transition: Transition;
}

export interface Transition {
  readonly enabled: boolean;
  readonly by?: string;
  readonly at?: number;
  readonly reason?: string;
}

export interface Execution {
  readonly pipeline: Pipeline;
  readonly id: string;
  /** Of the structure that it was started in. */
  readonly version: number;
  readonly mode: model.ExecutionMode;
  readonly type: model.ExecutionType;
  readonly startedAt: number;
  updatedAt: number;
  status: model.PipelineExecutionStatus;
  statusSummary: string | undefined;
  readonly trigger: { readonly triggerType: model.TriggerType; readonly triggerDetail?: string };
  stopReason: string | undefined;
  readonly rollbackTarget: string | undefined;
  /** Filled when a source action has ended. */
  readonly revisions: Revision[];
  readonly variables: readonly { readonly name: string; readonly value: string }[];
  /** The commit that a source action has to take, by the action's name. */
  readonly overrides: ReadonlyMap<string, string>;
  /** The runs of its stages, in their order. */
  readonly runs: StageRun[];
}

/** How an execution begins. */
export interface Start {
  readonly trigger: Execution['trigger'];
  readonly overrides?: Execution['overrides'];
  readonly variables?: Execution['variables'];
  /** A rollback takes revisions and variables over from its target, and is of this stage alone. */
  readonly target?: { readonly execution: Execution; readonly stage: string };
}

export interface Revision {
  readonly action: string;
  readonly artifact: string;
  readonly sha: string;
  readonly summary: string;
  readonly url: string;
  readonly at: number;
}

export interface StageRun {
  readonly execution: Execution;
  readonly stage: string;
  status: model.StageExecutionStatus;
  readonly actions: ActionRun[];
}

export interface ActionRun {
  readonly id: string;
  readonly stage: string;
  readonly declaration: model.ActionDeclaration & { readonly name: string };
  readonly startedAt: number;
  updatedAt: number;
  updatedBy: string | undefined;
  status: model.ActionExecutionStatus;
  summary: string | undefined;
  error: model.ErrorDetails | undefined;
  externalId: string | undefined;
  externalUrl: string | undefined;
  logStreamArn: string | undefined;
  /** Of an approval that is open. */
  token: string | undefined;
  /** Ends it before its time. */
  cancel: () => void;
}

/** What an action does when it runs. */
export interface ActionBehaviour {
  /** Milliseconds. */
  readonly takes: number;
  readonly log: readonly string[];
  readonly fails?: Failure;
}

export interface Failure {
  /** Only where this file of the commit holds this text; always without it. */
  readonly when?: { readonly file: string; readonly holds: string };
  readonly code: string;
  readonly message: string;
  readonly log: readonly string[];
}

/** These end an execution. `Stopping` does not: its actions may still be at work. */
const ends: ReadonlySet<model.PipelineExecutionStatus> = new Set([
  'Succeeded',
  'Failed',
  'Stopped',
  'Superseded',
  'Cancelled',
]);

export function hasEnded({ status }: Execution): boolean {
  return ends.has(status);
}

export function stageNames({ declaration }: Pipeline): readonly string[] {
  return (declaration.stages ?? []).map(stage => stage.name ?? '');
}
