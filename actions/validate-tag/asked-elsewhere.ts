import type { Kit } from '#action-kit/kit';
import type { Flow } from '#core/flow/parse';
import { isSameRun } from '#core/journal/lock';
import type { EnvironmentState } from '#core/journal/state';
import type { Choice } from '#core/plan/choose-parked';
import { isSame, nameOf } from '#core/release';
import type { GitHub } from '#github/client';
import { aliveSince } from '#github/runs';

/**
 * Where no person said go, people are not asked twice either: what another run already carries, or waits with for its click, is left to
 * that run, as long as such a click would be in time.
 */
export async function notAskedElsewhere(
  { run: { run: own }, clock, log }: Pick<Kit, 'run' | 'clock' | 'log'>,
  github: GitHub,
  { environments }: Pick<Flow, 'environments'>,
  choices: readonly (Choice & { readonly asked: EnvironmentState['asked'] })[],
): Promise<readonly Choice[]> {
  const judged = await Promise.all(
    choices.map(async choice => {
      const { environment, parked, asked } = choice;
      const within = environments[environment]?.approve?.within ?? Number.POSITIVE_INFINITY;
      const newest = asked.find(entry => isSame(entry.release, parked.release));
      if (newest === undefined || isSameRun(newest.run, own)) return [choice];
      const since = await aliveSince(github, newest.run);
      if (since === undefined || clock.now() - since > within) return [choice];
      log.info(`${nameOf(parked.release)} for ${environment} is with ${newest.run.url} already.`);
      return [];
    }),
  );
  return judged.flat();
}
