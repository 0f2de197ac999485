import type { Finding } from '../finding.ts';
import { findingOfRule, type RuleVerdict } from '../verdict.ts';
import { judgeEnded } from './asked-rollback.ts';
import type { GateFacts } from './facts.ts';
import { judgeHolds } from './holds.ts';
import { judgeStart } from './what-runs.ts';

/**
 * What the journal says, asked once more by whoever has taken the lock: what another run has written since the gate looked stops the
 * change, too. It costs no call, for the lock is taken by a commit to that very journal.
 */
export function judgeUnderLock(facts: Pick<GateFacts, 'plan' | 'state' | 'now' | 'lock'>): readonly RuleVerdict[] {
  return [judgeHolds(facts), ...judgeEnded(facts), ...judgeStart(facts)];
}

/** What stops the change under the lock: nothing, as long as all of it passes. */
export function stoppedUnderLock(facts: Parameters<typeof judgeUnderLock>[0]): readonly Finding[] {
  return judgeUnderLock(facts)
    .filter(({ verdict }) => verdict !== 'pass')
    .map(findingOfRule);
}
