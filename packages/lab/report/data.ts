/** What the report page shows, as plain data that survives JSON. Times are lab time, epoch milliseconds. */
import type { JournalEvent } from '#core/journal/event';
import type { RunRecord } from '../runner/records.ts';

export interface ReportData {
  /** The scenario, as one would call it: `A bad release comes back by itself`. */
  readonly title: string;
  readonly description?: string;
  /** `owner/name` */
  readonly repository: string;
  /** Lab time at the start and at the end of the scenario. */
  readonly from: number;
  readonly until: number;
  /** How long the machine really took, in milliseconds. */
  readonly took?: number;
  readonly chapters: readonly Chapter[];
  /** What people did and what the world did to them: pushes, approvals, faults. */
  readonly moments: readonly Moment[];
  /** Every attempt of every run. */
  readonly runs: readonly RunRecord[];
  readonly environments: readonly EnvironmentView[];
  readonly journals: readonly JournalView[];
  readonly issues: readonly IssueView[];
  readonly expectations: readonly Expectation[];
  /** What went wrong in the lab itself. With one of them the scenario has proven nothing. */
  readonly faults: readonly string[];
}

/** A part of the scenario. Runs and moments belong to the last chapter that had begun by then. */
export interface Chapter {
  /** Short and unique: `a`. */
  readonly id: string;
  readonly title: string;
  /** Markdown. */
  readonly text?: string;
  readonly from: number;
}

export interface Moment {
  readonly at: number;
  readonly kind: 'person' | 'world' | 'fault';
  /** `alice pushes the tag v1.3.0` */
  readonly text: string;
}

export interface Expectation {
  readonly text: string;
  readonly held: boolean;
  /** What was found instead. */
  readonly reason?: string;
  /** Where it is written: `demo.yml:42`. */
  readonly source?: string;
  /** Id of the chapter that it is about. */
  readonly chapter?: string;
}

export interface EnvironmentView {
  readonly name: string;
  /** Logins and teams that may let a job in. */
  readonly reviewers: readonly string[];
  readonly preventSelfReview: boolean;
  readonly waitMinutes: number;
  /** Oldest first. */
  readonly deployments: readonly DeploymentView[];
}

export type DeploymentState =
  | 'error'
  | 'failure'
  | 'inactive'
  | 'in_progress'
  | 'queued'
  | 'pending'
  | 'success'
  | 'waiting';

export interface DeploymentView {
  readonly id: number;
  readonly ref: string;
  readonly sha: string;
  readonly description: string;
  readonly creator: string;
  readonly at: number;
  /** Oldest first; empty for a deployment that nobody ever gave a status. */
  readonly statuses: readonly DeploymentStatusView[];
}

export interface DeploymentStatusView {
  readonly state: DeploymentState;
  readonly description: string;
  readonly creator: string;
  readonly at: number;
  /** Where the environment answers; empty when it was not said. */
  readonly environmentUrl: string;
  readonly logUrl: string;
}

export interface JournalView {
  readonly environment: string;
  readonly branch: string;
  readonly head: string;
  /** The README of the branch: Markdown. */
  readonly page: string;
  /** Oldest first. */
  readonly events: readonly JournalEntry[];
}

export interface JournalEntry {
  readonly file: string;
  /** The file as it is. */
  readonly text: string;
  /** Nothing when the file holds no event: somebody else wrote it. */
  readonly event?: JournalEvent;
}

export interface IssueView {
  readonly number: number;
  readonly title: string;
  readonly state: 'open' | 'closed';
  readonly pullRequest: boolean;
  readonly author: string;
  readonly at: number;
  readonly labels: readonly string[];
  /** Markdown. */
  readonly body: string;
  readonly comments: readonly { readonly author: string; readonly at: number; readonly body: string }[];
}
