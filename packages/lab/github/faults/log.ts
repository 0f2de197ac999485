import type { CallRecord } from './rules.ts';

/** What scenarios look back at. */
export interface CallLog {
  readonly calls: CallRecord[];
  readonly violations: string[];
  readonly unmodelled: string[];
}

export function createLog(): CallLog {
  return { calls: [], violations: [], unmodelled: [] };
}
