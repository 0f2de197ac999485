import type { RejectionFacts } from '#core/gate/facts';
import type { RunReference } from '#core/release';
import { listedReviews } from './approvals.ts';
import { type GitHub, ifPermitted } from './client.ts';

/** Who rejected these runs when GitHub asked them, for the environment; undefined where that may not be read. Needs `actions: read`. */
export function rejectionsOf(
  github: GitHub,
  runs: readonly RunReference[],
  environment: string,
): Promise<readonly RejectionFacts[] | undefined> {
  return ifPermitted('actions: read', async () => {
    const found = await Promise.all(runs.map(async run => ({ run, reviews: await listedReviews(github, run.id) })));
    return found.flatMap(({ run, reviews }) =>
      reviews
        .filter(
          ({ state, environments }) => state === 'rejected' && environments.some(({ name }) => name === environment),
        )
        .map(({ user, comment }) => ({ login: user?.login ?? 'ghost', comment, run })),
    );
  });
}
