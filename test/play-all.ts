import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { scenarioFiles } from '../packages/lab/scenario/files.ts';
import { createPlayers } from '../packages/lab/scenario/players.ts';

const root = join(import.meta.dirname, '..');

/** Every scenario file below test/scenarios, worlds aside. */
export const files: readonly string[] = scenarioFiles(join(root, 'test/scenarios'))
  // The whole story first, because it takes longest.
  .toSorted(
    (one, other) => Number(other === 'unifocus.yml') - Number(one === 'unifocus.yml') || (one < other ? -1 : 1),
  );

/**
 * `npm test` plays releases and ECS whole, of each other target what goes well and what fails, and the judgement of tags; `npm run
 * scenarios` all the rest.
 */
export function isPlayedFirst(file: string): boolean {
  const [folder = ''] = file.split('/');
  return ['unifocus.yml', 'unifocus-dev.yml', 'release', 'ecs', 'checks'].includes(folder) || ofOthers.has(file);
}

const ofOthers = new Set([
  'tags/all-at-once.yml',
  ...['lambda/deployed.yml', 'lambda/update-fails.yml'],
  ...['static-site/releases.yml', 'static-site/failures.yml'],
  ...['codepipeline/follows-the-push.yml', 'codepipeline/action-fails.yml'],
  ...['cloudformation/changed.yml', 'cloudformation/rolled-back.yml'],
  ...['command/script.yml', 'command/opentofu.yml'],
]);

/** Plays them as anybody would: the committed workflows and bundles against the lab, over HTTP. */
export function playAll(scenarios: readonly string[]): void {
  // A lab waits for the processes of its steps half of its time.
  const players = createPlayers(availableParallelism() + 1, root);
  afterAll(() => players.close());

  // A scenario gives itself up, most after two minutes, and one may wait for a player first.
  const patience = 900_000;

  test.concurrent.each(scenarios)(
    '%s',
    async file => {
      const { code, output } = await players.play(join('test/scenarios', file));
      if (code !== 0) throw new Error(output);
      expect(output).toMatch(/expectations held/);
    },
    patience,
  );
}
