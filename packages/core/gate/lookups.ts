import type { TickedBox } from '../flow/boxes.ts';
import type { CommitCheck } from '../tags/checks.ts';
import type { AlarmFact } from '../watch/judge-alarms.ts';
import type { Seen } from './sought.ts';

/**
 * What has to be looked up for each gate of the flow file, as far as the plan and the journal are not enough. Plain data: it is
 * written into the journal with the verdict, and the verdict follows from it again.
 */
export interface Lookups {
  /** Nothing: the clock is a fact already. */
  readonly window: null;
  readonly freeze: FreezeFindings;
  /** Of the commit: those of the names that are asked for, and maybe others; null while it is only proposed to make it. */
  readonly checks: readonly CommitCheck[] | null;
  /** The pull request that brought the commit; null when none did. */
  readonly reviews: ReviewedPull | null;
  readonly 'no-open-issues': readonly OpenIssue[];
  /** The issue in which people tick the boxes; null until there is one. */
  readonly checklist: ReleaseIssue | null;
  /** Nothing: the plan says what lies between. */
  readonly migrations: null;
  /** Alarms of the earlier environment; null where none is named. */
  readonly soak: Seen<readonly SoakAlarm[]> | null;
  readonly 'alarms-ok': AlarmsFound;
  /** In the order of the policy. */
  readonly 'stack-complete': readonly Seen<StackFound>[];
  /** In the order of the policy. */
  readonly backups: readonly Seen<BackupFound>[];
  readonly 'way-back': readonly WayBackFound[];
}

/** What a component would need to go back, and is gone, as sentences; null where its target cannot tell. */
export interface WayBackFound {
  readonly component: string;
  readonly seen: Seen<readonly string[] | null>;
}

/** A stack’s status as CloudFormation says it, and why; null where there is none of that name. */
export type StackFound = { readonly status: string; readonly reason?: string } | null;

/**
 * `absent`: there is no such table, database or state. `off`: nothing is kept to go back to. `at`: of when it is, epoch ms; `id`: its
 * name or ARN.
 */
export type BackupFound =
  | { readonly kind: 'absent' }
  | { readonly kind: 'off' }
  | { readonly kind: 'none' }
  | { readonly kind: 'there'; readonly at: number; readonly id?: string };

/** Alarms by the environment that they are in; null where the gate names none there. */
export interface AlarmsFound {
  readonly here: Seen<readonly AlarmFact[]> | null;
  readonly earlier: Seen<readonly AlarmFact[]> | null;
}

/** An alarm, and when it last stopped ringing (epoch ms) in the time that matters; absent where it did not ring. */
export interface SoakAlarm extends AlarmFact {
  readonly rangUntil?: number;
}

/** What a freeze has beyond the plan. */
export interface FreezeFindings {
  /** Of the files of holidays: those that are not over and begin within a year or so. */
  readonly holidays: readonly Holiday[];
  /** Open issues with a label that freezes. */
  readonly issues: readonly OpenIssue[];
}

/** ISO 8601; the end does not belong to it. */
export interface Holiday {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** An open issue of the repository with one of the labels that stop releases. */
export interface OpenIssue {
  readonly number: number;
  readonly title: string;
  readonly url: string;
  readonly label: string;
}

/** The issue of a release, as the suite opened it and people have left it. */
export interface ReleaseIssue {
  readonly number: number;
  readonly url: string;
  readonly open: boolean;
  readonly boxes: readonly TickedBox[];
}

/** A merged pull request with what people said of it. */
export interface ReviewedPull {
  readonly number: number;
  readonly title: string;
  readonly url: string;
  /** Who opened it, and who wrote its commits. */
  readonly authors: readonly string[];
  /** The commit of its branch that was merged. */
  readonly head: string;
  /** Oldest first. Those of bots are left out. */
  readonly reviews: readonly PullReview[];
  /** Who owns its files; null where no file says so, absent where nobody asked. */
  readonly codeOwners?: CodeOwners | null;
}

/** The owners of the files that a pull request changes. */
export interface CodeOwners {
  /** Which CODEOWNERS file said so. */
  readonly file: string;
  /** Those without owners are left out. */
  readonly groups: readonly OwnedFiles[];
}

/** Files of the same owners. */
export interface OwnedFiles {
  /** Logins; teams as `@org/team`; addresses. */
  readonly owners: readonly string[];
  readonly files: number;
  /** The first of them. */
  readonly some: readonly string[];
}

export interface PullReview {
  readonly login: string;
  readonly state: 'approved' | 'changes-requested' | 'dismissed' | 'commented';
  /** The commit that was looked at. */
  readonly commit: string;
  /** Whether GitHub knows them as somebody of the repository: owner, member, collaborator. */
  readonly belongs: boolean;
}
