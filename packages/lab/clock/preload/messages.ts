/** What the lab says to a participant. `turn` starts its main module or runs its timers that are due; `probe` only asks. */
export interface Order {
  readonly kind: 'turn' | 'probe';
  readonly seq: number;
  /** For Math.random; counts in the first turn. */
  readonly seed: number;
}

/** A participant's first word. */
export interface Hello {
  readonly kind: 'hello';
  readonly pid: number;
  readonly ppid: number;
  readonly title: string;
}

/** "I have heard `seq`, and nothing goes on here." Two reports with the same `activity` mean that nothing did in between. */
export interface Quiet {
  readonly kind: 'quiet';
  readonly seq: number;
  /** Callbacks that the process has run so far. */
  readonly activity: number;
  /** Lab time at which its next timer is due; null without a timer. */
  readonly due: number | null;
  /** Open TCP sockets: each is a request in flight. */
  readonly sockets: number;
  /** Its own child processes that still run. */
  readonly children: readonly number[];
}

/** For diagnostics only: what keeps a participant from being quiet for a second or more of wall time. */
export interface Busy {
  readonly kind: 'busy';
  readonly resources: readonly string[];
}

export type Report = Hello | Quiet | Busy;
