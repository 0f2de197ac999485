import type { Clock, Random } from './clock.ts';
import type { Finding } from './finding.ts';
import type { Result } from './outcome.ts';
import type { Snapshot } from './receipt.ts';
import type { Artifacts } from './release.ts';

/** What a driver tells while it works; printed as one line per change. */
export interface Progress {
  readonly text: string;
  /** What is worked on: the service, the stage, the stack. */
  readonly subject: string;
  readonly level: 'info' | 'warning';
}

/** One row of the table that a person reads before a change: what it is, what it was, what it becomes. */
export interface ChangeRow {
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

/** What a driver needs of the action that runs it. */
export interface TargetRuntime {
  readonly clock: Clock;
  readonly random: Random;
  readonly report: (progress: Progress) => void;
  /** Aborted when the run is cancelled. */
  readonly signal: AbortSignal;
  /** Run id and attempt: the same work of the same run is the same work. */
  readonly runToken: string;
  /** The region of the environment variables, where a component names none. */
  readonly defaultRegion: string | undefined;
  /** A new OIDC token of the runner. */
  readonly idToken: (audience: string) => Promise<string>;
  /** Reads a file of the release’s commit. Throws a `FindingError` when it is not there. */
  readonly readFile: (path: string) => string;
  /** Where the release’s commit is checked out: an absolute path. */
  readonly workspace: string;
  /**
   * The files that the build handed over as a workflow artifact, downloaded once and held against their digest. Answers the absolute
   * path of a folder. Throws a `FindingError` when they are gone, or others.
   */
  readonly filesOf: (artifacts: Artifacts) => Promise<string>;
  /** Keeps a value out of the log from now on. */
  readonly mask: (secret: string) => void;
}

/** The port of every target. One component, one driver; made by the target's factory with its validated component. */
export interface Driver {
  /** Validates against the live account and plans the change that was asked for. Changes nothing. */
  prepare(): Promise<Preparation>;
  /** Plans the way back to a snapshot. Changes nothing. */
  restore(snapshot: Snapshot): Promise<Preparation>;
}

export type Preparation =
  | { readonly kind: 'no-op'; readonly result: Result; readonly snapshot: Snapshot }
  | { readonly kind: 'refused'; readonly findings: readonly Finding[] }
  | {
      readonly kind: 'change';
      readonly before: Snapshot | null;
      readonly changes: readonly ChangeRow[];
      readonly notes: readonly Finding[];
      /** Starts the change, or adopts it where an earlier run has started it. Idempotent. */
      apply(): Promise<Applied>;
      /** Takes away what the plan itself has made (a change set), where it is not applied. */
      discard?(): Promise<void>;
    };

export type Applied =
  /** `changes`: the rows of the preparation, with the names that came into being meanwhile. */
  | { readonly kind: 'started'; readonly rollout: Rollout; readonly changes: readonly ChangeRow[] }
  | { readonly kind: 'ended'; readonly ending: Ending };

/** A change under way, known by its own identity. */
export interface Rollout {
  readonly identity: readonly string[];
  readonly adopted: boolean;
  /** Follows this very change to its end. Never throws for what the change does; throws `AwsCallError` and the like. */
  follow(): Promise<Ending>;
  /** Asks the service to take the change back, and follows that to its end. */
  takeBack(): Promise<Ending>;
  /** The same for a run that is being cancelled: asks, and does not wait. Answers what state that leaves, as sentences. */
  letGo(): Promise<readonly string[]>;
}

/** How a change ended, with why (facts, for people) and what runs now, as far as that could be seen. */
export interface Ending extends Result {
  readonly after: Snapshot | null;
  readonly explanation: readonly string[];
}
