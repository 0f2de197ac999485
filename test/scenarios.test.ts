import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { createPlayers } from '../packages/lab/scenario/players.ts';

/** Every scenario file, played as anybody would: the committed workflows and bundles against the lab, over HTTP. */
const root = join(import.meta.dirname, '..');
const files = readdirSync(join(root, 'test/scenarios'), { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.yml') && !file.endsWith('.world.yml'))
  // The whole story first, because it takes longest.
  .toSorted(
    (one, other) => Number(other === 'unifocus.yml') - Number(one === 'unifocus.yml') || (one < other ? -1 : 1),
  );

// A lab waits for the processes of its steps half of its time.
const players = createPlayers(availableParallelism() + 1, root);
afterAll(() => players.close());

// A scenario gives itself up after two minutes, and one may wait for a player first.
const patience = 240_000;

test.concurrent.each(files)(
  '%s',
  async file => {
    const { code, output } = await players.play(join('test/scenarios', file));
    if (code !== 0) throw new Error(output);
    expect(output).toMatch(/expectations held/);
  },
  patience,
);
