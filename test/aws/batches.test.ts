import { expect, test } from '@jest/globals';
import { batches, callInBatches } from '#aws/batches';

test('a list is cut into runs of at most the size', () => {
  expect(batches([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  expect(batches([], 2)).toEqual([]);
});

test('answers come in the order of the batches, whichever is answered first', async () => {
  const answers = await callInBatches([1, 2, 3, 4, 5], 1, async ([item = 0]) => {
    for (let turn = 0; turn < 10 - item; turn += 1) await Promise.resolve();
    return item * 10;
  });
  expect(answers).toEqual([10, 20, 30, 40, 50]);
});

test('no more than four batches are under way at the same time', async () => {
  let underWay = 0;
  let most = 0;
  const items = Array.from({ length: 100 }, (_, index) => index);
  await callInBatches(items, 2, async () => {
    underWay += 1;
    most = Math.max(most, underWay);
    await Promise.resolve();
    underWay -= 1;
  });
  expect(most).toBe(4);
});

test('a call that fails fails the whole', async () => {
  const call = () => Promise.reject(new Error('AccessDenied'));
  await expect(callInBatches([1, 2, 3], 1, call)).rejects.toThrow('AccessDenied');
});
