import type { Clock, Random } from './clock.ts';
import type { Finding } from './finding.ts';
import type { Result } from './outcome.ts';
import type { Snapshot } from './receipt.ts';
import type { Artifacts } from './release.ts';
import { sentence } from './report/sentence.ts';

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

/** The commit that a workspace holds. */
export interface CheckedOut {
  readonly sha: string;
  readonly tree: string;
  /** Whether its files are those of the commit. */
  readonly clean: boolean;
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
  /** The commit that is released: of the plan, or of the run. */
  readonly commit: string;
  /** The region of the environment variables, where a component names none. */
  readonly defaultRegion: string | undefined;
  /** A new OIDC token of the runner. */
  readonly idToken: (audience: string) => Promise<string>;
  /** Reads a file of the release’s commit. Throws a `FindingError` when it is not there. */
  readonly readFile: (path: string) => string;
  /** Where the release’s commit is checked out: an absolute path. */
  readonly workspace: string;
  /** Which commit that really is; undefined where no repository is checked out. */
  readonly checkedOut: () => Promise<CheckedOut | undefined>;
  /** Another commit of the repository in a folder of its own: an absolute path. Throws a `FindingError` where it cannot be had. */
  readonly checkoutOf: (sha: string) => Promise<string>;
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
  restore(snapshot: Snapshot, cause: ReturnCause): Promise<Preparation>;
}

/**
 * Whether a person asked for the way back, or it follows a failure by itself. By itself it does not bring to life what a person has
 * switched off meanwhile (a service scaled to zero): it says so, and leaves it.
 */
export type ReturnCause = 'asked-for' | 'by-itself';

export type Preparation =
  | { readonly kind: 'no-op'; readonly result: Result; readonly snapshot: Snapshot }
  /** `outcome`: where nothing is wrong with it, and others have changed meanwhile what it starts from. */
  | { readonly kind: 'refused'; readonly findings: readonly Finding[]; readonly outcome?: 'superseded' }
  | {
      readonly kind: 'change';
      readonly before: Snapshot | null;
      readonly changes: readonly ChangeRow[];
      readonly notes: readonly Finding[];
      /**
       * Starts the change, or adopts it where an earlier run has started it. Idempotent. Throws only while nothing has begun, or
       * nobody can say whether it has; what begins and then fails ends, or is a rollout.
       */
      apply(): Promise<Applied>;
      /** Takes away what the plan itself has made (a change set), where it is not applied. */
      discard?(): Promise<void>;
    };

/** One step of a change, for people: when it began (ms since 1970), and how long it took (ms). */
export interface Step {
  readonly what: string;
  readonly began: number;
  readonly took: number;
}

export type Applied =
  /** `changes`: the rows of the preparation, with the names that came into being meanwhile. */
  | {
      readonly kind: 'started';
      readonly rollout: Rollout;
      readonly changes: readonly ChangeRow[];
      /** What has been done before: a migration, a copy. */
      readonly steps?: readonly Step[];
    }
  | { readonly kind: 'ended'; readonly ending: Ending };

/**
 * A change under way, known by its own identity. What a service answers never makes its methods throw: a part that cannot be
 * followed any more (no permission, expired credentials, no answer) ends by `lostSight`, and the other parts are followed on. Whatever
 * a method throws all the same is taken for just that by the action, of the whole change.
 */
export interface Rollout {
  readonly identity: readonly string[];
  readonly adopted: boolean;
  /** Follows this very change to its end. */
  follow(): Promise<Ending>;
  /** Asks the service to take the change back, and follows that to its end. */
  takeBack(): Promise<Ending>;
  /** The same for a run that is being cancelled: asks, and does not wait. Answers what state that leaves, as sentences. */
  letGo(): Promise<readonly string[]>;
}

/**
 * What an error comes to once a change has begun, or may have: a failure, never a refusal, for nobody can say that nothing was changed,
 * and never a success. `what`: the sentence that says what is not known now.
 */
export function lostSight(finding: Finding, what: string): Result {
  return { ...finding, outcome: 'failed', message: `${what} ${sentence(finding.message)}` };
}

/** How a change ended, with why (facts, for people) and what runs now, as far as that could be seen. */
export interface Ending extends Result {
  /** Steps that took their time, besides the rollout itself. */
  readonly steps?: readonly Step[];
  readonly after: Snapshot | null;
  readonly explanation: readonly string[];
}
