import { describe, expect, test } from '@jest/globals';
import type { Happening } from '#core/journal/event';
import { fold, foldAll } from '#core/journal/fold';
import { emptyState, kept } from '#core/journal/state';
import type { Outcome } from '#core/outcome';
import { at, events, lockOf, passed, release, run, snapshot, stateAfter, verifiedRelease } from '../fixture.ts';

const failed = (version: string): Happening => ({
  type: 'failed',
  release: release(version),
  outcome: 'failed',
  reason: 'crash-loop',
  message: 'It crash-looped.',
  evidence: {},
});

const rolledBack = (from: string, to: string): Happening => ({
  type: 'rolled-back',
  from: release(from),
  to: release(to),
  reason: 'checkout is broken',
  snapshots: { api: snapshot(to) },
});

describe('the state that follows from the events', () => {
  test('it counts them and carries the time of the last', () => {
    const state = stateAfter([{ type: 'unlocked', note: '' }, failed('1.3.0')]);
    expect(state).toMatchObject({ sequence: 2, updated: at(1) });
  });

  test('folding one after the other is folding all: a replay gives the same state', () => {
    const all = events([...verifiedRelease('1.3.0', null), ...verifiedRelease('1.4.0', '1.3.0'), failed('1.5.0')]);
    const oneByOne = all.reduce(fold, emptyState('prod'));
    const resumed = foldAll(JSON.parse(JSON.stringify(foldAll(emptyState('prod'), all.slice(0, 4)))), all.slice(4));
    expect(resumed).toEqual(oneByOne);
  });

  test('a release that started, ran and was verified is where a rollback goes', () => {
    const state = stateAfter(verifiedRelease('1.3.0', null));
    expect(state.running?.release).toEqual(release('1.3.0'));
    expect(state.verified).toEqual(state.running);
    expect(state.known).toEqual([state.verified]);
    expect(state.attempt).toBeNull();
  });

  test('a release that runs is not verified yet', () => {
    const state = stateAfter(verifiedRelease('1.4.0', '1.3.0').slice(0, 2), stateAfter(verifiedRelease('1.3.0', null)));
    expect(state.running?.release.version).toBe('1.4.0');
    expect(state.verified?.release.version).toBe('1.3.0');
    expect(state.attempt?.before).toEqual({ api: snapshot('1.3.0') });
  });

  test('a verification of something that does not run verifies nothing', () => {
    const state = stateAfter(
      [{ type: 'verified', release: release('9.9.9'), checks: [passed] }],
      stateAfter(verifiedRelease('1.3.0', null)),
    );
    expect(state.verified?.release.version).toBe('1.3.0');
  });

  test('a release whose components all were as wanted is verified with the components that run', () => {
    const [started, , verified] = verifiedRelease('1.3.1', null);
    const state = stateAfter(
      [started, verified].flatMap(event => event ?? []),
      stateAfter(verifiedRelease('1.3.0', null)),
    );
    expect(state.verified?.release.version).toBe('1.3.1');
    expect(state.running?.release.version).toBe('1.3.1');
    expect(state.verified?.snapshots).toEqual({ api: snapshot('1.3.0') });
  });

  test('verified again, it is known once, as the newest', () => {
    const versions = ['1.3.0', '1.4.0', '1.3.0'].flatMap(version => verifiedRelease(version, null));
    expect(stateAfter(versions).known.map(entry => entry.release.version)).toEqual(['1.3.0', '1.4.0']);
  });
});

