import { expect, test } from '@jest/globals';
import type { Happening } from '#core/journal/event';
import { judgeMoved } from '#core/tags/moved';
import { release, stateAfter, verifiedRelease } from '../fixture.ts';

const other = { sha: 'other', tree: 'other' };
const started = (version: string): Happening => ({ type: 'started', release: release(version), components: ['api'] });
const failed = (version: string): Happening => ({
  type: 'failed',
  release: release(version),
  outcome: 'failed',
  reason: 'crash-loop',
  message: 'It crashes.',
  evidence: {},
});

test.each<[string, readonly Happening[], ReturnType<typeof release>, string]>([
  ['never released', [], release('1.4.0'), 'pass tag-unmoved'],
  ['another one was', verifiedRelease('1.3.0', null), release('1.4.0'), 'pass tag-unmoved'],
  ['verified, and released again', verifiedRelease('1.4.0', null), release('1.4.0'), 'pass tag-unmoved'],
  [
    'failed, and tried again without moving its tag',
    [started('1.4.0'), failed('1.4.0')],
    release('1.4.0'),
    'pass tag-unmoved',
  ],
  ['verified, then moved', verifiedRelease('1.4.0', null), release('1.4.0', other), 'fail tag-moved'],
  ['failed, then moved', [started('1.4.0'), failed('1.4.0')], release('1.4.0', other), 'fail tag-moved'],
  ['begun, then moved', [started('1.4.0')], release('1.4.0', other), 'fail tag-moved'],
  [
    'superseded, then moved',
    [...verifiedRelease('1.3.0', null), ...verifiedRelease('1.4.0', '1.3.0')],
    release('1.3.0', other),
    'fail tag-moved',
  ],
  [
    'rolled back, then moved',
    [
      ...verifiedRelease('1.3.0', null),
      ...verifiedRelease('1.4.0', '1.3.0'),
      { type: 'rolled-back', from: release('1.4.0'), to: release('1.3.0'), reason: 'wrong', snapshots: {} },
    ],
    release('1.4.0', other),
    'fail tag-moved',
  ],
  [
    'the version of another product',
    verifiedRelease('1.4.0', null),
    { ...release('1.4.0', other), tag: 'web-v1.4.0' },
    'pass tag-unmoved',
  ],
])('%s', (_, happenings, now, expected) => {
  const { verdict, reason } = judgeMoved(now, stateAfter(happenings));
  expect(`${verdict} ${reason}`).toBe(expected);
});

test('says how it was then, and how to put it back', () => {
  const [moved, same] = [release('1.4.0', { sha: 'new' }), release('1.4.0')].map(now =>
    judgeMoved(now, stateAfter([started('1.4.0'), failed('1.4.0')])),
  );
  expect(moved?.message).toBe('v1.4.0 was released to prod as sha-1.4.0, and names new now.');
  expect(moved?.next).toContain('git push --force origin sha-1.4.0:refs/tags/v1.4.0');
  expect(same?.message).toContain('(failed on 2026-11-02 12:01 UTC)');
});
