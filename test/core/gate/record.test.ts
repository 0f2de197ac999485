import { expect, test } from '@jest/globals';
import type { Gates } from '#core/flow/gates/registry';
import type { Found } from '#core/gate/facts';
import { judgeRelease } from '#core/gate/judge';
import type { Lookups } from '#core/gate/lookups';
import { type RecordedFacts, recallFacts, recordFacts } from '#core/gate/record';
import { foldAll } from '#core/journal/fold';
import { emptyState } from '#core/journal/state';
import { approvalBy, MINUTE, NOON, planOf } from '../fixture.ts';
import { randomEvents } from '../journal/random-events.ts';
import { gateFacts } from './fixture.ts';

const gates: Gates = {
  soak: { for: 5 * MINUTE, alarms: [{ name: 'orders' }] },
  'alarms-ok': { here: [{ name: 'orders' }], earlier: [] },
};
const orders = { name: 'orders', state: 'OK', reason: 'fine', since: NOON } as const;
const alarms: Found['alarms-ok'] = { known: true, value: { here: { known: 'later' }, earlier: null } };
const looked = (seed: number): Lookups['soak'] => ({
  known: true,
  value: [seed % 3 === 0 ? orders : { ...orders, rangUntil: NOON - seed * MINUTE }],
});

test('a verdict follows again from what the journal keeps of its facts', () => {
  for (let seed = 0; seed < 200; seed += 1) {
    const events = { prod: randomEvents(seed, 30), stage: randomEvents(seed + 1000, 30) };
    const stateAt = ({ environment, sequence }: { readonly environment: string; readonly sequence: number }) =>
      foldAll(emptyState(environment), events[environment === 'prod' ? 'prod' : 'stage'].slice(0, sequence));
    const plan = planOf('1.1.0', {}, { after: 'stage', approve: approvalBy(['cid']), gates });
    const facts = gateFacts({
      plan,
      state: stateAt({ environment: 'prod', sequence: seed % 30 }),
      earlier: stateAt({ environment: 'stage', sequence: (seed * 7) % 30 }),
      stage: seed % 2 === 0 ? 'plan' : 'release',
      found: { soak: { known: true, value: looked(seed) }, 'alarms-ok': alarms },
      approval: seed % 2 === 0 ? { kind: 'ahead', reviewers: ['cid'] } : gateFacts().approval,
    });
    // As the journal has it: JSON.
    const kept = JSON.parse(JSON.stringify(recordFacts(facts))) as RecordedFacts;
    expect(judgeRelease(recallFacts(kept, stateAt))).toEqual(judgeRelease(facts));
  }
});
