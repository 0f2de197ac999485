import { expect, test } from '@jest/globals';
import { race } from './races.ts';

/** `npm run races` has a thousand of them. */
test('two processes race for the lock, whatever becomes of their commits: exactly one has it, and nothing is lost', async () => {
  const { wrong, met } = await race(12, 1);
  expect(wrong).toEqual([]);
  expect(Object.keys(met)).toEqual(
    expect.arrayContaining(['reset-before', 'reset-after', 'error', 'lock of a dead run', 'old answer']),
  );
}, 120_000);
