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
 * `npm test` plays releases and ECS, of each other target what goes well and what fails, the judgement of tags, and the commands:
 * what a change breaks first. `npm run scenarios` plays all the rest.
 */
export function isPlayedFirst(file: string): boolean {
  const [folder = ''] = file.split('/');
  if (ofOthers.has(file)) return true;
  const ofTheSlice = ['unifocus.yml', 'unifocus-dev.yml', 'release', 'ecs', 'checks'].includes(folder);
  return ofTheSlice && !longStories.has(file) && !rareDeployments.has(file);
}

/** Releases that are told at length, or that show what others show in short. */
const longStories = new Set(
  [
    ...['first-release', 'in-order-and-back', 'one-component', 'only-looking', 'same-tree'],
    ...['two-environments-one-service', 'window-on-the-day-the-clocks-change', 'holidays-of-a-file'],
    ...['freeze-begins-before-the-click', 'gate-unreadable', 'pull-request-reviewed', 'copied-image'],
    ...['rollback-out-of-a-half-done-release', 'scaled-to-zero-meanwhile', 'journal-of-a-rollback-by-ecs'],
    ...['approval-by-originator', 'lock-of-a-dead-run', 'images-masked', 'approval-of-an-earlier-attempt'],
    ...['journal-two-runs-at-once', 'smoke-fails-then-rollbacks', 'watch-alarm-and-crash'],
    ...['prod-gets-another-digest', 'window-closed', 'parked-goes-on-once', 'several-wait', 'rejected-for-good'],
    ...['backups', 'evidence-unreadable', 'way-back-gone', 'stack-complete', 'alarms-ring', 'emergency'],
    ...['soaks-in-the-earlier-environment', 'approval-rejected', 'approval-by-outsider', 'approval-impossible'],
    ...['github-permission-missing', 'journal-deleted', 'journal-forged', 'rollback-of-the-first-release'],
    ...['only-advises', 'watch-without-data', 'policy-from-the-default-branch', 'goes-on-with-its-own-build'],
    ...['rollback-approved-twice', 'rollback-killed-after-its-approval', 'rollback-rejected-or-overtaken'],
    ...['published-as-prerelease', 'policy-in-a-private-repository', 'policy-of-the-organisation'],
    ...['approval-nobody-asked', 'lock-held', 'verdicts-of-refs', 'rollback-approved-by-the-operation'],
    ...['rollback-after-one-that-died', 'rolled-back-while-held-for-a-while', 'approval-of-another-rollback'],
  ].map(name => `release/${name}.yml`),
);

/** What ECS does less often. */
const rareDeployments = new Set(
  [
    ...['canary-and-linear', 'blue-green-pause', 'more-than-100-tasks', 'server-errors-to-changes', 'tag-left-to-ecs'],
    ...[
      'tasks-cannot-run',
      'future-fields',
      'many-services',
      'listed-late',
      'deployment-alarms',
      'credentials-missing',
    ],
    ...['brought-back-by-receipt', 'credentials-expire', 'follows-its-own-rollout', 'lost-replies', 'tasks-missing'],
    ...['tag-moves', 'throttled', 'image-cannot-be-pulled', 'superseded', 'scaled-to-zero'],
    ...['never-completed', 'first-deployment', 'migration', 'existing-revision', 'denied-after-the-change'],
  ].map(name => `ecs/${name}.yml`),
);

const ofOthers = new Set([
  'tags/all-at-once.yml',
  'cli/doctor-finds-what-is-wrong.yml',
  'pull-requests/checked-before-the-merge.yml',
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
