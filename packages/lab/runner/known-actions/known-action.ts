import type { Activity } from '../engine/activity.ts';
import type { RunnerGitHub, RunnerRepository, StepOrigin } from '../github-port.ts';
import type { ArtifactStore } from './artifact-store.ts';

/** A third-party action that the lab plays itself, whatever version is asked for. */
export interface KnownAction {
  /** Every input of its `action.yml`, with its default. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Inputs that the lab does not model: using one fails the step. */
  readonly unmodelled?: readonly string[];
  run(call: KnownActionCall): Promise<void> | void;
  post?(call: KnownActionCall): Promise<void> | void;
}

/** By `owner/name` or `owner/name/path`, in lower case. */
export type KnownActions = Readonly<Record<string, KnownAction>>;

export interface KnownActionCall {
  /** With the defaults filled in. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly origin: StepOrigin;
  readonly repository: RunnerRepository;
  readonly github: RunnerGitHub;
  /** Full ref and sha of the run. */
  readonly ref: string;
  readonly sha: string;
  readonly workspace: string;
  readonly artifacts: ArtifactStore;
  readonly now: number;
  /** For an action that takes lab time. */
  readonly activity: Activity;
  log(line: string): void;
  warn(message: string): void;
  setOutput(name: string, value: string): void;
  /** As `::add-mask::` does: from now on nobody reads it, and an output that contains it vanishes. */
  mask(value: string): void;
  addPath(folder: string): void;
  setEnv(name: string, value: string): void;
  /** The environment of the step. */
  readonly env: Readonly<Record<string, string>>;
}
