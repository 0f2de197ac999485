import { describe, expect, test } from '@jest/globals';
import type { GateFacts } from '#core/gate/facts';
import { judgeEvidence } from '#core/gate/judge';
import { judgeUnderLock } from '#core/gate/under-lock';
import { judgeStart } from '#core/gate/what-runs';
import type { Hold } from '#core/journal/event';
import type { LockJudgement } from '#core/journal/lock';
import { type EnvironmentState, emptyState } from '#core/journal/state';
import type { Plan } from '#core/plan/plan';
import { judge } from '#core/verdict';
import {
  approvalBy,
  at,
  lockOf,
  MINUTE,
  planOf,
  release,
  run,
  standing,
  stateAfter,
  verifiedRelease,
} from '../fixture.ts';
import { gateFacts } from './fixture.ts';

const digest = { api: { image: 'sha256:1' } };
const api = { name: 'api' } as Plan['waves'][number][number];

function stage(change: Partial<EnvironmentState> = {}): EnvironmentState {
  const recorded = [{ release: release('1.4.0'), artifacts: digest }];
  return { ...emptyState('stage'), known: [standing('1.4.0')], recorded, ...change };
}

function factsOf(change: Partial<GateFacts> = {}): GateFacts {
  const plan = planOf('1.4.0', { artifacts: digest, waves: [[api]] }, { after: 'stage' });
  return gateFacts({ plan, earlier: stage(), ...change });
}

function verdictOf(facts: GateFacts, rule: string) {
  const found = judgeEvidence(facts).find(candidate => candidate.rule === rule);
  return found === undefined ? undefined : [found.verdict, found.reason];
}

describe('the earlier environment', () => {
  const merged = { sha: 'merge-commit', tree: 'tree-1.4.0' };
  test.each<[string, Partial<GateFacts>, readonly string[] | undefined]>([
    ['stage verified this commit', {}, ['pass', 'earlier-verified']],
    [
      'stage verified a commit of the same tree',
      { earlier: stage({ known: [standing('1.4.0-rc', merged)] }) },
      ['pass', 'earlier-verified'],
    ],
    [
      'stage verified another commit under the same version (branch-deploy#340)',
      { earlier: stage({ known: [standing('1.4.0', { sha: 'x', tree: 'y' })] }) },
      ['fail', 'earlier-not-verified'],
    ],
    [
      'stage has verified only another component of this commit',
      { earlier: stage({ known: [{ ...standing('1.4.0'), components: ['web'] }] }) },
      ['fail', 'earlier-not-verified'],
    ],
    [
      'stage has verified it in two steps, under two names of the same tree',
      { earlier: stage({ known: [{ ...standing('1.4.0-rc', merged), components: ['web'] }, standing('1.4.0')] }) },
      ['pass', 'earlier-verified'],
    ],
    [
      'stage has built this commit again since it verified it',
      { earlier: stage({ recorded: [{ release: release('1.4.0'), artifacts: digest, rebuilt: at(1) }] }) },
      ['fail', 'earlier-not-verified'],
    ],
    [
      'stage has verified the build that it made again',
      { earlier: stage({ recorded: [{ release: release('1.4.0'), artifacts: digest, rebuilt: at(-1) }] }) },
      ['pass', 'earlier-verified'],
    ],
    [
      'stage runs it, but has not verified it',
      { earlier: stage({ known: [], running: standing('1.4.0') }) },
      ['fail', 'earlier-not-verified'],
    ],
    ['stage has never seen anything', { earlier: emptyState('stage') }, ['fail', 'earlier-not-verified']],
    ['the state of stage is not known: never taken for fine', { earlier: null }, ['error', 'earlier-not-verified']],
    ['there is no earlier environment', { plan: planOf('1.4.0'), earlier: null }, undefined],
    [
      'a rollback asks no earlier environment',
      { plan: planOf('1.4.0', { operation: 'rollback' }, { after: 'stage' }), earlier: null },
      undefined,
    ],
  ])('%s', (_name, change, expected) => {
    expect(verdictOf(factsOf(change), 'earlier environment')).toEqual(expected);
  });

  test('another commit with the same content was built again, and never ran there', () => {
    const again = { release: release('1.4.1', { tree: 'tree-1.4.0' }), artifacts: { api: { image: 'sha256:2' } } };
    const recorded = [again, { release: release('1.4.0'), artifacts: digest }];
    const earlier = stage({ recorded });
    expect(verdictOf(factsOf({ earlier }), 'same artifacts')).toEqual(['pass', 'artifacts-same']);
    const plan = planOf('1.4.0', { artifacts: again.artifacts, waves: [[api]] }, { after: 'stage' });
    expect(verdictOf(factsOf({ earlier, plan }), 'same artifacts')).toEqual(['fail', 'artifacts-differ']);
  });

  test('a version that stage rolled back is not promoted from there (kargo#3016)', () => {
    const earlier = stateAfter([
      ...verifiedRelease('1.3.0', null),
      ...verifiedRelease('1.4.0', '1.3.0'),
      { type: 'rolled-back', from: release('1.4.0'), to: release('1.3.0'), reason: 'slow', snapshots: {} },
    ]);
    expect(verdictOf(factsOf({ earlier }), 'earlier environment')).toEqual(['fail', 'earlier-not-verified']);
  });
});

