/**
 * What has really happened, in the order in which it did: of GitHub what people did there, of AWS what was changed. Nothing here is
 * what the suite thinks of it; so whoever reads it can find out for themselves whether a change was allowed.
 */
export type History = readonly Entry[];

export type Entry = { readonly at: number } & Happened;

export type Happened =
  // prod
  /** Before anything else here: it was released and verified, and then the next one. */
  | { readonly what: 'stood'; readonly commit: Commit }
  | ({
      readonly what: 'planned';
      readonly commit: Commit;
      readonly by: readonly string[];
      readonly digest: string;
    } & OfRun)
  /** A way back, as it is shown to people: which request it is, by the run that asked; who asked; and whether they have named a version. */
  | ({
      readonly what: 'planned-back';
      readonly request: number;
      readonly by: readonly string[];
      readonly to: Place;
      readonly named: boolean;
    } & OfRun)
  /** Of what the same run has planned; by a dispatch, which GitHub knows to be theirs. */
  | ({ readonly what: 'said'; readonly login: string; readonly word: 'approve' | 'reject' } & OfRun)
  | ({ readonly what: 'clicked'; readonly login: string; readonly says: Click } & OfRun)
  /** The job behind the click looks at everything that is outside of the journal, once, right before it begins. */
  | ({ readonly what: 'looked' } & OfRun)
  /** It has taken the environment. */
  | ({ readonly what: 'began' } & OfRun)
  /** Prod runs something else from here on. */
  | ({ readonly what: 'changed'; readonly digest: string } & OfRun)
  | ({ readonly what: 'came-back'; readonly to: Place } & OfRun)
  | ({ readonly what: 'verified' } & OfRun)
  /** The same, because somebody has asked for it. */
  | ({ readonly what: 'went-back'; readonly to: Place } & OfRun)
  | ({ readonly what: 'ended' } & OfRun)
  /** Its machine is gone, and GitHub knows. */
  | ({ readonly what: 'died' } & OfRun)
  | { readonly what: 'held'; readonly hold: Held }
  | { readonly what: 'resumed'; readonly id: string }
  // stage
  | { readonly what: 'stage-built'; readonly commit: Commit; readonly digest: string }
  | { readonly what: 'stage-verified'; readonly commit: Commit }
  | { readonly what: 'stage-came-back'; readonly commit: Commit }
  // the repository
  | { readonly what: 'issue-opened'; readonly issue: number; readonly label: string }
  | { readonly what: 'issue-closed'; readonly issue: number }
  | {
      readonly what: 'reviewed';
      readonly sha: string;
      readonly login: string;
      readonly says: Opinion;
      readonly newest: boolean;
    }
  | { readonly what: 'frozen'; readonly from: number; readonly to: number }
  | { readonly what: 'thawed' }
  | { readonly what: 'unreadable'; readonly source: Source }
  | { readonly what: 'readable'; readonly source: Source };

export interface OfRun {
  readonly run: number;
  readonly attempt: number;
}

/** What can run. */
export interface Place {
  readonly version: string;
  readonly sha: string;
}

export interface Commit extends Place {
  readonly tree: string;
}

export interface Held {
  readonly id: string;
  readonly version?: string;
  readonly component?: string;
  /** Epoch milliseconds. */
  readonly until?: number;
}

export type Click = 'approved' | 'rejected';
export type Opinion = 'approved' | 'changes-requested' | 'dismissed';
/** What the token of a job can fail to read. */
export const sources = ['issues', 'pulls', 'holidays', 'approvals'] as const;
export type Source = (typeof sources)[number];

/** The rules of prod, as its flow file says them (`world.ts`) and as the oracle understands them. */
export const rules = {
  approvers: ['lena', 'otto', 'kim'],
  within: 3_600_000,
  takes: 1_800_000,
  zone: 'Australia/Sydney',
  days: ['Mon', 'Tue', 'Wed', 'Thu'],
  opens: 9,
  closes: 17,
  holiday: '2026-11-18',
  stops: 'critical',
  freezes: 'incident',
  author: 'dana',
  component: 'api',
} as const;
