import type { Finding } from './finding.ts';

/** How a change ended, of what the action was *asked* to do: a rollback that restores has succeeded. */
export const outcomes = [
  'succeeded',
  'no-op',
  'failed',
  'rolled-back',
  'superseded',
  'stopped',
  'timed-out',
  'refused',
] as const;

export type Outcome = (typeof outcomes)[number];

/** What a change came to, with the reason a machine can branch on and the facts a person needs. */
export interface Result extends Finding {
  readonly outcome: Outcome;
}

/** Only a change that did what was asked, or that had nothing to do, ends a step green. */
export function isSuccess(outcome: Outcome): boolean {
  switch (outcome) {
    case 'succeeded':
    case 'no-op':
      return true;
    case 'failed':
    case 'rolled-back':
    case 'superseded':
    case 'stopped':
    case 'timed-out':
    case 'refused':
      return false;
  }
}

/** From best to worst: what several changes came to together is what the worst of them came to. */
const severity: Record<Outcome, number> = {
  'no-op': 0,
  succeeded: 1,
  superseded: 2,
  stopped: 3,
  'rolled-back': 4,
  'timed-out': 5,
  refused: 6,
  failed: 7,
};

export function worst<R extends Result>(results: readonly R[]): R | undefined {
  return results.reduce<R | undefined>(
    (held, next) => (held === undefined || severity[next.outcome] > severity[held.outcome] ? next : held),
    undefined,
  );
}
