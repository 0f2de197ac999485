import type { RunReference } from '#core/release';
import { type GitHub, orFinding } from './client.ts';

interface Job {
  readonly name: string;
  readonly status: string;
}

/** The jobs of this attempt of the run that have not ended, by the names that GitHub shows. Needs `actions: read`. */
export function jobsUnderWay(github: GitHub, { id, attempt }: RunReference): Promise<readonly string[]> {
  const route = 'GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}/jobs';
  return orFinding('actions: read', async () => {
    const jobs = await github.paginate<Job>(route, { run_id: id, attempt_number: attempt }, 'jobs');
    return jobs.filter(job => job.status !== 'completed').map(job => job.name);
  });
}
