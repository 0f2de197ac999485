/**
 * What has to be looked up for each gate of the flow file, as far as the plan and the journal are not enough. Plain data: it is
 * written into the journal with the verdict, and the verdict follows from it again.
 */
export interface Lookups {
  /** The pull request that brought the commit; null when none did. */
  readonly reviews: ReviewedPull | null;
  readonly 'no-open-issues': readonly OpenIssue[];
}

/** An open issue of the repository with one of the labels that stop releases. */
export interface OpenIssue {
  readonly number: number;
  readonly title: string;
  readonly url: string;
  readonly label: string;
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
}

export interface PullReview {
  readonly login: string;
  readonly state: 'approved' | 'changes-requested' | 'dismissed' | 'commented';
  /** The commit that was looked at. */
  readonly commit: string;
  /** Whether GitHub knows them as somebody of the repository: owner, member, collaborator. */
  readonly belongs: boolean;
}
