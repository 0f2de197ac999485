import { describe, expect, test } from '@jest/globals';
import { FindingError } from '#core/finding';
import type { Happening } from '#core/journal/event';
import type { LockJudgement } from '#core/journal/lock';
import { emptyState } from '#core/journal/state';
import { append, type Writer } from '#github/journal/append';
import { appendAsHolder, assertStillHolder, lockEnvironment } from '#github/journal/lock';
import { readJournal } from '#github/journal/read';
import { at, lockOf, NOON, run } from '../core/fixture.ts';
import { type Fate, type MemoryBranch, memoryBranch } from './memory-github.ts';

const note: Happening = { type: 'unlocked', note: 'done' };

function writerOf(branch: MemoryBranch, id = 1): Writer {
  let written = 0;
  const newId = () => {
    written += 1;
    return `${id}-${written}`;
  };
  return { github: branch.github(`run${id}`), run: run(id), now: () => NOON, newId };
}

/** A branch on which the first call of a kind meets a fate. */
function faulty(kind: string, fate: Fate): MemoryBranch {
  let met = false;
  return memoryBranch({
    turn: async (_writer, call) => {
      if (met || call !== kind) return 'answered';
      met = true;
      return fate;
    },
  });
}

async function reasonOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'nothing was thrown';
  } catch (error) {
    if (!(error instanceof FindingError)) throw error;
    return error.findings.map(finding => `${finding.reason}: ${finding.message}`).join('\n');
  }
}

describe('an append', () => {
  test('makes the missing branch as an orphan root, and writes event, state and page in one commit', async () => {
    const branch = memoryBranch();
    const { state } = await append(writerOf(branch), 'prod', () => [note, note]);
    expect(state.sequence).toBe(2);
    expect(branch.events().map(event => event.path)).toEqual([
      'events/000001-unlocked.json',
      'events/000002-unlocked.json',
    ]);
    expect(JSON.parse(branch.file('state.json') ?? '')).toEqual(state);
    expect(branch.file('README.md')).toContain('# prod');
    expect(JSON.parse(branch.file('events/000001-unlocked.json') ?? '')).toEqual({
      schema: 1,
      id: '1-1',
      at: '2026-11-02T12:00:00.000Z',
      run: run(1),
      ...note,
    });
  });

  test('with nothing to write it writes nothing, and makes no branch', async () => {
    const branch = memoryBranch();
    await append(writerOf(branch), 'prod', () => []);
    expect(branch.head()).toBeUndefined();
  });

  test('the judge sees the newest state every time, and may change its mind', async () => {
    const branch = memoryBranch();
    await append(writerOf(branch), 'prod', () => [note]);
    const seen: number[] = [];
    await append(writerOf(branch, 2), 'prod', async ({ state }) => {
      seen.push(state.sequence);
      if (seen.length === 1) await append(writerOf(branch, 3), 'prod', () => [note]);
      return state.sequence > 1 ? [] : [note];
    });
    expect(seen).toEqual([1, 2]);
    expect(branch.events()).toHaveLength(2);
  });

  test.each<[string, Fate]>([
    ['before its effect: it is written once more', 'lost-before'],
    ['after its effect: the own event is found', 'lost-after'],
  ])('a reply lost %s, and the event stands once', async (_name, fate) => {
    const branch = faulty('commit', fate);
    const { head } = await append(writerOf(branch), 'prod', () => [note]);
    expect(branch.events()).toHaveLength(1);
    expect(head).toBe(branch.head());
  });

  test('a replica that still shows the old head does not make it write twice', async () => {
    let calls: string[] = [];
    const branch = memoryBranch({
      turn: async (_writer, call) => {
        calls = [...calls, call];
        const commits = calls.filter(name => name === 'commit').length;
        if (call === 'commit' && commits === 1) return 'lost-after';
        return call === 'read' && commits === 1 ? 'stale' : 'answered';
      },
    });
    branch.push({ 'README.md': '' }, { root: true, by: 'suite' });
    await append(writerOf(branch), 'prod', () => [note]);
    expect(branch.events()).toHaveLength(1);
  });

  test('a head that moves for ever is given up on, with a word', async () => {
    const branch = memoryBranch();
    await append(writerOf(branch), 'prod', () => [note]);
    const other = writerOf(branch, 3);
    const judge = async () => {
      await append(other, 'prod', () => [note]);
      return [note];
    };
    expect(await reasonOf(append(writerOf(branch, 2), 'prod', judge))).toMatch(/^journal-moved: .* moved 25 times/);
  });
});

