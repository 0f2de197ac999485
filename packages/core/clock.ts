/** Time as the suite sees it; passed in everywhere, so that every rule can be replayed. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Resolves after `milliseconds`; rejects with the signal's reason when it is aborted first. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** A number in [0, 1): the source of jitter and of unique names. */
export type Random = () => number;
