import { describe, expect, test } from '@jest/globals';
import { FindingError } from '#core/finding';
import type { Happening } from '#core/journal/event';
import { type EnvironmentState, emptyState } from '#core/journal/state';
import { goneBackFrom, rollbackGoal } from '#core/plan/goal';
import type { Release } from '#core/release';
import { at, release, snapshot, standing, stateAfter, verifiedRelease } from '../fixture.ts';

function goalOf(state: EnvironmentState, version?: string, bad?: Release): string {
  try {
    return rollbackGoal(state, version, bad).release.version;
  } catch (error) {
    if (!(error instanceof FindingError)) throw error;
    return error.findings.map(finding => `${finding.reason}: ${finding.message}`).join();
  }
}

describe('where a rollback goes', () => {
  const three = stateAfter(['1.3.0', '1.4.0', '1.5.0'].flatMap(version => verifiedRelease(version, null)));

  test('from a release that failed: to the newest verified one', () => {
    expect(goalOf(three, undefined, release('1.6.0'))).toBe('1.5.0');
  });

  test('from a verified one that is wrong after all: to the one before', () => {
    expect(goalOf(three, undefined, release('1.5.0'))).toBe('1.4.0');
  });

  test('never to a version that is held', () => {
    const hold = { id: 'h', environment: 'prod', version: '1.5.0', reason: 'r', owner: 'o', since: at(0) };
    expect(goalOf({ ...three, holds: [hold] }, undefined, release('1.6.0'))).toBe('1.4.0');
  });

  test('a hold of the environment or of a component bars no way back', () => {
    const hold = { id: 'h', environment: 'prod', component: 'api', reason: 'r', owner: 'o', since: at(0) };
    expect(goalOf({ ...three, holds: [hold] }, undefined, release('1.6.0'))).toBe('1.5.0');
  });

  test('after a rollback: to what ran then, not to what was rolled back', () => {
    const back = stateAfter(
      [{ type: 'rolled-back', from: release('1.5.0'), to: release('1.3.0'), reason: 'r', snapshots: {} }],
      three,
    );
    expect(goalOf(back, undefined, release('1.6.0'))).toBe('1.3.0');
  });

  test('the same version of another commit is another release', () => {
    expect(goalOf(three, undefined, release('1.5.0', { sha: 'retagged' }))).toBe('1.5.0');
  });

  test('not back to a component that is held, but to another one with the same number', () => {
    const of = (component: string) => release('1.5.0', { component, tag: `${component}-v1.5.0` });
    const two = stateAfter(['web', 'api'].flatMap(component => verifiedRelease('1.5.0', null, of(component))));
    const hold = {
      id: 'h',
      environment: 'prod',
      version: '1.5.0',
      component: 'api',
      reason: 'r',
      owner: 'o',
      since: at(0),
    };
    expect(rollbackGoal({ ...two, holds: [hold] }, undefined, release('1.6.0')).release.component).toBe('web');
    expect(rollbackGoal(two, 'api-v1.5.0', undefined).release.component).toBe('api');
    expect(goalOf(two, '1.5.0')).toBe(
      'version-unknown: 1.5.0 is a version of several components in prod: api-v1.5.0, web-v1.5.0.',
    );
  });

  test('to a named version that was verified', () => {
    expect(goalOf(three, '1.3.0', release('1.5.0'))).toBe('1.3.0');
  });

  test('to a commit by the version that it was published as, and not where that is held', () => {
    const commits = stateAfter([
      ...['aaa', 'bbb', 'ccc'].flatMap(commit => verifiedRelease(commit, null)),
      { type: 'published', release: release('bbb'), version: '1.4.0', tag: 'v1.4.0' },
    ]);
    expect(goalOf(commits, '1.4.0', release('ccc'))).toBe('bbb');
    expect(goneBackFrom(commits, '1.4.0')?.version).toBe('ccc');
    expect(goalOf(commits, '1.5.0')).toBe(
      'version-unknown: 1.5.0 was never verified in prod; verified were ccc, 1.4.0 (bbb), aaa.',
    );
    const hold = { id: 'h', environment: 'prod', version: '1.4.0', reason: 'r', owner: 'o', since: at(0) };
    expect(goalOf({ ...commits, holds: [hold] }, undefined, release('ccc'))).toBe('aaa');
  });

  test('a component that the bad release has brought goes back to what it was before, the others to what was verified', () => {
    const receipt = (component: string, before: string | null): Happening => ({
      type: 'receipt',
      release: release('1.6.0'),
      receipt: { component, before: before === null ? null : snapshot(before), after: snapshot('1.6.0') },
      outcome: 'succeeded',
    });
    const started: Happening = { type: 'started', release: release('1.6.0'), components: ['api', 'web', 'new'] };
    const half = stateAfter(
      [started, receipt('api', 'api of 1.5.0'), receipt('web', 'old'), receipt('new', null)],
      three,
    );
    expect(rollbackGoal(half, undefined, release('1.6.0')).snapshots).toEqual({
      api: snapshot('1.5.0'),
      web: snapshot('old'),
    });
    expect(rollbackGoal(half, '1.4.0', release('1.5.0')).snapshots).toEqual({ api: snapshot('1.4.0') });
  });

  test('a version that was never verified is refused, and the others are named', () => {
    expect(goalOf(three, '1.2.9')).toBe(
      'version-unknown: 1.2.9 was never verified in prod; verified were 1.5.0, 1.4.0, 1.3.0.',
    );
    expect(goalOf(emptyState('prod'), '1.2.9')).toContain('verified were none');
  });

  test('without any verified release there is nothing to go back to', () => {
    expect(goalOf(emptyState('prod'), undefined, release('1.4.0'))).toMatch(/^nothing-verified: .* from 1\.4\.0\.$/);
    expect(goalOf({ ...emptyState('prod'), known: [standing('1.4.0')] }, undefined, release('1.4.0'))).toMatch(
      /^nothing-verified/,
    );
  });
});

describe('what a person who asks for a rollback wants to get away from', () => {
  const verified = stateAfter(verifiedRelease('1.4.0', null));
  const tried = stateAfter(verifiedRelease('1.5.0', '1.4.0').slice(0, 1), verified);

  test.each<[string, EnvironmentState, string | undefined, string | undefined]>([
    ['what runs', verified, undefined, '1.4.0'],
    ['an attempt that was never verified', tried, undefined, '1.5.0'],
    ['nothing, when the version that they name runs already', verified, '1.4.0', undefined],
    ['what runs, when they name an earlier one', verified, '1.3.0', '1.4.0'],
    ['nothing, when nothing runs', emptyState('prod'), undefined, undefined],
  ])('%s', (_name, state, version, bad) => {
    expect(goneBackFrom(state, version)?.version).toBe(bad);
  });
});
