import { describe, expect, test } from '@jest/globals';
import type { Happening } from '#core/journal/event';
import { at, parkedEvent, release, run, stateAfter } from '../fixture.ts';

describe('what waits, and what people have said of it', () => {
  test('a parked release is parked once, since the first time, and no longer when it starts', () => {
    const parked = parkedEvent('1.4.0', { missing: ['ann'], until: at(60) });
    const waiting = stateAfter([parked, { ...parked, missing: ['ben'] }]);
    const { reason, request } = parked;
    expect(waiting.parked).toEqual([
      { release: release('1.4.0'), reason, missing: ['ben'], until: at(60), since: at(0), run: run(1), request },
    ]);
    expect(stateAfter([{ type: 'started', release: release('1.4.0'), components: [] }], waiting).parked).toEqual([]);
  });

  test('nor when it is dropped, or somebody rejects it; others stay', () => {
    const waiting = stateAfter([parkedEvent('1.4.0'), parkedEvent('1.5.0')]);
    const left = (happening: Happening) => stateAfter([happening], waiting).parked.map(entry => entry.release.version);
    const rejection = { login: 'cid', source: 'operation', comment: 'no' } as const;
    expect(left({ type: 'dropped', release: release('1.4.0'), reason: 'superseded', note: '' })).toEqual(['1.5.0']);
    expect(left({ type: 'rejected', release: release('1.5.0'), ...rejection })).toEqual(['1.4.0']);
    const { rejected } = stateAfter([{ type: 'rejected', release: release('1.5.0'), ...rejection }], waiting);
    expect(rejected).toEqual([{ release: release('1.5.0'), ...rejection, at: at(0), run: run(1) }]);
  });

  test('what the build of a parked release handed over is kept: nobody hands it over again', () => {
    const artifacts = { api: { image: 'sha256:1' } };
    expect(stateAfter([parkedEvent('1.4.0', { artifacts })]).recorded).toEqual([
      { release: release('1.4.0'), artifacts },
    ]);
  });

  test('an approval by the operation is of what was to be done; one that lets a run in is of that run', () => {
    const approvals = [{ login: 'cid', at: at(5), source: 'operation' as const }];
    const state = stateAfter([
      { type: 'approved', release: release('1.4.0'), approvals, reviews: 0, subject: 'x' },
      { type: 'approved', release: release('1.4.0'), approvals: [], reviews: 1 },
    ]);
    expect(state.agreed).toEqual([
      { release: release('1.4.0'), subject: 'x', login: 'cid', at: at(5), comment: '', run: run(1) },
    ]);
    expect(state.approved).toEqual([{ run: run(1), reviews: 1 }]);
  });
});
