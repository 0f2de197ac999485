/** What a finished scenario leaves behind in the lab, as the data of the report page. */
import type { GitHubWorld, Repository } from '../github/ports.ts';
import type { RunRecord } from '../runner/records.ts';
import type { Chapter, EnvironmentView, ReportData } from './data.ts';
import { githubReader } from './lab/github-reader.ts';
import { readJournals } from './lab/journals.ts';

/** What only the one who played the scenario can tell. */
export type Story = Omit<ReportData, 'repository' | 'runs' | 'environments' | 'journals' | 'issues'>;

export interface FinishedLab {
  readonly world: Pick<GitHubWorld, 'issueToken'>;
  readonly repository: Repository;
  /** Of all repositories; the report shows those of this one. */
  readonly runs: readonly RunRecord[];
  /** Where the lab's GitHub answers REST. */
  readonly apiUrl: string;
}

/**
 * Reads deployments and issues over REST, as everybody else does: look at the calls of the scenario before this makes its own, and
 * take its faults away. Throws when the lab's GitHub refuses.
 */
export async function fromLab(story: Story, { world, repository, runs, apiUrl }: FinishedLab): Promise<ReportData> {
  const { fullName } = repository;
  const permissions = { deployments: 'read', issues: 'read', 'pull-requests': 'read' } as const;
  const token = world.issueToken({ repository: fullName, runId: 0, permissions });
  const reader = githubReader({ apiUrl, token, repository: fullName });
  const deployments = await reader.deployments();
  const issues = await reader.issues();
  const environments = repository.environments().map(
    ({ name, reviewers = [], preventSelfReview = false, waitTimer = 0 }): EnvironmentView => ({
      name,
      reviewers,
      preventSelfReview,
      waitMinutes: waitTimer,
      deployments: deployments.filter(({ environment }) => environment === name),
    }),
  );
  return {
    ...story,
    repository: fullName,
    runs: runs.filter(run => run.repository === fullName),
    environments,
    journals: readJournals(repository),
    issues,
  };
}

/** `a · a push to main goes to dev` → the chapter `a`; a heading without a letter is numbered. */
export function chapterOf(heading: string, from: number, index: number): Chapter {
  const [, letter, title] = /^(\w{1,2}) · (.+)$/.exec(heading) ?? [];
  return { id: letter ?? String(index + 1), title: title ?? heading, from };
}
