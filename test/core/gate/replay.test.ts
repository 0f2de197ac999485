import { describe, expect, test } from '@jest/globals';
import type { GateFacts } from '#core/gate/facts';
import { judgeRelease } from '#core/gate/judge';
import { recordFacts } from '#core/gate/record';
import { type Journals, type JudgedEvent, replay } from '#core/gate/replay';
import type { JournalEvent } from '#core/journal/event';
import { foldAll } from '#core/journal/fold';
import { emptyState } from '#core/journal/state';
import { approvalBy, at, events, MINUTE, NOON, planOf, run, verifiedRelease } from '../fixture.ts';
import { gateFacts } from './fixture.ts';

const stage = events(verifiedRelease('1.4.0', '1.3.0'));
const prod = events(verifiedRelease('1.3.0', null));

/** lena approved 1.4.0, which stage has verified; prod runs 1.3.0. */
const facts: GateFacts = gateFacts({
  plan: planOf(
    '1.4.0',
    { made: at(0), runs: { ...planOf('1.3.0').release } },
    { after: 'stage', approve: approvalBy(['lena'], { within: 60 * MINUTE }) },
  ),
  state: foldAll(emptyState('prod'), prod),
  earlier: foldAll(emptyState('stage'), stage),
  now: NOON + 10 * MINUTE,
  approval: {
    kind: 'given',
    reviews: [{ login: 'lena', state: 'approved', comment: '' }],
    attempt: { number: 1, used: 0, reviewers: undefined },
  },
});

function judgedEvent(of: GateFacts = facts): JudgedEvent {
  const { verdict, reason, rules } = judgeRelease(of).verdict;
  const judged = { type: 'judged', release: of.plan.release, stage: of.stage, verdict, reason, rules } as const;
  const event = { schema: 1, id: 'j', at: at(11), run: run(2), ...judged, facts: recordFacts(of) } as const;
  // As the journal has it: JSON.
  return JSON.parse(JSON.stringify(event)) as JudgedEvent;
}

const judged = judgedEvent();
const journals: Journals = { stage, prod: [...prod, judged] };
const again = (event: JudgedEvent, at: Journals = journals, number = prod.length + 1) =>
  replay({ environment: 'prod', number, event }, at);

test('the same facts give the same verdict', () => {
  expect(judged.verdict).toBe('pass');
  expect(again(judged)).toMatchObject({ kind: 'same', verdict: { verdict: 'pass' } });
});

test('what came later changes nothing', () => {
  const later = events(verifiedRelease('1.5.0', '1.4.0'), run(9));
  expect(again(judged, { stage: [...stage, ...later], prod: [...prod, judged, ...later] })).toMatchObject({
    kind: 'same',
  });
});

/** The event with its facts changed, as somebody does it who may write to the branch. */
function touched(change: (facts: Record<string, never>) => void): JudgedEvent {
  const copy = structuredClone(judged);
  change(copy.facts as Record<string, never>);
  return copy;
}

const set = (path: string, value: unknown) =>
  touched(facts => {
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    const inner = keys.reduce<Record<string, unknown>>((at, key) => at[key] as Record<string, unknown>, facts);
    inner[last] = value;
  });

describe('it is different', () => {
  test.each<[string, JudgedEvent, string]>([
    ['another person approved', set('approval.reviews.0.login', 'mia'), 'approval-by-outsider'],
    ['somebody rejected', set('approval.reviews.0.state', 'rejected'), 'from its facts follows fail'],
    ['it was approved later', set('plan.made', at(-120)), 'approval-too-late'],
    ['it was judged earlier in the journal', set('earlier.sequence', 1), 'earlier-not-verified'],
    ['another plan', set('plan.release.sha', 'other'), 'the event is about 1.4.0, its facts about 1.4.0'],
    ['the plan of another environment', set('plan.environment.name', 'dev'), 'its facts are of dev and prod'],
    ['an earlier environment that the plan does not name', set('plan.environment.after', 'dev'), 'comes after dev'],
    ['an earlier environment left out', set('earlier', null), 'comes after stage'],
    ['judged on what came after it', set('state.sequence', prod.length + 1), 'cannot be judged after event'],
    ['judged after it was written', set('now', NOON + 12 * MINUTE), 'before the time of its facts'],
    ['the other stage', set('stage', 'plan'), 'the event is of the stage release, its facts of plan'],
    ['another verdict', { ...judged, verdict: 'fail' }, 'verdict: the journal says fail (all-rules-pass)'],
    ['another reason', { ...judged, reason: 'held' }, 'verdict: the journal says pass (held)'],
    ['a rule left out', { ...judged, rules: judged.rules.slice(0, -1) }, 'approval: the journal says nothing'],
    [
      'a rule added',
      { ...judged, rules: [...judged.rules, ...judged.rules.slice(0, 1)] },
      'from its facts follows nothing',
    ],
    [
      'the words of a rule',
      { ...judged, rules: judged.rules.map(rule => ({ ...rule, message: 'Fine.' })) },
      'approval: the journal says pass (approved), “Fine.”',
    ],
    [
      'the advice of a rule',
      { ...judged, rules: judged.rules.map(rule => ({ ...rule, next: 'Look away.' })) },
      'approval: told in other words',
    ],
    [
      'the evidence of a rule',
      { ...judged, rules: judged.rules.map(rule => ({ ...rule, evidence: { by: ['otto'] } })) },
      'by: ["otto"]',
    ],
  ])('%s', (_, event, why) => {
    const result = again(event);
    expect(result).toMatchObject({ kind: 'different' });
    expect(result.kind === 'different' ? result.differences.join('\n') : '').toContain(why);
  });

  test('an event before it was changed', () => {
    const changed = stage.map((event): JournalEvent => {
      return event.type === 'verified' ? { ...event, release: { ...event.release, sha: 'x', tree: 'y' } } : event;
    });
    expect(again(judged, { ...journals, stage: changed })).toMatchObject({ kind: 'different' });
  });
});

describe('it cannot be judged again', () => {
  test.each<[string, JudgedEvent, Journals]>([
    ['no facts', { ...judged, facts: {} }, journals],
    ['facts that are no object', { ...judged, facts: 'pass' }, journals],
    ['a plan of another version', set('plan.schema', 2), journals],
    ['nothing about the lock', set('lock', undefined), journals],
    ['a lock of another version', set('lock', { kind: 'held' }), journals],
    ['the journal of the earlier environment is not at hand', judged, { prod: journals.prod ?? [] }],
    ['it ends too early', judged, { ...journals, stage: stage.slice(0, 1) }],
  ])('%s', (_, event, at) => {
    expect(again(event, at)).toEqual({ kind: 'unreadable', why: expect.stringMatching(/\.$/) });
  });
});