describe('a release of some components', () => {
  const of = (version: string, components: readonly string[]): readonly Happening[] => [
    { type: 'started', release: release(version), components },
    ...components.map(
      (component): Happening => ({
        type: 'receipt',
        release: release(version),
        receipt: { component, before: null, after: snapshot(`${component} ${version}`) },
        outcome: 'succeeded',
      }),
    ),
    { type: 'verified', release: release(version), checks: [passed] },
  ];
  const both = stateAfter(of('1.3.0', ['api', 'web']));

  test('is verified for these alone, and leaves the others as they were', () => {
    const state = stateAfter(of('1.4.0', ['web']), both);
    expect(state.verified?.components).toEqual(['web']);
    expect(state.verified?.snapshots).toEqual({ api: snapshot('api 1.3.0'), web: snapshot('web 1.4.0') });
    expect(state.known.map(entry => entry.components)).toEqual([['web'], ['api', 'web']]);
  });

  test('is whole when the others have followed', () => {
    const state = stateAfter([...of('1.4.0', ['web']), ...of('1.4.0', ['api'])], both);
    expect(state.verified?.components.toSorted()).toEqual(['api', 'web']);
  });

  test('that is gone back from leaves what was verified before', () => {
    const back: Happening = {
      type: 'rolled-back',
      from: release('1.4.0'),
      to: release('1.3.0'),
      reason: 'slow',
      snapshots: { web: snapshot('web 1.3.0') },
    };
    const state = stateAfter([...of('1.4.0', ['web']), back], both);
    expect(state.running?.components).toEqual(['api', 'web']);
    expect(state.running?.snapshots).toEqual({ api: snapshot('api 1.3.0'), web: snapshot('web 1.3.0') });
  });

  test('where a release has hundreds of components, fewer releases are known, but never less than three', () => {
    const names = Array.from({ length: 600 }, (_, index) => `c${index}`);
    const versions = ['1.0.0', '1.1.0', '1.2.0', '1.3.0', '1.4.0'];
    const many = (components: readonly string[]) =>
      stateAfter(versions.flatMap(version => of(version, components))).known.map(entry => entry.release.version);
    expect(many(names)).toEqual(['1.4.0', '1.3.0', '1.2.0']);
    expect(many([...names, ...names.map(name => `d${name}`)])).toHaveLength(kept.atLeast);
    expect(many(names.slice(0, 100))).toHaveLength(versions.length);
  });
});

describe('a release that is spread over jobs', () => {
  const start: Happening = { type: 'started', release: release('1.4.0'), components: ['api', 'web'] };
  const end = (part: string, outcome: Outcome): Happening => ({
    type: 'part-ended',
    release: release('1.4.0'),
    part,
    outcome,
    reason: 'deployed',
    message: 'It ended.',
    evidence: {},
  });
  const partsOf = (state: ReturnType<typeof stateAfter>) =>
    Object.entries(state.attempt?.parts ?? {}).map(([part, { outcome }]) => `${part} ${outcome}`);
  const half = stateAfter([start, end('1/2', 'succeeded'), end('2/2', 'failed')]);

  test('remembers what each part has come to', () => {
    expect(partsOf(half)).toEqual(['1/2 succeeded', '2/2 failed']);
  });

  test('keeps the good ones when the failed jobs of the run are run again', () => {
    expect(partsOf(stateAfter([start], half))).toEqual(['1/2 succeeded']);
  });

  test('begins anew in another run', () => {
    expect(partsOf(foldAll(half, events([start], run(2))))).toEqual([]);
  });

  test('takes no notice of the part of another release', () => {
    expect(partsOf(stateAfter([{ ...end('1/2', 'failed'), release: release('1.5.0') } as Happening], half))).toEqual([
      '1/2 succeeded',
      '2/2 failed',
    ]);
  });
});

