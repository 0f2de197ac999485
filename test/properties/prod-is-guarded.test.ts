import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Command } from './command.ts';
import { commandsFor, commandsWithRollbacks } from './commands.ts';
import { nothingIsLeft, ofAnyRequest, onlyAtTheGate, onlyBeforeTheClick, toTheOldest, without } from './judges.ts';
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
  test.each([
    ['where 1 has to approve', 1, commandsFor, 'changed', 1],
    ['where 2 have to approve', 2, commandsFor, 'changed', 1],
    ['where 1 has to approve, and people want to go back', 1, commandsWithRollbacks, 'went-back', 0.7],
    ['where 2 have to approve a release, and people want to go back', 2, commandsWithRollbacks, 'went-back', 0.7],
  ] as const)(
    '%s',
    async (_name, quorum, commands, change, share) => {
      let reached = 0;
      const runs = Math.ceil(numRuns * share);
      const property = fc.asyncProperty(commands(quorum), async told => {
        const history = await play(told, { quorum });
        if (history.some(({ what }) => what === change)) reached += 1;
        expect(wrongdoings(history, quorum)).toEqual([]);
      });
      await fc.assert(property, { seed, numRuns: runs });
      // Rules that let nothing through would be kept, too.
      expect(reached / runs).toBeGreaterThan(0.05);
    },
    3_600_000,
  );
});

/** The oracle would notice: with one rule taken out, there is a way to prod that should not be there. */
describe.each<[string, typeof commandsFor, readonly [string, Playing][]]>([
  [
    'a rule is needed:',
    commandsFor,
    [
      ...[
        ...['window', 'freeze', 'freeze while open', 'reviews', 'open issues', 'holds'],
        ...['earlier environment', 'same artifacts', 'what runs', 'rejection', 'approval'],
      ].map((rule): [string, Playing] => [rule, { judges: without(rule) }]),
      ['lock, and whether its holder lives', { judges: without('lock'), lifeless: true }],
      ['a look behind the click', { judges: onlyBeforeTheClick }],
      ['a look at the journal under the lock', { judges: onlyAtTheGate }],
    ],
  ],
  [
    'a rule of rollbacks is needed:',
    commandsWithRollbacks,
    [
      ...['approval', 'operation', 'parked', 'what runs', 'holds'].map((rule): [string, Playing] => [
        rule,
        { judges: without(rule, 'rollback') },
      ]),
      ['that an approval is of one request', { judges: ofAnyRequest }],
      ['that it goes to what was shown', { judges: toTheOldest }],
      ['what a run has left that died on its way', { judges: nothingIsLeft }],
      ['that what was gone back from is held', { judges: without('holds', 'release') }],
    ],
  ],
])('%s', (_name, commands, cases) => {
  test.each(cases)('%s', async (_rule, options) => {
    const property = fc.asyncProperty(
      commands(options.quorum ?? 1),
      async told => (await wrongs(told, options)).length === 0,
    );
    const { counterexample } = await fc.check(property, { seed, numRuns: 2000, endOnFailure: true });
    expect(await wrongs(counterexample?.[0] ?? [], options)).not.toEqual([]);
  });
});

test('the oracle shares nothing with what it judges', () => {
  const imports = (file: string) =>
    readFileSync(join(import.meta.dirname, file), 'utf8').match(/from '.*'|\bimport\(/g) ?? [];
  expect(imports('history.ts')).toEqual([]);
  expect(imports('what-was.ts')).toEqual(["from './history.ts'"]);
  expect(imports('oracle-of-rollbacks.ts')).toEqual(["from './history.ts'", "from './what-was.ts'"]);
  expect(imports('oracle.ts')).toEqual([
    "from './history.ts'",
    "from './oracle-of-rollbacks.ts'",
    "from './what-was.ts'",
  ]);
});
