import type { Outcome } from '../outcome.ts';
import type { Snapshot } from '../receipt.ts';
import type { Build, Release, RunReference } from '../release.ts';
import type { RuleVerdict, VerdictKind } from '../verdict.ts';
import { type Approval, type Check, type Hold, journalSchema, type Lock, type PartEnd, type Request } from './event.ts';

/** A release as it stands (or stood) in an environment, with the way back to it. */
export interface Standing {
  readonly release: Release;
  /** The components that are of this release. A release of some components leaves the others as they were. */
  readonly components: readonly string[];
  readonly snapshots: Readonly<Record<string, Snapshot>>;
  /** Components that stand at another release, because they alone were brought back to it. */
  readonly apart?: Readonly<Record<string, Release>>;
  readonly since: string;
  readonly run: RunReference;
}

export interface Attempt {
  readonly release: Release;
  readonly components: readonly string[];
  readonly since: string;
  readonly run: RunReference;
  /** What each changed component was before this attempt: the way back when nothing was ever verified. */
  readonly before: Readonly<Record<string, Snapshot | null>>;
  /** What has become of its components so far. */
  readonly ended: Readonly<Record<string, Outcome>>;
  /** What has become of its parts so far, where it is spread over jobs: `2/3`. */
  readonly parts: Readonly<Record<string, PartEnd>>;
  /** Checks that have passed so far, with what they saw. */
  readonly checks: Readonly<Partial<Record<Check, readonly RuleVerdict[]>>>;
}

export interface Parked {
  readonly release: Release;
  readonly reason: string;
  readonly missing: readonly string[];
  readonly until?: string;
  /** When it was parked first. */
  readonly since: string;
  /** The run that judged it last. */
  readonly run: RunReference;
  readonly request: Request;
}

/** An approval that was given by the operation `approve`, before a job asked for it. */
export interface Agreement {
  readonly release: Release;
  /** Digest of what was approved. */
  readonly subject: string;
  readonly login: string;
  readonly at: string;
  readonly comment: string;
  /** The dispatch: GitHub knows whose it was, and when. */
  readonly run: RunReference;
}

/** Final for this release of this commit. */
export interface Rejection {
  readonly release: Release;
  readonly login: string;
  readonly at: string;
  readonly source: Approval['source'];
  readonly comment: string;
  readonly run: RunReference;
}

/** A release that left rules aside, and its review. */
export interface Emergency {
  readonly release: Release;
  readonly rules: readonly string[];
  readonly reason: string;
  readonly incident: string;
  readonly at: string;
  readonly due: string;
  readonly run: RunReference;
  /** The issue in which it is reviewed; absent where none could be opened. */
  readonly issue?: { readonly number: number; readonly url: string };
}

/** A run whose plan passed, so that people were asked. */
export interface Asked {
  readonly release: Release;
  readonly run: RunReference;
}

export interface HistoryEntry {
  readonly release: Release;
  readonly result: 'verified' | 'failed' | 'rolled-back';
  readonly at: string;
  readonly run: RunReference;
  readonly note?: string;
  /** Of a rollback: milliseconds until everything ran again as before. */
  readonly took?: number;
}

/** A release of this environment as the world knows it. */
export interface Published {
  readonly release: Release;
  readonly version: string;
  readonly tag: string;
  readonly url?: string;
  readonly at: string;
  readonly run: RunReference;
}

/** The artifacts of a release, recorded by the first environment for its commit and its tree. */
export interface Recorded {
  readonly release: Release;
  readonly artifacts: Build;
  /** When another build of the same commit took the place of an earlier one: what was verified before was not this one. */
  readonly rebuilt?: string;
}

/** The newest attempt of a run that was let in, and how many reviews of the environment the run had by then. */
export interface LetIn {
  readonly run: RunReference;
  readonly reviews: number;
}

/** The newest judgement of a release. */
export interface Judged {
  readonly release: Release;
  readonly stage: 'plan' | 'release';
  readonly verdict: VerdictKind;
  readonly reason: string;
  readonly at: string;
  readonly run: RunReference;
}

/** Everything that is true of an environment now: a pure fold over its events. */
export interface EnvironmentState {
  readonly schema: typeof journalSchema;
  readonly environment: string;
  /** Number of the last event. */
  readonly sequence: number;
  readonly updated: string;
  /** What runs: null before the first deployment. Components keep their own snapshot; a partial change shows. */
  readonly running: Standing | null;
  /** The last release that passed its verification: where a rollback goes. */
  readonly verified: Standing | null;
  readonly attempt: Attempt | null;
  readonly lock: Lock | null;
  readonly holds: readonly Hold[];
  readonly parked: readonly Parked[];
  readonly judged: Judged | null;
  readonly approved: readonly LetIn[];
  readonly agreed: readonly Agreement[];
  readonly rejected: readonly Rejection[];
  readonly asked: readonly Asked[];
  readonly emergencies: readonly Emergency[];
  readonly recorded: readonly Recorded[];
  /** Verified releases that can be named as the target of a rollback, newest first. */
  readonly known: readonly Standing[];
  readonly history: readonly HistoryEntry[];
  /** What was made public, newest first. */
  readonly published: readonly Published[];
}

/**
 * How much the state file carries; the events themselves are kept for ever. It is written whole with every append: where a release has
 * hundreds of components, `snapshots` bounds how many releases are known, of which there are `atLeast` so many.
 */
export const kept = {
  approved: 20,
  agreed: 50,
  rejected: 50,
  asked: 50,
  emergencies: 20,
  recorded: 50,
  known: 20,
  snapshots: 2_000,
  atLeast: 3,
  history: 50,
  published: 50,
} as const;

export function emptyState(environment: string): EnvironmentState {
  return {
    schema: journalSchema,
    environment,
    sequence: 0,
    updated: '',
    running: null,
    verified: null,
    attempt: null,
    lock: null,
    holds: [],
    parked: [],
    judged: null,
    approved: [],
    agreed: [],
    rejected: [],
    asked: [],
    emergencies: [],
    recorded: [],
    known: [],
    history: [],
    published: [],
  };
}