describe('a receipt', () => {
  const ended = (outcome: Outcome, now: string | null, version = '1.4.0'): Happening => ({
    type: 'receipt',
    release: release(version),
    outcome,
    receipt: { component: 'api', before: snapshot('1.3.0'), after: now === null ? null : snapshot(now) },
  });
  const before = stateAfter(verifiedRelease('1.3.0', null));

  test.each<[string, Outcome, string | null, string, string]>([
    ['a change that succeeded', 'succeeded', '1.4.0', '1.4.0', '1.4.0'],
    ['a change that was not needed', 'no-op', '1.4.0', '1.4.0', '1.4.0'],
    ['a change that was left half-way', 'failed', '1.4.0', '1.4.0', '1.4.0'],
    [
      'a change that came back by itself (amazon-ecs-deploy-task-definition#191)',
      'rolled-back',
      '1.3.0',
      '1.3.0',
      '1.3.0',
    ],
    ['a migration that failed before any service moved', 'failed', null, '1.3.0', '1.3.0'],
  ])('after %s', (_name, outcome, now, version, component) => {
    const state = stateAfter(
      [{ type: 'started', release: release('1.4.0'), components: ['api'] }, ended(outcome, now)],
      before,
    );
    expect(state.running?.release.version).toBe(version);
    expect(state.running?.snapshots.api).toEqual(snapshot(component));
    expect(state.verified?.release.version).toBe('1.3.0');
  });

  test('the way back is what ran before the first try, also when a re-run finds the new version', () => {
    const start: Happening = { type: 'started', release: release('1.4.0'), components: ['api'] };
    const again: Happening = {
      type: 'receipt',
      release: release('1.4.0'),
      outcome: 'succeeded',
      receipt: { component: 'api', before: snapshot('1.4.0'), after: snapshot('1.4.0') },
    };
    const state = stateAfter([start, ended('failed', '1.4.0'), start, again], before);
    expect(state.attempt?.before).toEqual({ api: snapshot('1.3.0') });
  });

  test('a component called constructor has a way back too', () => {
    const receipt = { component: 'constructor', before: snapshot('old'), after: snapshot('new') };
    const state = stateAfter([
      { type: 'started', release: release('1.4.0'), components: ['constructor'] },
      { type: 'receipt', release: release('1.4.0'), receipt, outcome: 'succeeded' },
    ]);
    expect(Object.hasOwn(state.attempt?.before ?? {}, 'constructor')).toBe(true);
  });

  test('of another release it says nothing of this attempt’s way back', () => {
    const state = stateAfter(
      [{ type: 'started', release: release('1.4.0'), components: ['api'] }, ended('succeeded', '1.5.0', '1.5.0')],
      before,
    );
    expect(state.attempt?.before).toEqual({});
  });

  test('a first deployment that failed leaves nothing running', () => {
    expect(stateAfter([ended('failed', null)]).running).toBeNull();
  });
});

describe('a release that failed', () => {
  const refused: Happening = {
    type: 'failed',
    release: release('1.4.0'),
    outcome: 'refused',
    reason: 'access-denied',
    message: 'AWS refused.',
    evidence: {},
  };
  const [started, ran] = verifiedRelease('1.4.0', '1.3.0');
  const written = (...happenings: readonly (Happening | undefined)[]) =>
    stateAfter(happenings.flatMap(event => event ?? []));

  test('stays an attempt, with its way back, and is remembered with its message', () => {
    const state = written(started, ran, failed('1.4.0'));
    expect(state.attempt?.before).toEqual({ api: snapshot('1.3.0') });
    expect(state.history[0]).toMatchObject({ result: 'failed', note: 'It crash-looped.' });
  });

  test('refused before it changed anything, it is no attempt to come back from', () => {
    expect(written(started, refused).attempt).toBeNull();
    expect(written(started, ran, refused).attempt).not.toBeNull();
  });
});

