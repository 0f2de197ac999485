/**
 * What the rest of the lab sees of its GitHub: the world that a scenario changes, that the workflow runner writes its
 * runs into, and that the HTTP handler shows as REST and GraphQL. Everything is synchronous: a call has happened when it
 * returns. Times are epoch milliseconds of lab time, ids are numbers as GitHub gives them, shas are full.
 */

import type {
  EnvironmentDecision,
  EnvironmentRequest,
  EnvironmentSpec,
  EnvironmentWait,
  PendingApproval,
} from './environment-ports.ts';
import type { CallRecord, FaultRule, FaultWatch } from './faults/rules.ts';
import type { Job, JobChange, NewArtifact, NewJob, NewRun, Run, RunChange, RunRequest } from './run-ports.ts';
import type { PersonSpec, RepositoryPermission, RepositorySpec, RulesetSpec } from './specs.ts';

export type * from './environment-ports.ts';
export type * from './run-ports.ts';
export type * from './specs.ts';

export interface GitHubWorld {
  createRepository(spec: RepositorySpec): Repository;
  /** `owner/name`. Throws when there is none. */
  repository(fullName: string): Repository;
  hasRepository(fullName: string): boolean;
  repositories(): readonly Repository[];
  addPerson(spec: PersonSpec): Person;
  person(login: string): Person;
  /** Members are logins; a reviewer or a ruleset names the team as `@org/slug`. */
  addTeam(org: string, slug: string, members: readonly string[]): void;
  /** The token of one job (`ghs_…`): its permissions are enforced, it expires, it belongs to `github-actions[bot]`. */
  issueToken(grant: JobGrant): string;
  /** A person's token (`ghp_…`), allowed what the person is allowed. `expires` is lab time. */
  issueUserToken(login: string, options?: { readonly expires?: number }): string;
  revokeToken(token: string): void;
  /** Events that may start workflows, in order. Returns the listener's removal. */
  onEvent(listener: (event: WorldEvent) => void): () => void;
  /** Re-runs and cancellations that somebody asked for over REST or through a control. */
  onRunRequest(listener: (request: RunRequest) => void): () => void;
  addFault(rule: FaultRule): FaultWatch;
  readonly calls: readonly CallRecord[];
  /** Bugs of the lab itself: answers that GitHub's own description refuses. A scenario with one has proven nothing. */
  readonly violations: readonly string[];
  /** Calls of routes and fields that exist on GitHub and are not modelled. */
  readonly unmodelled: readonly string[];
}

export interface Person {
  readonly login: string;
  readonly id: number;
  readonly name: string;
  readonly email: string;
}

/** One repository: git, settings, environments and runs. */
export interface Repository {
  readonly fullName: string;
  readonly owner: string;
  readonly name: string;
  readonly id: number;
  readonly ownerId: number;
  readonly defaultBranch: string;
  /** The bare git repository on disk. */
  readonly gitDirectory: string;

  // ── git, as people use it ──
  /** One commit on `branch` (made when it is missing), pushed by `author`. Answers the commit's sha. */
  commit(change: CommitSpec): string;
  tag(name: string, options: TagSpec): string;
  /** Several refs in one push: with more than three tags GitHub makes no event at all. */
  push(updates: readonly RefUpdate[], pusher: string): void;
  deleteRef(ref: string, pusher: string): void;
  /** Sha of a full ref (`refs/heads/main`), a short name, or a (short) sha, peeled to the commit; undefined when there is none. */
  resolve(revision: string): string | undefined;
  /** Full ref → sha of the object that it names (a tag object for an annotated tag). */
  refs(): ReadonlyMap<string, string>;
  /** The message of a commit; undefined when there is none of that sha. */
  message(sha: string): string | undefined;
  /** Content at a revision; undefined when the file is not there. */
  readFile(revision: string, path: string): Buffer | undefined;
  /** Paths of all files at a revision. */
  listFiles(revision: string): readonly string[];
  /** Paths that differ between two commits (for `on.push.paths`). */
  changedFiles(base: string | undefined, head: string): readonly string[];
  /**
   * Puts the commit into `directory` with a `.git` of its own, HEAD detached at it. There is no remote to push to.
   * With `depth: 1` (as actions/checkout does) the history is cut.
   */
  checkout(sha: string, directory: string, options?: { readonly depth?: number }): void;

