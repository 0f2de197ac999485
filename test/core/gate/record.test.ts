import { expect, test } from '@jest/globals';
import { judgeRelease } from '#core/gate/judge';
import { type RecordedFacts, recallFacts, recordFacts } from '#core/gate/record';
import { foldAll } from '#core/journal/fold';
import { emptyState } from '#core/journal/state';
import { approvalBy, planOf } from '../fixture.ts';
import { randomEvents } from '../journal/random-events.ts';
import { gateFacts } from './fixture.ts';

test('a verdict follows again from what the journal keeps of its facts', () => {
  for (let seed = 0; seed < 200; seed += 1) {
    const events = { prod: randomEvents(seed, 30), stage: randomEvents(seed + 1000, 30) };
    const stateAt = ({ environment, sequence }: { readonly environment: string; readonly sequence: number }) =>
      foldAll(emptyState(environment), events[environment === 'prod' ? 'prod' : 'stage'].slice(0, sequence));
    const plan = planOf('1.1.0', {}, { after: 'stage', approve: approvalBy(['cid']) });
    const facts = gateFacts({
      plan,
      state: stateAt({ environment: 'prod', sequence: seed % 30 }),
      earlier: stateAt({ environment: 'stage', sequence: (seed * 7) % 30 }),
      stage: seed % 2 === 0 ? 'plan' : 'release',
      approval: seed % 2 === 0 ? { kind: 'ahead', reviewers: ['cid'] } : gateFacts().approval,
    });
    // As the journal has it: JSON.
    const kept = JSON.parse(JSON.stringify(recordFacts(facts))) as RecordedFacts;
    expect(judgeRelease(recallFacts(kept, stateAt))).toEqual(judgeRelease(facts));
  }
});
