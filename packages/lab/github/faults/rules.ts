/** Faults that a scenario wants, by call, and the record of every call. */

/**
 * A call is named as GitHub's documentation names it: `POST /repos/{owner}/{repo}/deployments`, or
 * `graphql createCommitOnBranch` (the field of the query or mutation).
 */
export interface FaultRule {
  readonly call: string;
  /** Which calls, counted from 1 since the rule was added; every one by default. */
  readonly when?:
    | { readonly nth: number }
    | { readonly from: number; readonly to: number }
    | { readonly until: number };
  readonly fault: FaultKind;
}

export type FaultKind =
  /** A 5xx without effect; with `effect` the effect happened all the same. */
  | { readonly kind: 'error'; readonly status: 500 | 502 | 503 | 504; readonly effect?: boolean }
  /** The connection dies before or after the effect. */
  | { readonly kind: 'reset-before' }
  | { readonly kind: 'reset-after' }
  /** Milliseconds of lab time before the call is looked at. */
  | { readonly kind: 'slow'; readonly milliseconds: number }
  | { readonly kind: 'rate-limit' }
  | { readonly kind: 'secondary-limit'; readonly retryAfterSeconds?: number };

export interface FaultWatch {
  /** How many calls it has struck. */
  readonly struck: number;
  remove(): void;
}

export interface CallRecord {
  readonly at: number;
  /** As in a rule: the route's template, not the path that was asked for. */
  readonly call: string;
  readonly path: string;
  readonly repository: string | undefined;
  /** Who called: a login, or undefined for nobody. */
  readonly actor: string | undefined;
  /** The run whose token it was. */
  readonly runId: number | undefined;
  readonly input: unknown;
  /** Whether it would change something: what the limits of writes count. */
  readonly writes: boolean;
  /** 0 when the connection was cut. */
  readonly status: number;
  readonly fault: FaultKind['kind'] | undefined;
}