  // ── settings ──
  setEnvironment(spec: EnvironmentSpec): void;
  environment(name: string): EnvironmentSpec | undefined;
  environments(): readonly EnvironmentSpec[];
  setRuleset(spec: RulesetSpec): void;
  setCollaborator(login: string, permission: RepositoryPermission): void;
  /** `vars`: the repository's, with those of `environment` on top. */
  variables(environment?: string): Readonly<Record<string, string>>;
  secrets(environment?: string): Readonly<Record<string, string>>;

  // ── runs, written by the workflow runner ──
  createRun(spec: NewRun): Run;
  /** What a job has uploaded; one of the same name and run goes. Answers its id. */
  addArtifact(spec: NewArtifact): { readonly id: number; readonly digest: string };
  updateRun(runId: number, change: RunChange): Run;
  /** A new attempt of a completed run: run_attempt + 1, jobs of the earlier attempts stay readable. */
  startAttempt(runId: number, options: { readonly triggeringActor: string }): Run;
  createJob(runId: number, spec: NewJob): Job;
  updateJob(jobId: number, change: JobChange): Job;
  run(runId: number): Run;
  runs(): readonly Run[];
  /** Jobs of one attempt, the latest by default. */
  jobs(runId: number, attempt?: number): readonly Job[];
  /**
   * A job wants to enter an environment (which is made, unprotected, when nobody made it). `decided` is called exactly
   * once, from a clock event, also when nothing needs waiting for. Until then the run's REST answers show the request.
   * Creates the job's deployment unless `deployment: false`; `updateJob` keeps its statuses.
   */
  requestEnvironment(request: EnvironmentRequest, decided: (decision: EnvironmentDecision) => void): EnvironmentWait;

  // ── what people do in the browser ──
  /** Approves what is pending of this run for the environments; throws a `Refusal` when the person may not. */
  approve(person: string, runId: number, environments: readonly string[], comment?: string): void;
  reject(person: string, runId: number, environments: readonly string[], comment?: string): void;
  /** Requests that wait for a review now. */
  pendingApprovals(runId?: number): readonly PendingApproval[];
  dispatchWorkflow(person: string, dispatch: DispatchSpec): void;
  /** The clock starts a workflow that has a `schedule`; the person is who has last changed its cron line. */
  startBySchedule(person: string, workflow: string): void;
  cancelRun(person: string, runId: number): void;
  rerun(person: string, runId: number, options?: { readonly failedOnly?: boolean }): void;
  publishRelease(person: string, release: ReleaseSpec): void;
  openPullRequest(person: string, request: PullRequestSpec): number;
  reviewPullRequest(
    person: string,
    number: number,
    verdict: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED',
    body?: string,
  ): void;
  /** With a merge commit; answers its sha. */
  mergePullRequest(person: string, number: number): string;
  openIssue(person: string, issue: IssueSpec): number;
  /** The newest open one of this title; answers its number. */
  closeIssue(person: string, title: string): number;
  /** The newest closed one of this title. */
  reopenIssue(person: string, title: string): number;
  /** Replaces text of the body of the newest open one of this title; answers its number. */
  editIssue(person: string, title: string, replace: Readonly<Record<string, string>>): number;
  /** All of this title, the oldest first, as people see them. */
  issuesNamed(title: string): readonly IssueOnPage[];
  /** All of them, drafts included, the oldest first. */
  releases(): readonly ReleaseOnPage[];
  /** What somebody’s CI reports of a commit, as an app or with a token. */
  addCheck(check: CheckSpec): void;
  addStatus(person: string, status: StatusSpec): void;
}

// ── git ──

export interface CommitSpec {
  readonly branch: string;
  /** Where a branch that is missing starts: a branch, tag or sha. Without it, as an orphan. */
  readonly from?: string;
  readonly message: string;
  /** A person's login. */
  readonly author: string;
  /** Path → content; null deletes. Other files stay. */
  readonly files: Readonly<Record<string, string | Uint8Array | null>>;
  /** Files that are executable (mode 100755). */
  readonly executable?: readonly string[];
}

