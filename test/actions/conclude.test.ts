import { describe, expect, test } from '@jest/globals';
import { conclude } from '#actions/deploy/conclude';
import type { Outcome } from '#core/outcome';

const ending = (outcome: Outcome, changed = outcome === 'succeeded') => ({
  outcome,
  reason: 'deployed' as const,
  message: `It ${outcome}`,
  evidence: {},
  changed,
});

describe('what several components come to together', () => {
  test.each<[string, readonly (readonly [Outcome, boolean?])[], Outcome]>([
    ['both deployed', [['succeeded'], ['no-op']], 'succeeded'],
    ['nothing to do', [['no-op'], ['no-op']], 'no-op'],
    ['one was refused, and nothing else changed', [['no-op'], ['refused', true]], 'refused'],
    ['one was refused after another had been changed: half done', [['succeeded'], ['refused']], 'failed'],
    ['somebody else took over the one after another had been changed', [['succeeded'], ['superseded']], 'failed'],
    ['somebody else took over the only one that was to be changed', [['no-op'], ['superseded']], 'superseded'],
    ['one failed', [['succeeded'], ['failed'], ['refused']], 'failed'],
    ['a dry run changes nothing', [['no-op', true], ['refused']], 'refused'],
  ])('%s', (_name, outcomes, together) => {
    expect(conclude(outcomes.map(args => ending(...args))).outcome).toBe(together);
  });

  test('a release that is left half done says so', () => {
    const { message } = conclude([ending('succeeded'), ending('refused')]);
    expect(message).toBe('It refused. Other components were changed already.');
  });
});
