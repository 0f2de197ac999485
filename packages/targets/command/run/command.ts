/** One command, as it is asked for. */
export interface Command {
  /** What is worked on, before every line that is shown: `api: terraform plan`. */
  readonly title: string;
  /** Absolute path of the program. */
  readonly program: string;
  /** Words: no shell reads them. */
  readonly args: readonly string[];
  /** Absolute path. */
  readonly cwd: string;
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Milliseconds. */
  readonly timeout: number;
  readonly stopping: Stopping;
  /** `errors`: only what it writes to standard error; `nothing`: for output that is data, or may hold secrets. */
  readonly show: 'all' | 'errors' | 'nothing';
  /** Standard output is wanted as a whole, up to so many bytes. */
  readonly collect?: number;
  /** Every line of standard output, as it was written: nothing of it may leave the action unredacted. */
  readonly onLine?: (line: string) => void;
}

/** What is done to a tool that has to stop, after the one SIGINT that it always gets first. */
export interface Stopping {
  /** How long it may take to leave things in order when its time is up, in ms. A cancelled run has but seconds. */
  readonly patience: number;
  /** Whether SIGTERM follows: some tools take a second signal for leave to drop everything. */
  readonly terminate: boolean;
  /** Whether it may be killed in the end. Never for a tool that holds a lock or writes a state. */
  readonly kill: boolean;
}

export const stoppableScript: Stopping = { patience: 30_000, terminate: true, kill: true };

/**
 * Terraform, OpenTofu, Pulumi: one signal, and they finish what is in flight, write the state and give the lock back. A second one
 * makes them leave it all behind. Source: developer.hashicorp.com/terraform, “Interrupting”; Pulumi’s `cancel` documentation.
 */
export const statefulTool: Stopping = { patience: 15 * 60_000, terminate: false, kill: false };

/** How a command ended. */
export interface CommandEnd {
  readonly how: 'exited' | 'signalled' | 'timed-out' | 'cancelled' | 'not-started';
  /** Null when a signal ended it, or when it still runs. */
  readonly code: number | null;
  readonly signal: string | null;
  /** It was asked to stop, and has not. */
  readonly stillRuns: boolean;
  /** Standard output, where it was collected; undefined when there was more than was wanted. */
  readonly stdout: string | undefined;
  /** The last lines of both streams, redacted. */
  readonly tail: readonly string[];
  /** The last lines of standard error alone, redacted. */
  readonly errors: readonly string[];
  /** Milliseconds. */
  readonly took: number;
}
