import type { Sought } from '#core/gate/sought';
import type { CommitCheck } from '#core/tags/checks';
import type { GitHub } from './client.ts';
import { soughtOf } from './sought.ts';

/** Check runs and statuses of a commit. Needs `checks: read` and `statuses: read`. */
export async function checksOf(
  github: GitHub,
  sha: string,
  names: readonly string[],
): Promise<Sought<readonly CommitCheck[]>> {
  const [runs, statuses] = await Promise.all([
    soughtOf('checks: read', () => checkRuns(github, sha, names)),
    soughtOf('statuses: read', () => commitStatuses(github, sha)),
  ]);
  if (!runs.known) return runs;
  if (!statuses.known) return statuses;
  return { known: true, value: [...runs.value, ...statuses.value] };
}

interface ListedRun {
  readonly id: number;
  readonly name: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly details_url: string | null;
  readonly html_url: string | null;
}

/** One name is asked for by name; for several, all pages are cheaper than a call for each. */
async function checkRuns(github: GitHub, sha: string, names: readonly string[]): Promise<readonly CommitCheck[]> {
  const [only, ...others] = names;
  const filter = only === undefined || others.length > 0 ? {} : { check_name: only };
  const route = 'GET /repos/{owner}/{repo}/commits/{ref}/check-runs';
  const listed = await github.paginate<ListedRun>(route, { ref: sha, ...filter }, 'check_runs');
  return listed.map(run => ({
    kind: 'check',
    name: run.name,
    id: run.id,
    conclusion: run.status === 'completed' ? (run.conclusion ?? 'no conclusion') : undefined,
    url: run.html_url ?? run.details_url ?? '',
  }));
}

interface ListedStatus {
  readonly id: number;
  readonly context: string;
  readonly state: string;
  readonly target_url: string | null;
}

/** The combined status has the newest of each context, and nothing older. */
async function commitStatuses(github: GitHub, sha: string): Promise<readonly CommitCheck[]> {
  const route = 'GET /repos/{owner}/{repo}/commits/{ref}/status';
  const listed = await github.paginate<ListedStatus>(route, { ref: sha }, 'statuses');
  return listed.map(({ id, context, state, target_url: url }) => ({
    kind: 'status',
    name: context,
    id,
    conclusion: state === 'pending' ? undefined : state,
    url: url ?? '',
  }));
}
