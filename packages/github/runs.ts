import type { RunLife } from '#core/journal/lock';
import type { RunReference } from '#core/release';
import { type GitHub, GitHubCallError } from './client.ts';

interface Answer {
  readonly status: string | null;
  readonly run_started_at?: string;
}

/** Whether a run still works. What cannot be read is `unknown`, never `dead`. */
export async function lifeOf(github: GitHub, run: RunReference): Promise<RunLife> {
  const answer = await readRun(github, run);
  if (answer === 'unknown' || answer === 'gone') return answer === 'gone' ? 'dead' : 'unknown';
  return answer.status === 'completed' ? 'dead' : 'alive';
}

/** Epoch milliseconds at which a run began, its newest attempt, that works or waits for people; undefined where it has ended, or nobody knows. */
export async function aliveSince(github: GitHub, run: RunReference): Promise<number | undefined> {
  const answer = await readRun(github, run);
  if (answer === 'unknown' || answer === 'gone' || answer.status === 'completed') return undefined;
  const began = Date.parse(answer.run_started_at ?? '');
  return Number.isNaN(began) ? undefined : began;
}

async function readRun(github: GitHub, run: RunReference): Promise<Answer | 'gone' | 'unknown'> {
  if (run.repository !== github.repository) return 'unknown';
  try {
    return await github.request<Answer>('GET /repos/{owner}/{repo}/actions/runs/{run_id}', { run_id: run.id });
  } catch (error) {
    if (!(error instanceof GitHubCallError)) throw error;
    // GitHub forgets runs that somebody deleted; only a clear answer counts.
    return error.status === 404 ? 'gone' : 'unknown';
  }
}
