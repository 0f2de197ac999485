import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Command, commandsFor } from './commands.ts';
import { onlyAtTheGate, onlyBeforeTheClick, without } from './judges.ts';
import { wrongdoings } from './oracle.ts';
import { type Playing, play } from './play.ts';

/**
 * `PROPERTY_RUNS=20000 PROPERTY_SEED=7 npm test -- test/properties` looks longer, and elsewhere: some ways past the rules are found among
 * thousands of sequences only.
 */
const numRuns = Number(process.env.PROPERTY_RUNS ?? 150);
const seed = Number(process.env.PROPERTY_SEED ?? 20_261_128);

async function wrongs(told: readonly Command[], options: Playing = {}): Promise<readonly string[]> {
  return wrongdoings(await play(told, options), options.quorum ?? 1);
}

describe('no order of events leads to prod without all rules having held when it was changed', () => {
  test.each([1, 2] as const)(
    'where %i have to approve',
    async quorum => {
      let reached = 0;
      const property = fc.asyncProperty(commandsFor(quorum), async told => {
        const history = await play(told, { quorum });
        if (history.some(({ what }) => what === 'changed')) reached += 1;
        expect(wrongdoings(history, quorum)).toEqual([]);
      });
      await fc.assert(property, { seed, numRuns });
      // Rules that let nothing through would be kept, too.
      expect(reached / numRuns).toBeGreaterThan(0.05);
    },
    3_600_000,
  );
});

/** The oracle would notice: with one rule taken out, there is a way to prod that should not be there. */
describe('a rule is needed:', () => {
  test.each<[string, Playing]>([
    ...[
      ...['window', 'freeze', 'freeze while open', 'reviews', 'open issues', 'holds'],
      ...['earlier environment', 'same artifacts', 'what runs', 'rejection', 'approval'],
    ].map((rule): [string, Playing] => [rule, { judges: without(rule) }]),
    ['lock, and whether its holder lives', { judges: without('lock'), lifeless: true }],
    ['a look behind the click', { judges: onlyBeforeTheClick }],
    ['a look at the journal under the lock', { judges: onlyAtTheGate }],
  ])('%s', async (_rule, options) => {
    const property = fc.asyncProperty(
      commandsFor(options.quorum ?? 1),
      async told => (await wrongs(told, options)).length === 0,
    );
    const { counterexample } = await fc.check(property, { seed, numRuns: 2000, endOnFailure: true });
    expect(await wrongs(counterexample?.[0] ?? [], options)).not.toEqual([]);
  });
});

test('the oracle shares nothing with what it judges', () => {
  const read = (file: string) => readFileSync(join(import.meta.dirname, file), 'utf8');
  expect(read('oracle.ts').match(/from '.*'/g)).toEqual(["from './history.ts'"]);
  expect(read('history.ts')).not.toMatch(/\bimport\b/);
});
