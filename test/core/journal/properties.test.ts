import { describe, expect, test } from '@jest/globals';
import { eventFile } from '#core/journal/event';
import { foldAll } from '#core/journal/fold';
import { journalPage } from '#core/journal/page';
import { emptyState } from '#core/journal/state';
import { randomEvents } from './random-events.ts';

const seeds = Array.from({ length: 60 }, (_, index) => index + 1);

/** Columns of a table row as GitHub counts them: pipes that no backslash guards, less the borders. */
function columns(row: string): number {
  return row.replace(/\\./g, '').split('|').length - 2;
}

describe('for any order of any events', () => {
  test('folding never throws, and reads back from JSON as it was', () => {
    for (const seed of seeds) {
      const state = foldAll(emptyState('prod'), randomEvents(seed, 80));
      expect(state.sequence).toBe(80);
      expect(JSON.parse(JSON.stringify(state))).toEqual(state);
    }
  });

  test('cut anywhere and taken up again, the state is the same', () => {
    for (const seed of seeds) {
      const all = randomEvents(seed, 40);
      const whole = foldAll(emptyState('prod'), all);
      const cut = seed % 40;
      const half = JSON.parse(JSON.stringify(foldAll(emptyState('prod'), all.slice(0, cut))));
      expect(foldAll(half, all.slice(cut))).toEqual(whole);
    }
  });

  test('the last verified release is always one that can be gone back to', () => {
    for (const seed of seeds) {
      const { verified, known } = foldAll(emptyState('prod'), randomEvents(seed, 80));
      if (verified !== null) expect(known).toContainEqual(verified);
    }
  });

  test('every table of the page keeps its columns, whatever people write', () => {
    for (const seed of seeds) {
      const lines = journalPage(foldAll(emptyState('prod'), randomEvents(seed, 60))).split(/\r\n|\r|\n/);
      let expected: number | undefined;
      for (const line of lines) {
        const found = line.startsWith('|') ? columns(line) : undefined;
        if (found !== undefined && expected !== undefined) expect(found).toBe(expected);
        expected = found;
      }
    }
  });

  test('nothing that people write opens a heading of its own', () => {
    const own = /^(# prod|## (Holds|Parked|Rollbacks to approve|Emergencies|History))$/;
    for (const seed of seeds) {
      const lines = journalPage(foldAll(emptyState('prod'), randomEvents(seed, 60))).split(/\r\n|\r|\n/);
      expect(lines.filter(line => line.startsWith('#') && !own.test(line))).toEqual([]);
    }
  });

  test('event files sort by name in the order in which they were written', () => {
    const files = randomEvents(1, 1200).map((event, index) => eventFile(index + 1, event));
    expect(files.toSorted()).toEqual(files);
    expect(files[41]).toMatch(/^events\/000042-[a-z-]+\.json$/);
  });
});
