import { describe, expect, test } from '@jest/globals';
import { FindingError } from '#core/finding';
import type { Happening, JournalEvent } from '#core/journal/event';
import { foldAll } from '#core/journal/fold';
import { emptyState } from '#core/journal/state';
import { append, type Writer } from '#github/journal/append';
import { lockEnvironment } from '#github/journal/lock';
import { at, lockOf, NOON, release, run } from '../core/fixture.ts';
import { inEveryOrder, type Race } from './every-order.ts';
import { type MemoryBranch, type MemoryOptions, memoryBranch } from './memory-github.ts';

const runs = { 1: 'in_progress', 2: 'in_progress', 9: 'completed' } as const;

function writerOf(branch: MemoryBranch, id: number): Writer {
  let written = 0;
  const newId = () => {
    written += 1;
    return `${id}-${written}`;
  };
  return { github: branch.github(`run${id}`), run: run(id), now: () => NOON, newId };
}

function raceOn(race: Race, options: MemoryOptions = {}, branchIsThere = true): MemoryBranch {
  const branch = memoryBranch({ ...race, runs, ...options });
  if (branchIsThere) branch.push({ 'README.md': '# prod' }, { root: true, by: 'suite' });
  return branch;
}

const hold = (id: string): Happening => ({
  type: 'held',
  hold: { id, environment: 'prod', reason: 'audit', owner: 'ann', since: at(0) },
});

/** The branch holds every event once, numbered without a gap, and its state is what follows from them. */
function expectSound(branch: MemoryBranch): void {
  const events = branch.events();
  expect(events.map(event => Number(event.path.slice(7, 13)))).toEqual(events.map((_, index) => index + 1));
  expect(new Set(events.map(event => event.id)).size).toBe(events.length);
  const state = JSON.parse(branch.file('state.json') ?? 'null');
  const replayed = events.map(event => JSON.parse(branch.file(event.path) ?? '') as JournalEvent);
  expect(state).toEqual(foldAll(emptyState('prod'), replayed));
}

function reasonOf(outcome: PromiseSettledResult<unknown> | undefined): string {
  if (outcome?.status !== 'rejected') return 'fulfilled';
  return outcome.reason instanceof FindingError
    ? (outcome.reason.findings[0]?.reason ?? 'none')
    : String(outcome.reason);
}

/** Two runs want the environment at the same time; each starts its own release with it. */
function twoWantTheLock(branch: MemoryBranch) {
  const take = (id: number) => () =>
    lockEnvironment(writerOf(branch, id), 'prod', `run ${id}`, () => [
      { type: 'started', release: release(`1.${id}.0`), components: [] },
    ]);
  return { run1: take(1), run2: take(2) };
}

function expectOneWinner(branch: MemoryBranch, outcomes: Readonly<Record<string, PromiseSettledResult<unknown>>>) {
  expect([reasonOf(outcomes.run1), reasonOf(outcomes.run2)].toSorted()).toEqual(['environment-locked', 'fulfilled']);
  const winner = reasonOf(outcomes.run1) === 'fulfilled' ? 1 : 2;
  const mine = branch.events().filter(event => event.type === 'locked' && event.id.startsWith(`${winner}-`));
  expect(mine).toHaveLength(1);
  expect(branch.events().filter(event => event.type === 'started')).toHaveLength(1);
  expect(JSON.parse(branch.file('state.json') ?? '').lock.run.id).toBe(winner);
  expectSound(branch);
}

describe('two runs want the lock: in every order of their calls exactly one gets it', () => {
  test.each<[string, boolean]>([
    ['on a branch that is there', true],
    ['on a branch that neither has seen: both make it', false],
  ])('%s', async (_name, there) => {
    const plays = await inEveryOrder(race => {
      const branch = raceOn(race, {}, there);
      return { racers: twoWantTheLock(branch), check: outcomes => expectOneWinner(branch, outcomes) };
    });
    expect(plays).toBeGreaterThan(there ? 5 : 100);
  });

  test('whatever becomes of one commit of one of them: lost before, lost after, landing late', async () => {
    const plays = await inEveryOrder(
      race => {
        const branch = raceOn(race);
        return { racers: twoWantTheLock(branch), check: outcomes => expectOneWinner(branch, outcomes) };
      },
      (racer, call) => (racer === 'run1' && call === 'commit' ? ['lost-before', 'lost-after', 'lands-late'] : []),
    );
    expect(plays).toBeGreaterThan(50);
  });

  test('one of them reads an old head once', async () => {
    await inEveryOrder(
      race => {
        const branch = raceOn(race);
        return { racers: twoWantTheLock(branch), check: outcomes => expectOneWinner(branch, outcomes) };
      },
      (racer, call) => (racer === 'run1' && call === 'read' ? ['stale'] : []),
    );
  });

  test('a dead run’s lock is taken over once (branch-deploy#218)', async () => {
    const locked = { schema: 1, id: '9-1', at: at(0), run: run(9), type: 'locked', lock: lockOf(9) } as const;
    const state = foldAll(emptyState('prod'), [locked]);
    await inEveryOrder(race => {
      const branch = raceOn(race);
      branch.push(
        { 'state.json': JSON.stringify(state), 'events/000001-locked.json': JSON.stringify(locked) },
        { by: 'suite', message: `locked [skip ci]\n\n${run(9).url}` },
      );
      return {
        racers: twoWantTheLock(branch),
        check(outcomes) {
          expectOneWinner(branch, outcomes);
          const taken = JSON.parse(branch.file('events/000002-locked.json') ?? '');
          expect(taken).toMatchObject({ takenFrom: lockOf(9), note: expect.stringContaining('/runs/9/') });
        },
      };
    });
  });
});

describe('two runs write two events each: none is lost, none stands twice', () => {
  const racersOf = (branch: MemoryBranch) => {
    const write = (id: number) => async () => {
      const writer = writerOf(branch, id);
      await append(writer, 'prod', () => [hold(`first-${id}`)]);
      await append(writer, 'prod', () => [hold(`second-${id}`)]);
    };
    return { run1: write(1), run2: write(2) };
  };
  const everything = ['first-1', 'first-2', 'second-1', 'second-2'];
  const check = (branch: MemoryBranch) => {
    const { holds } = JSON.parse(branch.file('state.json') ?? '') as { holds: { id: string }[] };
    expect(holds.map(({ id }) => id).toSorted()).toEqual(everything);
    expect(branch.events()).toHaveLength(4);
    expectSound(branch);
  };

  test('in every order', async () => {
    await inEveryOrder(race => {
      const branch = raceOn(race);
      return { racers: racersOf(branch), check: () => check(branch) };
    });
  });

  test('in every order, whatever becomes of one commit', async () => {
    await inEveryOrder(
      race => {
        const branch = raceOn(race);
        const writer = writerOf(branch, 1);
        const one = () => append(writer, 'prod', () => [hold('first-1'), hold('second-1')]);
        const two = () => append(writerOf(branch, 2), 'prod', () => [hold('first-2'), hold('second-2')]);
        return { racers: { run1: one, run2: two }, check: () => check(branch) };
      },
      (_racer, call) => (call === 'commit' ? ['lost-before', 'lost-after', 'lands-late'] : []),
    );
  });
});
