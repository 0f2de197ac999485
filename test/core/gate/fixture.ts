import { firstAttempt } from '#core/gate/attempt';
import type { GateFacts } from '#core/gate/facts';
import { emptyState } from '#core/journal/state';
import { NOON, planOf } from '../fixture.ts';

/** A release of 1.4.0 to prod right before the change, with nothing in its way. */
export function gateFacts(change: Partial<GateFacts> = {}): GateFacts {
  return {
    plan: planOf('1.4.0'),
    stage: 'release',
    state: emptyState('prod'),
    earlier: null,
    lock: { kind: 'free' },
    now: NOON,
    found: {},
    approval: { kind: 'given', reviews: [], attempt: firstAttempt },
    subject: 'what is to be done',
    agreed: [],
    rejections: [],
    overdue: [],
    ...change,
  };
}
