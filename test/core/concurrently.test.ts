import { expect, test } from '@jest/globals';
import { concurrently } from '#core/concurrently';

const soon = () => new Promise<void>(resolve => setImmediate(resolve));

test('never more at once than allowed, and the answers in the order of the items', async () => {
  let busy = 0;
  let most = 0;
  const answers = await concurrently([3, 1, 2, 5, 4], 2, async turns => {
    busy += 1;
    most = Math.max(most, busy);
    for (let turn = 0; turn < turns; turn += 1) await soon();
    busy -= 1;
    return turns * 10;
  });
  expect(answers).toEqual([30, 10, 20, 50, 40]);
  expect(most).toBe(2);
});

test('after a failure nothing else is begun', async () => {
  const begun: number[] = [];
  const work = concurrently([1, 2, 3, 4], 2, async item => {
    begun.push(item);
    await soon();
    if (item === 1) throw new Error('one');
    await soon();
  });
  await expect(work).rejects.toThrow('one');
  await soon();
  await soon();
  expect(begun).toEqual([1, 2]);
});

test('nothing to do is done at once', async () => {
  expect(await concurrently([], 4, async () => 1)).toEqual([]);
});
