import type { BreakableRule } from '../flow/break-glass.ts';

/** An emergency, as somebody asked for it. */
export interface Glass {
  readonly rules: readonly BreakableRule[];
  readonly reason: string;
  /** Link to the incident. */
  readonly incident: string;
}
