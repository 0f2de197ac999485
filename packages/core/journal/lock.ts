import type { RunReference } from '../release.ts';
import type { Lock } from './event.ts';

/** What GitHub says of the run that holds a lock. `unknown` (no answer, no permission) is never taken for dead. */
export type RunLife = 'alive' | 'dead' | 'unknown';

export type LockJudgement =
  | { readonly kind: 'free' }
  | { readonly kind: 'mine'; readonly lock: Lock }
  /** The holder's run has ended without giving the lock back. */
  | { readonly kind: 'abandoned'; readonly lock: Lock }
  | { readonly kind: 'held'; readonly lock: Lock; readonly life: 'alive' | 'unknown' };

/** A later attempt of the same run is the same owner: its earlier attempt cannot be running any more. */
export function judgeLock(lock: Lock | null, me: RunReference, lifeOf: (run: RunReference) => RunLife): LockJudgement {
  if (lock === null) return { kind: 'free' };
  if (isSameRun(lock.run, me)) return { kind: 'mine', lock };
  const life = lifeOf(lock.run);
  return life === 'dead' ? { kind: 'abandoned', lock } : { kind: 'held', lock, life };
}

export function isSameRun(one: RunReference, other: RunReference): boolean {
  return one.repository === other.repository && one.id === other.id;
}