describe('the artifacts are those that the earlier environment ran', () => {
  const planned = (artifacts: Plan['artifacts']) => planOf('1.4.0', { artifacts, waves: [[api]] }, { after: 'stage' });
  test.each<[string, Plan['artifacts'], Plan['artifacts'], string]>([
    ['the same digest', digest, digest, 'pass'],
    ['a rebuilt image', { api: { image: 'sha256:2' } }, digest, 'fail'],
    ['the plan lost its digest on the way', {}, digest, 'fail'],
    ['stage recorded none', digest, {}, 'fail'],
    ['one of two images is missing', digest, { api: { image: 'sha256:1', proxy: 'sha256:9' } }, 'fail'],
    ['neither has one: a fixed image in the flow file', {}, {}, 'pass'],
    ['stage ran a component that this plan leaves out', digest, { ...digest, web: { image: 'sha256:3' } }, 'pass'],
  ])('%s', (_name, artifacts, ran, verdict) => {
    const earlier = stage({ recorded: [{ release: release('1.4.0'), artifacts: ran }] });
    expect(verdictOf(factsOf({ plan: planned(artifacts), earlier }), 'same artifacts')?.[0]).toBe(verdict);
  });
});

describe('holds', () => {
  const publishedAs = (version: string, commit: string) =>
    ({ release: release(commit), version, tag: `v${version}`, at: at(-90), run: run(1) }) as const;
  const hold = (change: Partial<Hold>): EnvironmentState => ({
    ...emptyState('prod'),
    holds: [{ id: 'h1', environment: 'prod', reason: 'audit', owner: 'cid', since: at(-60), ...change }],
  });
  test.each<[string, Partial<Hold>, Plan['operation'], string]>([
    ['of the environment', {}, 'release', 'fail'],
    ['of this version', { version: '1.4.0' }, 'release', 'fail'],
    ['of another version', { version: '1.5.0' }, 'release', 'pass'],
    ['of a component that is deployed', { component: 'api' }, 'release', 'fail'],
    ['of a component that is not', { component: 'web' }, 'release', 'pass'],
    ['that has ended', { until: at(-1) }, 'release', 'pass'],
    ['that ends this very moment', { until: at(0) }, 'release', 'pass'],
    ['that has not ended', { until: at(1) }, 'release', 'fail'],
    ['whose end cannot be read', { until: 'next week' }, 'release', 'fail'],
    ['of the environment: the way back stays open', {}, 'rollback', 'pass'],
    ['of the version to go back to', { version: '1.4.0' }, 'rollback', 'fail'],
  ])('a hold %s', (_name, change, operation, verdict) => {
    const plan = planOf('1.4.0', { operation, waves: [[api]] });
    expect(verdictOf(factsOf({ plan, state: hold(change) }), 'holds')?.[0]).toBe(verdict);
  });

  test('a hold of the version that a commit was published as holds the commit', () => {
    const known = { ...hold({ version: '1.4.0' }), published: [publishedAs('1.4.0', '0123456789ab')] };
    const verdictOn = (version: string) => verdictOf(factsOf({ plan: planOf(version), state: known }), 'holds')?.[0];
    expect(verdictOn('0123456789ab')).toBe('fail');
    expect(verdictOn('ba9876543210')).toBe('pass');
  });

  test('it says who holds, why, and how it is cleared', () => {
    const rules = judgeEvidence(factsOf({ state: hold({ version: '1.4.0' }) }));
    const found = rules.find(candidate => candidate.rule === 'holds');
    expect(found?.message).toBe('1.4.0 is held by cid since 2026-11-02 11:00: audit');
    expect(found?.next).toContain('id h1');
  });
});

describe('the lock', () => {
  test.each<[string, LockJudgement, string, string]>([
    ['free', { kind: 'free' }, 'pass', 'lock-free'],
    ['mine', { kind: 'mine', lock: lockOf(2) }, 'pass', 'lock-free'],
    ['left by a dead run (branch-deploy#218)', { kind: 'abandoned', lock: lockOf(1) }, 'pass', 'lock-free'],
    ['held by a live run', { kind: 'held', lock: lockOf(1), life: 'alive' }, 'fail', 'environment-locked'],
    [
      'held by a run that cannot be read',
      { kind: 'held', lock: lockOf(1), life: 'unknown' },
      'fail',
      'environment-locked',
    ],
  ])('%s', (_name, lock, verdict, reason) => {
    expect(verdictOf(factsOf({ lock }), 'lock')).toEqual([verdict, reason]);
  });
});

test('the reviewer reads where a failure goes back to', () => {
  expect(verdictOf(factsOf(), 'way back')).toEqual(['pass', 'nothing-deployed-yet']);
  const state = { ...emptyState('prod'), verified: standing('1.3.0') };
  expect(verdictOf(factsOf({ state }), 'way back')).toEqual(['pass', 'way-back-known']);
});

