import type { ChildProcess } from 'node:child_process';
import type { LabClock } from '../clock/clock.ts';
import type { RunnerGitHub, StepOrigin } from './github-port.ts';
import type { KnownActions } from './known-actions/known-action.ts';
import type { RunnerEvent } from './records.ts';

export type * from './github-port.ts';

/** What the runner stands on. The lab's GitHub satisfies `github` as it is. */
export interface RunnerPorts {
  readonly clock: LabClock;
  readonly github: RunnerGitHub;
  readonly addresses: Addresses;
  /** A folder of its own: workspaces, homes, temporary files, artifacts. */
  readonly directory: string;
  /** Third-party actions that the lab stands in for, by `owner/name`. */
  readonly knownActions: KnownActions;
  /** How a job gets OIDC tokens; without it a job with `id-token: write` fails to start. */
  readonly oidc?: (job: OidcJob) => OidcAccess;
  /** Puts child processes on lab time. Without it time stands still while one runs. */
  readonly children?: ChildClock;
  /** Variables of the lab for every step: `AWS_ENDPOINT_URL` … */
  readonly variables?: (job: StepOrigin) => Readonly<Record<string, string>>;
  /** Told live what happens, for narration. */
  readonly onProgress?: (event: RunnerEvent) => void;
  readonly options?: RunnerOptions;
}

export interface RunnerOptions {
  /** The `node` of the runner image; its folder leads PATH. The running one by default. */
  readonly node?: string;
  /** A folder of programs that stand before those of the system. */
  readonly tools?: string;
  /** The rest of PATH. */
  readonly path?: readonly string[];
  /** Lab milliseconds from a job being ready to a machine taking it; 0 by default. */
  readonly pickUp?: number;
  /** The repository setting for tokens of workflows without `permissions`. */
  readonly defaultPermissions?: 'restricted' | 'permissive';
}

export interface Addresses {
  /** `https://github.com` on GitHub. */
  readonly server: string;
  readonly api: string;
  readonly graphql: string;
}

/** Everything that GitHub's OIDC claims are made of. */
export interface OidcJob extends StepOrigin {
  readonly ref: string;
  readonly sha: string;
  readonly actor: string;
  readonly event: string;
  readonly workflowRef: string;
  readonly workflowSha: string;
  /** The workflow file that defines the job: that of a called workflow when the job is in one. */
  readonly jobWorkflowRef: string;
  readonly jobWorkflowSha: string;
}

export interface OidcAccess {
  readonly url: string;
  readonly token: string;
}

/** The clock's side of child processes: what `createLabClock` gives. */
export interface ChildClock {
  /** Variables that put a process on lab time. */
  readonly env: Readonly<Record<string, string>>;
  /** Told of every process as soon as it is started; time stands still while it is not on lab time. */
  follow(child: ChildProcess): void;
}
