import type { Clock, Random } from '#core/clock';
import type { Finding } from '#core/finding';
import type { Result } from '#core/outcome';
import type { Verdict } from '#core/verdict';
import type { RunContext } from './run-context.ts';

/** What an action has to work with, besides its inputs. */
export interface Kit {
  readonly run: RunContext;
  readonly clock: Clock;
  readonly random: Random;
  /** Aborted when the run is cancelled: there are 7.5 s to say what is to be said. */
  readonly signal: AbortSignal;
  readonly log: Log;
  /** Appends Markdown to the page of the job. */
  summary(markdown: string): void;
  setOutput(name: string, value: string): void;
  /** Keeps a value out of the log from now on. */
  mask(secret: string): void;
  /** A new OIDC token of the runner; it lives five minutes. */
  idToken(audience: string): Promise<string>;
}

export interface Log {
  info(line: string): void;
  warning(finding: Finding | string): void;
  /** Lines between this and the returned function’s call are folded. */
  group<T>(title: string, work: () => Promise<T>): Promise<T>;
}

/** What an action came to: a change has an outcome, a check has a verdict. */
export type ActionEnd =
  | { readonly kind: 'outcome'; readonly result: Result; readonly details: Readonly<Record<string, unknown>> }
  | {
      readonly kind: 'verdict';
      readonly verdict: Verdict;
      readonly details: Readonly<Record<string, unknown>>;
      /** In the plan job a release that lacks only time or people ends green. */
      readonly waitIsGreen: boolean;
    };
