/** Everything the lab's GitHub remembers. Rendered by `show/`, changed by the other files here. */
import type { GitRepository } from '../git/repository.ts';
import type { EnvironmentDecision, EnvironmentSpec, Job, RepositoryPermission, Run } from '../ports.ts';
import type { ProtectionSpec, RulesetSpec } from '../specs.ts';

export interface Account {
  readonly login: string;
  readonly id: number;
  readonly type: 'User' | 'Bot' | 'Organization';
  readonly name: string;
  readonly email: string;
}

/** Who does something, and with what: what a job's token does starts no workflows. */
export interface By {
  readonly account: Account;
  /** The run whose GITHUB_TOKEN it was. */
  readonly runId?: number;
}

export interface RepositoryState {
  readonly id: number;
  readonly owner: Account;
  readonly name: string;
  readonly fullName: string;
  readonly defaultBranch: string;
  readonly private: boolean;
  readonly description: string | null;
  readonly createdAt: number;
  readonly git: GitRepository;
  readonly immutableReleases: boolean;
  readonly variables: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly collaborators: Map<string, RepositoryPermission>;
  readonly environments: Map<string, EnvironmentState>;
  readonly rulesets: RulesetState[];
  readonly protections: readonly ProtectionSpec[];
  readonly workflows: Map<string, WorkflowState>;
  readonly runs: RunState[];
  readonly waits: Wait[];
  readonly reviews: Review[];
  readonly deployments: DeploymentState[];
  readonly statuses: CommitStatus[];
  readonly checkRuns: CheckRunState[];
  readonly labels: Map<string, LabelState>;
  readonly issues: IssueState[];
  readonly releases: ReleaseState[];
  readonly activity: Activity[];
  readonly artifacts: ArtifactState[];
  /** Commits that GitHub itself signed. */
  readonly signed: Map<string, number>;
  /** Signatures of tag objects that somebody else made, by sha. */
  readonly tagSignatures: Map<string, TagSignature>;
  pushedAt: number;
}

/** A signature as the tagger made it, and what GitHub found when it checked it. */
export interface TagSignature {
  readonly armour: string;
  /** `valid`, or why it is not verified. */
  readonly reason: string;
  readonly at: number;
}

/** What a run has uploaded: an archive that GitHub keeps for a while. */
export interface ArtifactState {
  readonly id: number;
  readonly runId: number;
  readonly name: string;
  readonly archive: Buffer;
  /** `sha256:…` of the archive. */
  readonly digest: string;
  readonly createdAt: number;
  readonly expiresAt: number;
}

export interface EnvironmentState {
  readonly id: number;
  readonly createdAt: number;
  updatedAt: number;
  spec: EnvironmentSpec;
  /** Ids of its branch and tag patterns. */
  policies: readonly { readonly id: number; readonly name: string; readonly type: 'branch' | 'tag' }[];
}

export interface RulesetState extends RulesetSpec {
  readonly id: number;
}

export interface WorkflowState {
  readonly id: number;
  readonly path: string;
  name: string;
  readonly createdAt: number;
}

export interface RunState {
  run: Run;
  /** One entry for each attempt, the first at index 0. */
  readonly attempts: Attempt[];
}

export interface Attempt {
  run: Run;
  readonly jobs: Job[];
}

/** A job that wants to enter an environment. */
export interface Wait {
  readonly runId: number;
  readonly jobId: number;
  readonly environment: string;
  readonly reviewers: readonly string[];
  readonly since: number;
  readonly deploymentId: number | undefined;
  /** When the wait timer ends; undefined without one. */
  readonly timerEnds: number | undefined;
  approvedBy: { readonly login: string; readonly comment: string } | undefined;
  readonly decide: (decision: EnvironmentDecision) => void;
}

/** What a person said in the review dialog, for one or several environments at once. */
export interface Review {
  readonly id: number;
  readonly runId: number;
  readonly state: 'approved' | 'rejected';
  readonly environments: readonly string[];
  readonly user: Account;
  readonly comment: string;
}

export type DeploymentStatusState =
  | 'error'
  | 'failure'
  | 'inactive'
  | 'in_progress'
  | 'queued'
  | 'pending'
  | 'success'
  | 'waiting';

export interface DeploymentState {
  readonly id: number;
  readonly sha: string;
  readonly ref: string;
  readonly task: string;
  readonly payload: Readonly<Record<string, unknown>> | string;
  readonly environment: string;
  readonly originalEnvironment: string;
  readonly description: string | null;
  readonly creator: Account;
  readonly createdAt: number;
  readonly transient: boolean;
  readonly production: boolean;
  /** The job that GitHub made it for. */
  readonly jobId: number | undefined;
  readonly statuses: DeploymentStatus[];
}

export interface DeploymentStatus {
  readonly id: number;
  readonly state: DeploymentStatusState;
  readonly description: string;
  readonly environment: string;
  readonly environmentUrl: string;
  readonly logUrl: string;
  readonly creator: Account;
  readonly createdAt: number;
}

export interface CommitStatus {
  readonly id: number;
  readonly sha: string;
  readonly state: 'error' | 'failure' | 'pending' | 'success';
  readonly context: string;
  readonly description: string | null;
  readonly targetUrl: string | null;
  readonly creator: Account;
  readonly createdAt: number;
}

/** A check run made over the API; jobs are check runs too and are kept with their run. */
export interface CheckRunState {
  readonly id: number;
  readonly sha: string;
  readonly name: string;
  readonly externalId: string;
  status: 'queued' | 'in_progress' | 'completed';
  conclusion: string | null;
  detailsUrl: string | null;
  startedAt: number;
  completedAt: number | null;
  output: { readonly title: string | null; readonly summary: string | null; readonly text: string | null };
}

export interface LabelState {
  readonly id: number;
  readonly name: string;
  readonly color: string;
  readonly description: string | null;
}

/** An issue, or a pull request with what is its own. */
export interface IssueState {
  readonly id: number;
  readonly number: number;
  title: string;
  body: string | null;
  state: 'open' | 'closed';
  stateReason: 'completed' | 'reopened' | 'not_planned' | 'duplicate' | null;
  readonly user: Account;
  labels: string[];
  assignees: Account[];
  locked: boolean;
  readonly createdAt: number;
  updatedAt: number;
  closedAt: number | null;
  closedBy: Account | null;
  readonly comments: CommentState[];
  readonly pull: PullState | undefined;
}

export interface CommentState {
  readonly id: number;
  body: string;
  readonly user: Account;
  readonly createdAt: number;
  updatedAt: number;
}

export interface PullState {
  readonly id: number;
  readonly head: string;
  readonly base: string;
  readonly draft: boolean;
  headSha: string;
  baseSha: string;
  mergedAt: number | null;
  mergedBy: Account | null;
  mergeCommit: string | null;
  readonly reviews: PullReview[];
}

export interface PullReview {
  readonly id: number;
  readonly user: Account;
  readonly state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED';
  readonly body: string;
  readonly commitId: string;
  readonly submittedAt: number;
}

export interface ReleaseState {
  readonly id: number;
  tag: string;
  target: string;
  name: string | null;
  body: string | null;
  draft: boolean;
  prerelease: boolean;
  makeLatest: boolean;
  immutable: boolean;
  readonly author: Account;
  readonly createdAt: number;
  publishedAt: number | null;
  updatedAt: number;
}

export interface Activity {
  readonly id: number;
  readonly before: string;
  readonly after: string;
  readonly ref: string;
  readonly at: number;
  readonly type: 'push' | 'force_push' | 'branch_deletion' | 'branch_creation' | 'pr_merge';
  readonly actor: Account;
}
