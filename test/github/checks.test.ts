import { describe, expect, test } from '@jest/globals';
import type { Check } from '#core/journal/event';
import type { EnvironmentState } from '#core/journal/state';
import type { PlannedEnvironment } from '#core/plan/plan';
import { judge, type RuleVerdict, type VerdictKind } from '#core/verdict';
import { checkHappenings } from '#github/journal/checks';
import { planOf, release, run, stateAfter, verifiedRelease } from '../core/fixture.ts';

const rule = (verdict: VerdictKind): RuleVerdict => ({
  rule: 'smoke',
  verdict,
  reason: 'smoke-failed',
  message: 'GET /health: 503',
  evidence: { status: 503 },
});

const watch = {} as NonNullable<PlannedEnvironment['watch']>;
const both: Partial<PlannedEnvironment> = { smoke: 'smoke.yml', watch };

/** 1.3.0 is verified, and 1.4.0 has just been deployed. */
function underTest(): EnvironmentState {
  return stateAfter([...verifiedRelease('1.3.0', null), ...verifiedRelease('1.4.0', '1.3.0').slice(0, 2)]);
}

function happenings(
  state: EnvironmentState,
  check: Check,
  verdict: VerdictKind,
  environment: Partial<PlannedEnvironment>,
) {
  return checkHappenings(state, planOf('1.4.0', {}, environment), check, judge([rule(verdict)]));
}

describe('what a check of the deployed release comes to', () => {
  test('the only check that is required makes the release verified and gives the environment back', () => {
    const written = happenings(underTest(), 'smoke', 'pass', { smoke: 'smoke.yml' });
    expect(written.map(event => event.type)).toEqual(['checked', 'verified', 'unlocked']);
    expect(stateAfter(written, underTest()).verified?.release.version).toBe('1.4.0');
  });

  test('the first of two does not; the second does, with what both saw', () => {
    const first = happenings(underTest(), 'smoke', 'pass', both);
    expect(first.map(event => event.type)).toEqual(['checked']);
    const second = happenings(stateAfter(first, underTest()), 'watch', 'pass', both);
    expect(second.map(event => event.type)).toEqual(['checked', 'verified', 'unlocked']);
    expect(second.find(event => event.type === 'verified')).toMatchObject({ checks: [rule('pass'), rule('pass')] });
  });

  test('a check that is not required verifies nothing while a required one is missing', () => {
    expect(happenings(underTest(), 'smoke', 'pass', { watch }).map(event => event.type)).toEqual(['checked']);
  });

  test.each<VerdictKind>(['fail', 'inconclusive', 'error', 'wait'])(
    '%s is never a pass: the release has failed, and keeps the lock for its way back',
    verdict => {
      const written = happenings(underTest(), 'smoke', verdict, { smoke: 'smoke.yml' });
      expect(written).toMatchObject([
        { type: 'failed', release: release('1.4.0'), reason: 'smoke-failed', message: 'smoke: GET /health: 503' },
      ]);
    },
  );

  test('where nothing is brought back, a failure gives the environment back', () => {
    const written = happenings(underTest(), 'smoke', 'fail', { smoke: 'smoke.yml', onFailure: 'leave' });
    expect(written.map(event => event.type)).toEqual(['failed', 'unlocked']);
  });

  test('a release whose components were all as wanted is checked under its own name, and verified', () => {
    const [started] = verifiedRelease('1.4.0', null);
    const state = stateAfter(started === undefined ? [] : [started], stateAfter(verifiedRelease('1.3.0', null)));
    const written = happenings(state, 'smoke', 'pass', { smoke: 'smoke.yml' });
    expect(stateAfter(written, state).verified).toMatchObject({ release: release('1.4.0'), run: run(1) });
  });

  test('after a rollback the restored release is confirmed, not verified a second time', () => {
    const state = stateAfter(
      [{ type: 'rolled-back', from: release('1.4.0'), to: release('1.3.0'), reason: 'crash', snapshots: {} }],
      underTest(),
    );
    expect(happenings(state, 'smoke', 'pass', both)).toMatchObject([
      { type: 'checked', release: release('1.3.0') },
      { type: 'unlocked', note: '1.3.0 runs, and its smoke passes' },
    ]);
    const failed = happenings(state, 'smoke', 'fail', both);
    expect(failed).toMatchObject([{ type: 'failed', release: release('1.3.0') }, { type: 'unlocked' }]);
  });
});
