import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { notFollowing } from '#core/journal/audit';
import type { JournalEvent } from '#core/journal/event';
import { foldAll } from '#core/journal/fold';
import { type EnvironmentState, emptyState } from '#core/journal/state';
import { chooseParked } from '#core/plan/choose-parked';
import { NOON } from '../fixture.ts';

/**
 * A journal as version 0.1 wrote it: every kind of event, and the state that followed. It is never written anew. Where a change makes this
 * test fail, an upgrade would find the journals of its users forged, or drop what waits in them: mend the change, not the file.
 */
const journal: { readonly events: readonly JournalEvent[]; readonly state: EnvironmentState } = JSON.parse(
  readFileSync(join(import.meta.dirname, 'written-by-0.1.json'), 'utf8'),
);

describe('somebody upgrades the suite while a release is parked, a lock is held, a version is on hold', () => {
  test('the journal is believed, commit by commit', () => {
    let before: EnvironmentState = emptyState('prod');
    for (const event of journal.events) {
      const written = foldAll(before, [event]);
      expect(notFollowing(before, [event], { ...written })).toEqual([]);
      before = written;
    }
    expect(notFollowing(emptyState('prod'), journal.events, { ...journal.state })).toEqual([]);
  });

  test('what waits goes on, what is held is held', () => {
    const { parked, rollbacks, holds, lock } = foldAll(emptyState('prod'), journal.events);
    const chosen = chooseParked([{ environment: 'prod', queue: 'newest', parked: journal.state.parked }], {
      by: 'go',
      now: NOON,
      unasked: false,
    });
    expect(chosen.map(choice => choice.parked)).toEqual(parked);
    expect(parked.length).toBeGreaterThan(0);
    expect({ rollbacks, holds, lock }).toEqual({
      rollbacks: journal.state.rollbacks,
      holds: journal.state.holds,
      lock: journal.state.lock,
    });
  });

  test('every kind of event that there was is in it', () => {
    expect(new Set(journal.events.map(({ type }) => type)).size).toBe(22);
  });
});
