import { describe, expect, test } from '@jest/globals';
import { createNotebook } from '#actions/deploy/notebook';
import type { Happening } from '#core/journal/event';
import type { Plan } from '#core/plan/plan';
import { planOf } from '../core/fixture.ts';

const note = (text: string): Happening => ({ type: 'unlocked', note: text });
const components = (count: number) =>
  [Array.from({ length: count }, (_, index) => ({ name: `c${index}` }))] as unknown as Plan['waves'];

/** A notebook, and what was written to it, commit by commit; the first write may fail. */
function notebook(plan: Partial<Plan>, { fails = false } = {}) {
  const commits: string[][] = [];
  const pauses: number[] = [];
  const clock = {
    now: () => 0,
    async sleep(milliseconds: number) {
      pauses.push(milliseconds);
    },
  };
  const kit = { clock, signal: new AbortController().signal };
  const write = createNotebook(kit, planOf('1.4.0', plan), async happenings => {
    await new Promise(resolve => setImmediate(resolve));
    if (fails && commits.length === 0) {
      commits.push(['failed']);
      throw new Error('lost');
    }
    commits.push(happenings.map(happening => (happening.type === 'unlocked' ? happening.note : '')));
  });
  return { commits, pauses, write };
}

describe('what many components report at the same time', () => {
  test('is written together, and what comes meanwhile in the next commit', async () => {
    const { commits, write } = notebook({ waves: components(2) });
    const first = Promise.all([write([note('a')]), write([note('b')])]);
    await Promise.resolve();
    await Promise.resolve();
    const second = write([note('c')]);
    await Promise.all([first, second]);
    expect(commits).toEqual([['a', 'b'], ['c']]);
  });

  test('is not taken for written where it could not be', async () => {
    const { commits, write } = notebook({ waves: components(2) }, { fails: true });
    await expect(write([note('a')])).rejects.toThrow('lost');
    await write([note('b')]);
    expect(commits).toEqual([['failed'], ['b']]);
  });

  test.each<[string, Partial<Plan>, readonly number[]]>([
    ['few components wait for nothing', { waves: components(2) }, []],
    ['hundreds leave GitHub a pause', { waves: components(200) }, [5_000]],
    ['and so do many jobs, the longer the more they are', { waves: components(200), parts: 100 }, [100_000]],
  ])('%s', async (_name, plan, expected) => {
    const { pauses, write } = notebook(plan);
    await write([note('a')]);
    expect(pauses).toEqual(expected);
  });
});
