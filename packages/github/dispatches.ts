import type { AgreementFacts } from '#core/gate/facts';
import { sameLogin } from '#core/gate/people';
import type { Agreement } from '#core/journal/state';
import { type GitHub, ifPermitted } from './client.ts';

interface Answer {
  readonly event: string;
  readonly actor: { readonly login: string } | null;
}

/**
 * The journal says who approved by an operation; GitHub says who dispatched that run. `dispatched` is undefined where it could not be
 * read. Needs `actions: read`.
 */
export function withDispatches(github: GitHub, agreements: readonly Agreement[]): Promise<readonly AgreementFacts[]> {
  return Promise.all(
    agreements.map(async ({ login, at, comment, subject, run }) => {
      const dispatched = await ifPermitted('actions: read', () => isDispatchOf(github, run.id, login));
      return { login, at, comment, subject, dispatched };
    }),
  );
}

async function isDispatchOf(github: GitHub, runId: number, login: string): Promise<boolean> {
  const { event, actor } = await github.request<Answer>('GET /repos/{owner}/{repo}/actions/runs/{run_id}', {
    run_id: runId,
  });
  return event === 'workflow_dispatch' && actor !== null && sameLogin(actor.login, login);
}
