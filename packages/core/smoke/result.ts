import type { Mismatch } from './answer.ts';

/** What one check of a smoke test came to; everything in it is printable and free of secrets. */
export interface CheckResult {
  readonly name: string;
  readonly kind: 'ready' | 'version' | 'step';
  readonly ending: Ending;
  /** `GET /desks`. */
  readonly request: string;
  readonly expected: string;
  readonly came: string;
  readonly status?: number;
  /** Milliseconds; for readiness until it was ready. */
  readonly latency?: number;
  /** How often it was asked; more than once for readiness only. */
  readonly tries: number;
  readonly mismatches: readonly Mismatch[];
}

/**
 * - `wrong-version`: an answer came and named another version.
 * - `not-run`: something before it failed or took all the time, so nothing is known.
 * - `cancelled`: the run was cancelled before it had its answer.
 */
export type Ending = 'passed' | 'failed' | 'wrong-version' | 'not-run' | 'cancelled';

export interface SmokeCounts {
  readonly tests: number;
  readonly failures: number;
  readonly skipped: number;
}

export function countsOf(results: readonly CheckResult[]): SmokeCounts {
  const count = (...endings: readonly Ending[]) => results.filter(({ ending }) => endings.includes(ending)).length;
  return {
    tests: results.length,
    failures: count('failed', 'wrong-version'),
    skipped: count('not-run', 'cancelled'),
  };
}
