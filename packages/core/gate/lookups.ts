/**
 * What has to be looked up for each gate of the flow file, as far as the plan and the journal are not enough. Plain data: it is
 * written into the journal with the verdict, and the verdict follows from it again.
 */
export interface Lookups {
  /** Nothing: the clock is a fact already. */
  readonly window: null;
  readonly freeze: FreezeFindings;
  readonly 'no-open-issues': readonly OpenIssue[];
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
