import { describe, expect, test } from '@jest/globals';
import { judgeLock, type LockJudgement, type RunLife } from '#core/journal/lock';
import { lockOf, run } from '../fixture.ts';

describe('the lock of an environment, for run 2', () => {
  test.each<[string, number | null, RunLife, LockJudgement['kind']]>([
    ['nobody holds it', null, 'unknown', 'free'],
    ['run 2 holds it itself', 2, 'unknown', 'mine'],
    ['a live run holds it', 1, 'alive', 'held'],
    ['a dead run left it behind (branch-deploy#218)', 1, 'dead', 'abandoned'],
    ['whether its run lives cannot be read: never taken for dead', 1, 'unknown', 'held'],
  ])('%s', (_name, holder, life, kind) => {
    const judgement = judgeLock(holder === null ? null : lockOf(holder), run(2), () => life);
    expect(judgement.kind).toBe(kind);
  });

  test('a later attempt of the same run is the same owner', () => {
    expect(judgeLock(lockOf(2), run(2, 'ben', 3), () => 'alive').kind).toBe('mine');
  });

  test('the same run id in another repository is somebody else', () => {
    const foreign = { ...lockOf(2), run: { ...run(2), repository: 'acme/other' } };
    expect(judgeLock(foreign, run(2), () => 'alive').kind).toBe('held');
  });

  test('the holder is looked up only when it is somebody else', () => {
    const asked: number[] = [];
    const lifeOf = (holder: { readonly id: number }): RunLife => {
      asked.push(holder.id);
      return 'alive';
    };
    judgeLock(null, run(2), lifeOf);
    judgeLock(lockOf(2), run(2), lifeOf);
    expect(asked).toEqual([]);
    expect(judgeLock(lockOf(1), run(2), lifeOf)).toMatchObject({ kind: 'held', life: 'alive' });
    expect(asked).toEqual([1]);
  });
});