describe('a journal that cannot be relied on is refused', () => {
  const state = (change: object) => JSON.stringify({ ...emptyState('prod'), ...change });
  const invalid = /^journal-invalid: /;
  const forged = /^journal-forged: .* Its commit oid\d+ of 2026-11-02 12:00 UTC /;
  const bySuite = (title: string) => ({ by: 'suite', message: `${title}\n\n${run(1).url}` }) as const;
  const event = (change: object) =>
    JSON.stringify({ schema: 1, id: '1-9', at: '2026-11-02T12:00:00.000Z', run: run(1), ...note, ...change });
  const next = (change: object = {}) => state({ sequence: 2, updated: '2026-11-02T12:00:00.000Z', ...change });

  test.each<[string, (branch: MemoryBranch) => void, RegExp, RegExp]>([
    [
      'somebody pushed to the branch',
      branch => branch.push({ 'state.json': state({ sequence: 1 }) }),
      forged,
      /was pushed by mia, not made through GitHub’s API: “Tidy up”/,
    ],
    ['somebody pushed the state away', branch => branch.push({ 'state.json': null }), forged, /pushed by mia/],
    [
      'somebody edited a well-formed state in the browser, where GitHub signs',
      branch => branch.push({ 'state.json': state({ sequence: 1 }) }, { signed: true }),
      forged,
      /was made by mia, not with the token of a workflow/,
    ],
    [
      'the suite’s token wrote on what somebody had edited',
      branch => {
        branch.push({ 'README.md': '' }, { signed: true });
        branch.push({ 'state.json': next(), 'events/000002-unlocked.json': event({}) }, bySuite('unlocked [skip ci]'));
      },
      forged,
      /was made by mia/,
    ],
    [
      'the state says what its events do not',
      branch =>
        branch.push(
          { 'state.json': next({ holds: [], lock: lockOf(7) }), 'events/000002-unlocked.json': event({}) },
          bySuite('unlocked [skip ci]'),
        ),
      forged,
      /says of lock what does not follow from its events/,
    ],
    [
      'the state leaves out what the one before had: a hold, a lock',
      branch =>
        branch.push(
          { 'state.json': next({ holds: undefined, lock: undefined }), 'events/000002-unlocked.json': event({}) },
          bySuite('unlocked [skip ci]'),
        ),
      forged,
      /says of lock, holds what does not follow from its events/,
    ],
    [
      'a commit without the event that it tells of',
      branch => branch.push({ 'state.json': next() }, bySuite('unlocked [skip ci]')),
      forged,
      /is none that appends events/,
    ],
    [
      'a commit that appends nothing',
      branch => branch.push({ 'state.json': next() }, bySuite('Tidy up')),
      forged,
      /is none that appends events/,
    ],
    [
      'an event of a shape that nobody writes',
      branch =>
        branch.push(
          { 'state.json': next(), 'events/000002-verified.json': event({ type: 'verified' }) },
          bySuite('verified [skip ci]'),
        ),
      forged,
      /does not follow/,
    ],
    [
      'a record of another schema version',
      branch => branch.push({ 'state.json': state({ schema: 2 }) }, { by: 'suite' }),
      invalid,
      /schema 2; this version reads 1/,
    ],
    [
      'the state of another environment',
      branch => branch.push({ 'state.json': state({ environment: 'dev' }) }, { by: 'suite' }),
      invalid,
      /environment dev/,
    ],
    ['no JSON', branch => branch.push({ 'state.json': '{' }, { by: 'suite' }), invalid, /not JSON/],
    ['no state', branch => branch.push({ 'state.json': null }, { by: 'suite' }), invalid, /has no state\.json/],
  ])('%s', async (_name, spoil, reasons, words) => {
    const branch = memoryBranch();
    await append(writerOf(branch), 'prod', () => [note]);
    spoil(branch);
    const written = branch.head();
    const reason = await reasonOf(append(writerOf(branch, 2), 'prod', () => [note]));
    expect(reason).toMatch(reasons);
    expect(reason).toMatch(words);
    expect(branch.head()).toBe(written);
  });

  test('it goes on once the branch is back where it was', async () => {
    const branch = memoryBranch();
    const { head } = await append(writerOf(branch), 'prod', () => [note]);
    branch.push({ 'state.json': state({ sequence: 1 }) }, { signed: true });
    const error = await append(writerOf(branch, 2), 'prod', () => [note]).catch((thrown: unknown) => thrown);
    if (!(error instanceof FindingError)) throw new Error('nobody noticed');
    expect(error.findings[0]?.next).toContain(`git push --force origin ${head}:refs/heads/release-journal/prod`);
    branch.back();
    expect((await append(writerOf(branch, 2), 'prod', () => [note])).state.sequence).toBe(2);
  });

  test('what an earlier version did not know of, nobody misses', async () => {
    const branch = memoryBranch();
    branch.push({ 'README.md': '' }, { root: true, by: 'suite' });
    for (const sequence of [1, 2]) {
      const { parked: _unknown, ...written } = JSON.parse(next({ sequence })) as { parked: unknown };
      branch.push(
        { 'state.json': JSON.stringify(written), [`events/00000${sequence}-unlocked.json`]: event({}) },
        bySuite('unlocked [skip ci]'),
      );
      expect((await readJournal(branch.github(`run${sequence}`), 'prod')).state.parked).toEqual([]);
    }
  });

  test('a branch that does not exist yet is an empty journal, not an error', async () => {
    const { head, state: empty } = await readJournal(memoryBranch().github('run1'), 'prod');
    expect([head, empty]).toEqual([undefined, emptyState('prod')]);
  });
});

