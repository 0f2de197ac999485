/**
 * What a component was at one moment, as its target can bring it back. The target owns the shape of `state`
 * and its version; everybody else only carries it.
 */
export interface Snapshot {
  readonly target: string;
  readonly schema: number;
  readonly state: Readonly<Record<string, unknown>>;
}

/** Stored for every change of a component: what ran before (nothing, on a first deployment), and what runs now. */
export interface Receipt {
  readonly component: string;
  readonly before: Snapshot | null;
  readonly after: Snapshot | null;
}
