import type { GateName, Policies } from '../flow/gates/registry.ts';
import type { LockJudgement } from '../journal/lock.ts';
import type { EnvironmentState } from '../journal/state.ts';
import type { Plan } from '../plan/plan.ts';
import type { RunReference } from '../release.ts';
import type { AttemptFacts, Review } from './attempt.ts';
import type { Lookups } from './lookups.ts';
import type { Sought } from './sought.ts';

/** Everything that a gate is judged from: the same facts give the same verdict, today and in the journal a year later. */
export interface GateFacts {
  readonly plan: Plan;
  /** Before anybody is asked, or right before the change. */
  readonly stage: 'plan' | 'release';
  readonly state: EnvironmentState;
  /** The state of the earlier environment; null when the plan names none. */
  readonly earlier: EnvironmentState | null;
  readonly lock: LockJudgement;
  /** Epoch milliseconds. */
  readonly now: number;
  /** What was looked up for the gates of the plan, by gate; absent for those that it does not have. */
  readonly found: Found;
  /** Who is asked, or who approved. */
  readonly approval: ApprovalFacts;
  /** Digest of what would be done (`plan/subject.ts`). */
  readonly subject: string;
  /** Who agreed before the job asked, by the operation `approve`. */
  readonly agreed: readonly AgreementFacts[];
  /** Who rejected the release when GitHub asked them, in any run; undefined: could not be read. */
  readonly rejections: readonly RejectionFacts[] | undefined;
  /** Emergencies whose review is overdue and not known to be done. */
  readonly overdue: readonly OverdueReview[];
}

export interface OverdueReview {
  readonly version: string;
  /** ISO 8601. */
  readonly due: string;
  /** Absent where none could be opened. `open` is undefined where it could not be read. */
  readonly issue?: { readonly url: string; readonly open: boolean | undefined };
}

export interface AgreementFacts {
  readonly login: string;
  /** ISO 8601. */
  readonly at: string;
  readonly comment: string;
  /** Digest of what was agreed to. */
  readonly subject: string;
  /** Whether GitHub says that this person dispatched that run; undefined: could not be read. */
  readonly dispatched: boolean | undefined;
}

export interface RejectionFacts {
  readonly login: string;
  readonly comment: string;
  readonly run: RunReference;
}

/** What GitHub says of the run in which somebody approves or rejects a parked release. */
export interface Dispatch {
  readonly login: string;
  /** Who set off this attempt: a run can be run again by anybody who may write. */
  readonly triggeredBy: string;
  readonly attempt: number;
  readonly event: string;
  readonly comment: string;
}

export type Found = { readonly [Name in GateName]?: Sought<Lookups[Name]> };

/** What the flow file says of a gate that it has. */
export type PolicyOf<Name extends GateName> = Policies[Name];

/** undefined: could not be read. Reviews are of all attempts of the run, oldest first. */
export type ApprovalFacts =
  | {
      readonly kind: 'ahead';
      readonly reviewers: readonly string[] | undefined;
      /** Where this run is somebody’s word on a parked release. */
      readonly dispatch?: Dispatch;
    }
  | { readonly kind: 'given'; readonly reviews: readonly Review[] | undefined; readonly attempt: AttemptFacts };
