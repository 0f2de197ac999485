import { describe, expect, test } from '@jest/globals';
import { journalPage } from '#core/journal/page';
import { emptyState } from '#core/journal/state';
import { at, lockOf, parkedEvent, stateAfter, verifiedRelease } from '../fixture.ts';

describe('the page of an environment', () => {
  test('before the first release it says so', () => {
    const page = journalPage(emptyState('prod'));
    expect(page).toContain('# prod');
    expect(page).toContain('| runs | — | — | — | — |');
    expect(page).toContain('Nothing yet.');
    expect(page).not.toMatch(/## Holds|## Parked|🔒/);
  });

  test('it shows what runs and what was last verified, each with its commit and its run', () => {
    const [started, ran] = verifiedRelease('1.4.0', '1.3.0');
    const state = stateAfter(
      [started, ran].flatMap(event => event ?? []),
      stateAfter(verifiedRelease('1.3.0', null)),
    );
    const page = journalPage(state);
    expect(page).toMatch(/\| runs \| \*\*1\.4\.0\*\* \| sha-1\.4\.0 \| 2026-11-02 12:01 \| \[run 1\]\(https:/);
    expect(page).toMatch(/\| last verified \| \*\*1\.3\.0\*\* \| sha-1\.3\.0 \|/);
  });

  test('it shows who holds the lock, holds with their owner, and what is parked', () => {
    const state = stateAfter([
      { type: 'locked', lock: { ...lockOf(9, 'ben'), reason: 'hotfix\n# now' } },
      {
        type: 'held',
        hold: { id: 'h1', environment: 'prod', version: '1.5.0', reason: 'broken', owner: 'cid', since: at(0) },
      },
      parkedEvent('1.6.0', { reason: 'window', missing: ['ann'], until: at(60) }),
    ]);
    const page = journalPage(state);
    expect(page).toContain('> 🔒 ben has been changing this environment since 2026-11-02 12:00: hotfix # now ([run 9]');
    expect(page).toContain('| h1 | 1.5.0 | broken | cid | 2026-11-02 12:00 |  |');
    expect(page).toContain('| 1.6.0 | window | ann | 2026-11-02T13:00:00.000Z | 2026-11-02 12:02 | [run 1](');
  });

  test('the newest of the history stands first', () => {
    const page = journalPage(stateAfter([...verifiedRelease('1.3.0', null), ...verifiedRelease('1.4.0', '1.3.0')]));
    expect(page.indexOf('| 1.4.0 | verified |')).toBeGreaterThan(0);
    expect(page.indexOf('| 1.4.0 | verified |')).toBeLessThan(page.indexOf('| 1.3.0 | verified |'));
  });
});
