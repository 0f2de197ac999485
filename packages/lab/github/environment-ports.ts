/** Environments and what jobs wait for in front of them; part of `ports.ts`. */

export interface EnvironmentSpec {
  readonly name: string;
  /** Logins or `@org/team`, at most 6; one of them approves. */
  readonly reviewers?: readonly string[];
  readonly preventSelfReview?: boolean;
  /** Minutes, at most 43,200. */
  readonly waitTimer?: number;
  /**
   * Which refs may enter. Matched with the run's ref, by name, with fnmatch: `{ tags: ['v*.*.*'], branches: ['main'] }`.
   * `protected` allows branches with protection only. Nothing: all refs.
   */
  readonly refs?: { readonly branches?: readonly string[]; readonly tags?: readonly string[] } | 'protected';
  readonly canAdminsBypass?: boolean;
  readonly variables?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
}

export interface EnvironmentRequest {
  readonly runId: number;
  readonly jobId: number;
  readonly environment: string;
  /** `environment.deployment` of the job; true by default. */
  readonly deployment?: boolean;
}

export interface EnvironmentWait {
  /** Who may approve (logins); empty when only a timer or nothing is waited for. */
  readonly reviewers: readonly string[];
  /** Withdraws the request: the run was cancelled. `decided` is not called any more. */
  withdraw(): void;
}

export type EnvironmentDecision =
  | { readonly state: 'entered'; readonly by?: string; readonly comment?: string; readonly deploymentId?: number }
  /** `rejected` by a person, `expired` after 30 days, `refused` by the environment's branch and tag rules. */
  | { readonly state: 'rejected' | 'expired' | 'refused'; readonly message: string; readonly by?: string };

export interface PendingApproval {
  readonly runId: number;
  readonly jobId: number;
  readonly environment: string;
  readonly reviewers: readonly string[];
  readonly since: number;
}

/** Somebody may not do what they asked for; `message` is GitHub's. */
export interface Refusal extends Error {
  readonly status: number;
}