export interface TagSpec {
  /** A branch, tag or sha. */
  readonly at: string;
  readonly tagger: string;
  readonly annotated?: boolean;
  readonly message?: string;
  /** Moves a tag that exists, as `push --force` does. */
  readonly force?: boolean;
  /** A signature of the tagger. `reason` is what GitHub finds when it checks it: `valid` unless said. */
  readonly signed?: { readonly with: 'gpg' | 'ssh' | 's/mime'; readonly reason?: string };
}

export interface RefUpdate {
  /** Full name: `refs/tags/v1.2.3`. */
  readonly ref: string;
  readonly sha: string;
  readonly force?: boolean;
}

// ── tokens ──

export type Access = 'read' | 'write' | 'none';
export type PermissionName =
  | 'actions'
  | 'artifact-metadata'
  | 'attestations'
  | 'checks'
  | 'contents'
  | 'deployments'
  | 'discussions'
  | 'id-token'
  | 'issues'
  | 'models'
  | 'packages'
  | 'pages'
  | 'pull-requests'
  | 'security-events'
  | 'statuses';
/** What is not named is `none`, as in a workflow; `metadata: read` is always there. */
export type Permissions = Readonly<Partial<Record<PermissionName, Access>>>;

export interface JobGrant {
  readonly repository: string;
  readonly runId: number;
  readonly jobId?: number;
  readonly permissions: Permissions;
  /** Lab time; 24 hours from now when it is not given (the job's end revokes it: `revokeToken`). */
  readonly expires?: number;
}

// ── events ──

export interface WorldEvent {
  /** `push`, `create`, `delete`, `release`, `workflow_dispatch`, `repository_dispatch`, `pull_request`, `issues`, … */
  readonly name: string;
  /** The activity type: `published`, `opened`; for repository_dispatch the `event_type`. */
  readonly action?: string;
  readonly repository: string;
  readonly at: number;
  /** GITHUB_REF and GITHUB_SHA of runs that this event starts. */
  readonly ref: string;
  readonly sha: string;
  readonly actor: string;
  /** What GITHUB_EVENT_PATH holds. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** workflow_dispatch: the one workflow it is for, and the id that its run will have. */
  readonly workflowPath?: string;
  readonly runId?: number;
  /** A pull request by a bot: its runs wait for somebody's approval. */
  readonly needsApproval?: boolean;
}

// ── what people do ──

export interface DispatchSpec {
  /** File name or path of the workflow. */
  readonly workflow: string;
  /** Branch or tag; the default branch when it is not given. */
  readonly ref?: string;
  readonly inputs?: Readonly<Record<string, string | boolean | number>>;
}

export interface ReleaseSpec {
  readonly tag: string;
  readonly name?: string;
  readonly body?: string;
  readonly prerelease?: boolean;
  /** Not published: there is no tag yet. */
  readonly draft?: boolean;
  /** Where the tag is made when it does not exist. */
  readonly target?: string;
}

export interface PullRequestSpec {
  readonly title: string;
  readonly body?: string;
  readonly head: string;
  readonly base?: string;
  readonly labels?: readonly string[];
}

export interface CheckSpec {
  /** A branch, tag or sha. */
  readonly at: string;
  readonly name: string;
  readonly status?: 'queued' | 'in_progress' | undefined;
  /** Null while it goes on. */
  readonly conclusion?: string | null | undefined;
}

export interface StatusSpec {
  readonly at: string;
  readonly context?: string;
  readonly state: 'error' | 'failure' | 'pending' | 'success';
}

/** A release as people see it. */
export interface ReleaseOnPage {
  readonly tag: string;
  readonly body: string;
  readonly draft: boolean;
  readonly prerelease: boolean;
  /** Whether GitHub shows it as the latest one. */
  readonly latest: boolean;
}

export interface IssueOnPage {
  readonly number: number;
  readonly open: boolean;
  readonly body: string;
  /** The oldest first. */
  readonly comments: readonly string[];
}

export interface IssueSpec {
  readonly title: string;
  readonly body?: string;
  readonly labels?: readonly string[];
}
