import type { Limit } from '../flow/limit.ts';
import type { Series, Signal } from './signal.ts';

/** How one limit is measured on one subject. */
export interface Measure {
  readonly limit: Limit;
  readonly subject: string;
  readonly signals: readonly Signal[];
  /** Milliseconds that one value covers; windows slide by a minute. */
  readonly window: number;
  /** How many windows in a row must be beyond the limit. */
  readonly inARow: number;
  /** Whether there must be a value every minute, or only where there was traffic. */
  readonly reported: 'always' | 'with-traffic';
  /** Whether more data can only make it worse: then a breach counts before its window is complete or its data settled. */
  readonly grows: boolean;
  /** In the unit of the limit; undefined where the minutes say nothing. */
  readonly value: (read: (signal: Signal) => Series, minutes: readonly number[]) => number | undefined;
}
