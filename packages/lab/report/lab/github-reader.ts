import type { DeploymentView, IssueView } from '../data.ts';
import type { Comment, Deployment, DeploymentStatus, Issue } from './answers.ts';

export interface Address {
  readonly apiUrl: string;
  readonly token: string;
  /** `owner/name` */
  readonly repository: string;
}

const pageSize = 100;

/** Reads what people see beside the runs, through the lab's own REST. Everything comes oldest first. */
export function githubReader({ apiUrl, token, repository }: Address) {
  return {
    async deployments(): Promise<readonly (DeploymentView & { readonly environment: string })[]> {
      const newestFirst = await all<Deployment>('deployments');
      return inTurn(newestFirst.toReversed(), async deployment => ({
        id: deployment.id,
        environment: deployment.environment,
        ref: deployment.ref,
        sha: deployment.sha,
        description: deployment.description ?? '',
        creator: deployment.creator?.login ?? 'ghost',
        at: Date.parse(deployment.created_at),
        statuses: (await all<DeploymentStatus>(`deployments/${deployment.id}/statuses`)).toReversed().map(status => ({
          state: status.state,
          description: status.description,
          creator: status.creator?.login ?? 'ghost',
          at: Date.parse(status.created_at),
          environmentUrl: status.environment_url ?? '',
          logUrl: status.log_url ?? '',
        })),
      }));
    },
    async issues(): Promise<readonly IssueView[]> {
      const found = await all<Issue>('issues', 'state=all&direction=asc&');
      return inTurn(found, async issue => ({
        number: issue.number,
        title: issue.title,
        state: issue.state,
        pullRequest: issue.pull_request !== undefined,
        author: issue.user?.login ?? 'ghost',
        at: Date.parse(issue.created_at),
        labels: issue.labels.map(label => label.name),
        body: issue.body ?? '',
        comments: (await all<Comment>(`issues/${issue.number}/comments`)).map(comment => ({
          author: comment.user?.login ?? 'ghost',
          at: Date.parse(comment.created_at),
          body: comment.body,
        })),
      }));
    },
  };

  /** Every page of a list. */
  async function all<T>(path: string, filter = ''): Promise<readonly T[]> {
    const found: T[] = [];
    for (let page = 1; ; page += 1) {
      const url = `${apiUrl}/repos/${repository}/${path}?${filter}per_page=${pageSize}&page=${page}`;
      const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
      if (!answer.ok) throw new Error(`The report cannot read ${path}: ${answer.status} ${await answer.text()}`);
      const items = (await answer.json()) as readonly T[];
      found.push(...items);
      if (items.length < pageSize) return found;
    }
  }
}

/** One after the other: GitHub refuses crowds. */
async function inTurn<T, Result>(items: readonly T[], read: (item: T) => Promise<Result>): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const item of items) results.push(await read(item));
  return results;
}
