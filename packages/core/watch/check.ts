import type { RuleVerdict } from '../verdict.ts';

/** When something is judged. Epoch milliseconds. */
export interface Moment {
  readonly now: number;
  readonly start: number;
  readonly end: number;
  /** The stated time and the lag of the evidence have passed: what lacks now will not come any more. */
  readonly final: boolean;
}

/**
 * One check as it stands. Before the end its verdict is `wait` while nothing is wrong, and `fail` or `error` as soon as nothing
 * that may still come can change that.
 */
export interface CheckView {
  readonly rule: RuleVerdict;
  /** For the table: what must not happen, and the worst that was seen. */
  readonly limit: string;
  readonly worst: string;
  /** How many observations there are. */
  readonly samples: number;
}

export function isDecided({ rule }: CheckView): boolean {
  return rule.verdict === 'fail' || rule.verdict === 'error';
}