describe('the lock', () => {
  const runs = { 1: 'in_progress', 2: 'in_progress', 9: 'completed' } as const;

  test.each<[string, number, string]>([
    ['of a live run is kept', 2, 'environment-locked'],
    ['of a run that has ended is taken over', 9, 'nothing was thrown'],
    ['of a run that somebody deleted is taken over', 8, 'nothing was thrown'],
  ])('%s', async (_name, holder, expected) => {
    const branch = memoryBranch({ runs });
    await append(writerOf(branch, holder), 'prod', () => [{ type: 'locked', lock: lockOf(holder) }]);
    const reason = await reasonOf(lockEnvironment(writerOf(branch), 'prod', 'release', () => []));
    expect(reason.split(':')[0]).toBe(expected);
  });

  test('of a run whose life cannot be read is kept', async () => {
    const branch = faulty('GET /repos/{owner}/{repo}/actions/runs/{run_id}', 'lost-before');
    await append(writerOf(branch, 9), 'prod', () => [{ type: 'locked', lock: lockOf(9) }]);
    expect(await reasonOf(lockEnvironment(writerOf(branch), 'prod', 'release', () => []))).toMatch(
      /^environment-locked/,
    );
  });

  test('another job of the same attempt goes on with it', async () => {
    const branch = memoryBranch({ runs });
    await lockEnvironment(writerOf(branch), 'prod', 'release', () => []);
    await lockEnvironment(writerOf(branch), 'prod', 'release', () => [note]);
    expect(branch.events().map(event => event.type)).toEqual(['locked', 'unlocked']);
  });

  test('a later attempt of the same run takes it anew: what it leaves began when it did', async () => {
    const branch = memoryBranch({ runs });
    await lockEnvironment(writerOf(branch), 'prod', 'release', () => []);
    const again = { ...writerOf(branch), run: run(1, 'ann', 2), now: () => Date.parse(at(5)) };
    const found: LockJudgement[] = [];
    await lockEnvironment(again, 'prod', 'release', (_journal, lock) => {
      found.push(lock);
      return [];
    });
    expect(found).toMatchObject([{ kind: 'mine', lock: { run: { attempt: 1 } } }]);
    expect(await assertStillHolder(again, 'prod')).toMatchObject({
      state: { lock: { since: at(5), run: { attempt: 2 } } },
    });
  });

  test('who has lost it writes nothing more, and is told who has it', async () => {
    const branch = memoryBranch({ runs });
    await lockEnvironment(writerOf(branch), 'prod', 'release', () => []);
    await append(writerOf(branch, 2), 'prod', () => [{ type: 'locked', lock: lockOf(2) }]);
    expect(await reasonOf(appendAsHolder(writerOf(branch), 'prod', () => [note]))).toMatch(/^lock-lost: .*runs\/2\//);
    expect(await reasonOf(assertStillHolder(writerOf(branch), 'prod'))).toMatch(/^lock-lost/);
    expect(branch.events()).toHaveLength(2);
  });

  test('a branch deleted under the holder is said to be deleted, and is not made anew', async () => {
    const branch = memoryBranch({ runs });
    await lockEnvironment(writerOf(branch), 'prod', 'release', () => []);
    branch.remove();
    expect(await reasonOf(appendAsHolder(writerOf(branch), 'prod', () => [note]))).toMatch(
      /^journal-invalid: .*deleted/,
    );
    expect(branch.head()).toBeUndefined();
  });

  test('a branch deleted between the look and the commit is found out too', async () => {
    const branch = memoryBranch({ runs });
    await lockEnvironment(writerOf(branch), 'prod', 'release', () => []);
    const happenings = () => {
      branch.remove();
      return [note];
    };
    expect(await reasonOf(appendAsHolder(writerOf(branch), 'prod', happenings))).toMatch(/^journal-invalid: .*deleted/);
  });
});