test('all that is wrong is told at once', () => {
  const state = {
    ...emptyState('prod'),
    holds: [{ id: 'h', environment: 'prod', reason: 'r', owner: 'o', since: at(-MINUTE) }],
  };
  const rules = judgeEvidence(
    factsOf({ state, earlier: emptyState('stage'), lock: { kind: 'held', lock: lockOf(1), life: 'alive' } }),
  );
  expect(rules.filter(rule => rule.verdict === 'fail').map(rule => rule.rule)).toEqual([
    'earlier environment',
    'holds',
    'lock',
  ]);
  expect(judge(rules).verdict).toBe('fail');
});

describe('a person approved the change from what ran when they read the page', () => {
  const approve = approvalBy(['cid']);
  test.each<[string, Partial<Plan>, EnvironmentState['running'], boolean, readonly string[]]>([
    ['it still runs', { runs: release('1.3.0') }, standing('1.3.0'), true, []],
    ['nothing ran, and nothing does', {}, null, true, []],
    ['a re-run finds its own release', { runs: release('1.3.0') }, standing('1.4.0'), true, []],
    ['another release came between', { runs: release('1.3.0') }, standing('1.3.1'), true, ['start-changed']],
    [
      'the same version of another commit',
      { runs: release('1.3.0') },
      standing('1.3.0', { sha: 'x' }),
      true,
      ['start-changed'],
    ],
    ['the first release came between', {}, standing('1.3.0'), true, ['start-changed']],
    ['nobody had to approve', { runs: release('1.3.0') }, standing('1.3.1'), false, []],
  ])('%s', (_name, change, running, asked, reasons) => {
    const plan = planOf('1.4.0', change, asked ? { approve } : {});
    const rules = judgeStart(factsOf({ plan, state: { ...emptyState('prod'), running } }));
    expect(rules.map(rule => rule.reason)).toEqual(reasons);
  });

  test.each<[string, string, string, readonly string[]]>([
    ['had begun before the page was made', '1.3.1', at(-1), []],
    ['began after it, and died before it wrote down what it changed', '1.3.1', at(1), ['start-changed']],
    ['began in the same moment', '1.3.1', at(0), ['start-changed']],
    ['began at a time that cannot be read', '1.3.1', 'today', ['start-changed']],
    ['is this one', '1.4.0', at(1), []],
  ])('a release that %s', (_name, version, since, reasons) => {
    const attempt = {
      release: release(version),
      components: ['api'],
      since,
      run: run(2),
      before: {},
      ended: {},
      parts: {},
      checks: {},
    };
    const rules = judgeStart(
      factsOf({ plan: planOf('1.4.0', {}, { approve }), state: { ...emptyState('prod'), attempt } }),
    );
    expect(rules.map(rule => rule.reason)).toEqual(reasons);
  });

  const left = lockOf(2);
  test.each<[string, LockJudgement, readonly string[]]>([
    ['took it before the page was made', { kind: 'abandoned', lock: { ...left, since: at(-1) } }, []],
    ['took it after that', { kind: 'abandoned', lock: { ...left, since: at(1) } }, ['start-changed']],
    ['took it in the same moment', { kind: 'abandoned', lock: left }, ['start-changed']],
    [
      'took it at a time that cannot be read',
      { kind: 'abandoned', lock: { ...left, since: 'today' } },
      ['start-changed'],
    ],
    ['is this one', { kind: 'mine', lock: { ...left, since: at(1) } }, []],
  ])('a run that has left its lock, and %s', (_name, lock, reasons) => {
    const plan = planOf('1.4.0', { runs: release('1.3.0') }, { approve });
    const rules = judgeStart(factsOf({ plan, state: { ...emptyState('prod'), running: standing('1.3.0') }, lock }));
    expect(rules.map(rule => rule.reason)).toEqual(reasons);
  });

  test('a run of this very release that has left its lock leaves it to the next one', () => {
    const started = stateAfter([{ type: 'started', release: release('1.4.0'), components: ['api'] }]);
    const lock: LockJudgement = { kind: 'abandoned', lock: lockOf(1) };
    expect(judgeStart(factsOf({ plan: planOf('1.4.0', {}, { approve }), state: started, lock }))).toEqual([]);
  });
});

describe('under the lock the journal is judged once more', () => {
  const approve = approvalBy(['cid']);
  const plan = planOf('1.4.0', { runs: release('1.3.0') }, { approve });
  const state = { ...emptyState('prod'), running: standing('1.3.0') };
  const said = (now: EnvironmentState) =>
    judgeUnderLock(gateFacts({ plan, state: now })).map(({ rule, verdict }) => `${rule}: ${verdict}`);
  test('nothing was written meanwhile', () => {
    expect(said(state)).toEqual(['holds: pass']);
  });
  test('another run has released, from its gate to its end', () => {
    expect(said({ ...state, running: standing('1.3.1') })).toEqual(['holds: pass', 'what runs: fail']);
  });
  test('somebody has set a hold', () => {
    const hold = { id: 'h1', environment: 'prod', reason: 'audit', owner: 'cid', since: at(0) };
    expect(said({ ...state, holds: [hold] })).toEqual(['holds: fail']);
  });
});
