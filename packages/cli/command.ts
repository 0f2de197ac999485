/** Where a command runs, and whom it talks to. */
export interface Terminal {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What was asked for, on standard output. */
  write(line: string): void;
  /** What went wrong, on standard error. */
  complain(line: string): void;
}

/** How a command ended: all is as it should be; something is not; it could not be found out. */
export const exitCodes = { good: 0, bad: 1, unknown: 2 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export interface Command {
  /** The words after its name. */
  readonly usage: string;
  readonly about: string;
  /** Throws a `FindingError` for what a person can mend. */
  readonly run: (words: readonly string[], terminal: Terminal) => Promise<ExitCode>;
}
