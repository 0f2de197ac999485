import { describe, expect, test } from '@jest/globals';
import { shared } from '#core/together';

/** Work that ends when the test says so. */
function controlled() {
  const begun: PromiseWithResolvers<number>[] = [];
  const ask = shared(() => {
    const one = Promise.withResolvers<number>();
    begun.push(one);
    return one.promise;
  });
  return { begun, ask };
}

const turn = () => new Promise<void>(resolve => setImmediate(resolve));

describe('work that many ask for at the same time', () => {
  test('whoever asks while it is under way shares the next time, which begins afterwards', async () => {
    const { begun, ask } = controlled();
    const first = ask();
    await turn();
    const later = [ask(), ask()];
    await turn();
    expect(begun).toHaveLength(1);
    begun[0]?.resolve(1);
    await turn();
    expect(begun).toHaveLength(2);
    begun[1]?.resolve(2);
    expect(await Promise.all([first, ...later])).toEqual([1, 2, 2]);
  });

  test('a failure is told to those who asked, and the next time is tried again', async () => {
    const { begun, ask } = controlled();
    const first = ask();
    await turn();
    begun[0]?.reject(new Error('lost'));
    await expect(first).rejects.toThrow('lost');
    const second = ask();
    await turn();
    begun[1]?.resolve(2);
    expect(await second).toBe(2);
  });
});
