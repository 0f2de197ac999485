import type { Evidence } from '../finding.ts';
import type { Outcome } from '../outcome.ts';
import type { Glass } from '../plan/glass.ts';
import type { Reason } from '../reasons.ts';
import type { Receipt, Snapshot } from '../receipt.ts';
import type { Artifacts, Release, RunReference } from '../release.ts';
import type { RuleVerdict, VerdictKind } from '../verdict.ts';

/** The schema of events and state. A reader that meets a newer one stops instead of guessing. */
export const journalSchema = 1;

/** Why promotions stop: of the whole environment, of one version, or of one component. */
export interface Hold {
  readonly id: string;
  readonly environment: string;
  readonly version?: string;
  readonly component?: string;
  readonly reason: string;
  readonly owner: string;
  /** ISO 8601. */
  readonly since: string;
  readonly until?: string;
}

/** Who may change the environment now. */
export interface Lock {
  readonly run: RunReference;
  readonly reason: string;
  readonly since: string;
}

export interface Approval {
  readonly login: string;
  readonly at: string;
  /** By the click that lets the job into the environment, or by a dispatch of the operation `approve`. */
  readonly source: 'environment' | 'operation';
  readonly comment?: string;
}

/** What a parked release takes to be planned again, just as it was asked for. */
export interface Request {
  /** The branch or the tag that asked: `refs/tags/v1.3.0`. */
  readonly ref: string;
  /** Who set it off. */
  readonly originators: readonly string[];
  /** The components that are released. */
  readonly components: readonly string[];
  /** Digest of what would be done: whoever approves before it starts, approves that and nothing else. */
  readonly subject: string;
  /** Where it was asked for as an emergency. */
  readonly glass?: Glass;
}

/** What a release has to pass after its deployment: the smoke test, and the watch over its metrics. */
export type Check = 'smoke' | 'watch';

/** What one job of a deployment that is spread over several has come to. */
export interface PartEnd {
  readonly outcome: Outcome;
  readonly reason: Reason;
  readonly message: string;
  readonly evidence: Evidence;
}

interface Written {
  readonly schema: typeof journalSchema;
  /** Unique per append, so that an append whose reply was lost can be recognised. */
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  readonly run: RunReference;
}

/** What happened, without the envelope that the append adds. */
export type Happening =
  | {
      readonly type: 'planned';
      readonly release: Release;
      readonly artifacts: Readonly<Record<string, Artifacts>>;
      readonly planDigest: string;
    }
  | {
      readonly type: 'judged';
      readonly release: Release;
      /** Before anybody was asked, or right before the change. */
      readonly stage: 'plan' | 'release';
      readonly verdict: VerdictKind;
      readonly reason: string;
      readonly rules: readonly RuleVerdict[];
      /** What the verdict follows from: the shape is that of `gate/record.ts`. */
      readonly facts: unknown;
    }
  | {
      readonly type: 'parked';
      readonly release: Release;
      readonly reason: string;
      readonly missing: readonly string[];
      readonly until?: string;
      readonly request: Request;
      /** What the build handed over: nobody may be left to hand it over again. */
      readonly artifacts: Readonly<Record<string, Artifacts>>;
    }
  | {
      /** A parked release will not go on. */
      readonly type: 'dropped';
      readonly release: Release;
      readonly reason: Reason;
      readonly note: string;
    }
  | {
      readonly type: 'approved';
      readonly release: Release;
      readonly approvals: readonly Approval[];
      /** How many reviews of the environment the run had by then. */
      readonly reviews: number;
      /** Digest of what was approved, for approvals that were given before the job that asks for them. */
      readonly subject?: string;
    }
  | {
      readonly type: 'rejected';
      readonly release: Release;
      readonly login: string;
      readonly source: Approval['source'];
      readonly comment: string;
    }
  | {
      /** A release leaves rules aside in an emergency. */
      readonly type: 'broke-glass';
      readonly release: Release;
      readonly rules: readonly string[];
      readonly reason: string;
      readonly incident: string;
      /** ISO 8601: by when it has to be reviewed. */
      readonly due: string;
    }
  | { readonly type: 'review-opened'; readonly release: Release; readonly issue: number; readonly url: string }
  | { readonly type: 'locked'; readonly lock: Lock; readonly takenFrom?: Lock; readonly note?: string }
  | { readonly type: 'unlocked'; readonly note: string }
  | { readonly type: 'started'; readonly release: Release; readonly components: readonly string[] }
  | ({
      readonly type: 'part-ended';
      readonly release: Release;
      /** `2/3`, of a release whose deployment is spread over jobs. */
      readonly part: string;
    } & PartEnd)
  | { readonly type: 'receipt'; readonly release: Release; readonly receipt: Receipt; readonly outcome: Outcome }
  | {
      readonly type: 'checked';
      readonly release: Release;
      readonly check: Check;
      readonly rules: readonly RuleVerdict[];
    }
  | { readonly type: 'verified'; readonly release: Release; readonly checks: readonly RuleVerdict[] }
  | {
      readonly type: 'failed';
      readonly release: Release;
      readonly outcome: Outcome;
      readonly reason: string;
      readonly message: string;
      readonly evidence: Evidence;
    }
  | {
      readonly type: 'rolled-back';
      readonly from: Release;
      readonly to: Release;
      readonly reason: string;
      readonly snapshots: Readonly<Record<string, Snapshot>>;
      /** Milliseconds until everything ran again as before; absent where an older version wrote it. */
      readonly took?: number;
      /** Only these; everything else stays as it is in `from`. */
      readonly components?: readonly string[];
    }
  | { readonly type: 'held'; readonly hold: Hold }
  | { readonly type: 'resumed'; readonly hold: Hold; readonly reason: string }
  | {
      /** A verified release has become a version that people know by its tag. */
      readonly type: 'published';
      readonly release: Release;
      /** `1.4.0`, and the tag that names its commit. */
      readonly version: string;
      readonly tag: string;
      /** Of the release on GitHub; absent where a person has drafted it, and not published yet. */
      readonly url?: string;
    };

export type JournalEvent = Written & Happening;

/** The file of an event: sorted by name, read in order. `000042-verified.json` */
export function eventFile(sequence: number, event: { readonly type: string }): string {
  return `events/${String(sequence).padStart(6, '0')}-${event.type}.json`;
}
