/**
 * What has to be looked up for each gate of the flow file, as far as the plan and the journal are not enough. Plain data: it is
 * written into the journal with the verdict, and the verdict follows from it again.
 */
export interface Lookups {
  readonly 'no-open-issues': readonly OpenIssue[];
}

/** An open issue of the repository with one of the labels that stop releases. */
export interface OpenIssue {
  readonly number: number;
  readonly title: string;
  readonly url: string;
  readonly label: string;
}
