import type { GitHubWorld, Person, Repository } from '../github/ports.ts';

/** What the runner uses of a repository of the lab's GitHub. */
export type RunnerRepository = Pick<
  Repository,
  | 'fullName'
  | 'owner'
  | 'name'
  | 'id'
  | 'ownerId'
  | 'defaultBranch'
  | 'resolve'
  | 'readFile'
  | 'listFiles'
  | 'changedFiles'
  | 'checkout'
  | 'environments'
  | 'variables'
  | 'secrets'
  | 'createRun'
  | 'addArtifact'
  | 'updateRun'
  | 'startAttempt'
  | 'createJob'
  | 'updateJob'
  | 'requestEnvironment'
>;

export interface RunnerGitHub extends Pick<GitHubWorld, 'hasRepository' | 'issueToken' | 'revokeToken'> {
  repository(fullName: string): RunnerRepository;
  person(login: string): Pick<Person, 'login' | 'id'>;
}

/** The job that something happens in. */
export interface StepOrigin {
  readonly repository: string;
  readonly runId: number;
  readonly runNumber: number;
  readonly attempt: number;
  readonly jobId: number;
  /** `release / plan` */
  readonly jobName: string;
  readonly environment?: string;
}