describe('a release that was rolled back', () => {
  const state = stateAfter([
    ...verifiedRelease('1.3.0', null),
    ...verifiedRelease('1.5.0', '1.3.0'),
    rolledBack('1.5.0', '1.3.0'),
  ]);

  test('the earlier one runs again and is the last verified', () => {
    expect(state.running).toMatchObject({ release: release('1.3.0'), snapshots: { api: snapshot('1.3.0') } });
    expect(state.verified?.release.version).toBe('1.3.0');
  });

  test('its own verification is withdrawn, so that nothing goes back to it or promotes it (kargo#3016)', () => {
    expect(state.known.map(entry => entry.release.version)).toEqual(['1.3.0']);
  });

  test('it stays in the history with the reason', () => {
    expect(state.history[0]).toMatchObject({
      release: release('1.5.0'),
      result: 'rolled-back',
      note: 'checkout is broken',
    });
  });

  test('released anew and verified, it is known again', () => {
    expect(stateAfter(verifiedRelease('1.5.0', '1.3.0'), state).known.map(entry => entry.release.version)).toEqual([
      '1.5.0',
      '1.3.0',
    ]);
  });

  test('a release rolled back to itself (deployed again, failed, brought back) keeps its verification', () => {
    const again = stateAfter([rolledBack('1.3.0', '1.3.0')], stateAfter(verifiedRelease('1.3.0', null)));
    expect(again.verified?.release.version).toBe('1.3.0');
    expect(again.known).toHaveLength(1);
  });

  test('back to something that nobody verified: nothing is verified', () => {
    expect(stateAfter([rolledBack('1.3.0', '1.2.0')], stateAfter(verifiedRelease('1.3.0', null))).verified).toBeNull();
  });
});

describe('locks, holds and recorded releases are entries of the state', () => {
  test('the lock is held until it is given back', () => {
    const locked = stateAfter([{ type: 'locked', lock: lockOf(1) }]);
    expect(locked.lock).toEqual(lockOf(1));
    expect(stateAfter([{ type: 'unlocked', note: 'done' }], locked).lock).toBeNull();
  });

  test('a hold is set, changed and cleared by its id', () => {
    const hold = { id: 'h1', environment: 'prod', reason: 'audit', owner: 'ann', since: at(0) };
    const held = stateAfter([
      { type: 'held', hold },
      { type: 'held', hold: { ...hold, id: 'h2', version: '1.5.0' } },
      { type: 'held', hold: { ...hold, reason: 'longer audit' } },
    ]);
    expect(held.holds.map(entry => [entry.id, entry.reason])).toEqual([
      ['h2', 'audit'],
      ['h1', 'longer audit'],
    ]);
    expect(stateAfter([{ type: 'resumed', hold, reason: 'over' }], held).holds.map(entry => entry.id)).toEqual(['h2']);
  });

  test('the first environment records the artifacts of a commit; a plan without artifacts records nothing', () => {
    const planned = (artifacts: Record<string, { image: string }>): Happening => ({
      type: 'planned',
      release: release('1.4.0'),
      artifacts,
      planDigest: 'd',
    });
    const state = stateAfter([planned({ api: { image: 'sha256:1' } }), planned({})]);
    expect(state.recorded).toEqual([{ release: release('1.4.0'), artifacts: { api: { image: 'sha256:1' } } }]);
    const again = stateAfter([planned({ api: { image: 'sha256:1' } })], state);
    expect(again.recorded).toEqual(state.recorded);
    const rebuilt = stateAfter([planned({ api: { image: 'sha256:2' } })], state);
    expect(rebuilt.recorded).toEqual([
      { release: release('1.4.0'), artifacts: { api: { image: 'sha256:2' } }, rebuilt: at(0) },
    ]);
  });

  test('the checks of an attempt are gathered, those of another release are not', () => {
    const start: Happening = { type: 'started', release: release('1.4.0'), components: ['api'] };
    const checked = (version: string): Happening => ({
      type: 'checked',
      release: release(version),
      check: 'smoke',
      rules: [passed],
    });
    expect(stateAfter([start, checked('1.4.0')]).attempt?.checks).toEqual({ smoke: [passed] });
    expect(stateAfter([start, checked('1.5.0')]).attempt?.checks).toEqual({});
    expect(stateAfter([start, checked('1.4.0'), start]).attempt?.checks).toEqual({});
  });

  test('what the state carries is bounded; the events are kept for ever', () => {
    const many = Array.from({ length: 120 }, (_, index) => verifiedRelease(`1.${index}.0`, null)).flat();
    const state = foldAll(emptyState('prod'), events(many, run(7)));
    expect(state.known).toHaveLength(kept.known);
    expect(state.history).toHaveLength(kept.history);
    expect(state.sequence).toBe(360);
  });
});
