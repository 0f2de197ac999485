import type { RunLife } from '#core/journal/lock';
import type { RunReference } from '#core/release';
import { type GitHub, GitHubCallError } from './client.ts';

/** Whether a run still works. What cannot be read is `unknown`, never `dead`. */
export async function lifeOf(github: GitHub, run: RunReference): Promise<RunLife> {
  if (run.repository !== github.repository) return 'unknown';
  try {
    const answer = await github.request<{ readonly status: string | null }>(
      'GET /repos/{owner}/{repo}/actions/runs/{run_id}',
      { run_id: run.id },
    );
    return answer.status === 'completed' ? 'dead' : 'alive';
  } catch (error) {
    if (!(error instanceof GitHubCallError)) throw error;
    // GitHub forgets runs that somebody deleted; only a clear answer counts.
    return error.status === 404 ? 'dead' : 'unknown';
  }
}
