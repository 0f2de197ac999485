import type { PullReview, ReviewedPull } from '#core/gate/lookups';
import { type GitHub, orFinding } from './client.ts';
import { codeOwnersOf } from './code-owners.ts';

interface Person {
  readonly login: string;
  readonly type?: string;
}

interface Pull {
  readonly number: number;
  readonly title: string;
  readonly html_url: string;
  readonly user: Person | null;
  readonly head: { readonly sha: string };
  readonly base: { readonly sha: string };
  readonly merged_at: string | null;
  readonly merge_commit_sha: string | null;
}

interface Commit {
  readonly author: Partial<Person> | null;
  readonly committer: Partial<Person> | null;
}

interface Review {
  readonly user: Person | null;
  readonly state: string;
  readonly commit_id: string | null;
  readonly author_association: string;
}

/**
 * The merged pull request that brought a commit, with its reviews, and with the owners of its files where they are asked for; null when
 * none did. `proposed`: the number of one that is still open, of which it is asked what would be if it were merged now. Needs
 * `pull-requests: read`.
 */
export function reviewedPull(
  github: GitHub,
  sha: string,
  { codeOwners, proposed }: { readonly codeOwners: boolean; readonly proposed?: number | undefined },
): Promise<ReviewedPull | null> {
  return orFinding('pull-requests: read', async () => {
    const pull = proposed === undefined ? await mergedPull(github, sha) : await openPull(github, proposed);
    if (pull === undefined) return null;
    const { number, title, html_url: url, user, head, base } = pull;
    const parameters = { pull_number: number };
    const [reviews, commits, owners] = await Promise.all([
      github.paginate<Review>('GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews', parameters),
      github.paginate<Commit>('GET /repos/{owner}/{repo}/pulls/{pull_number}/commits', parameters),
      codeOwners ? codeOwnersOf(github, number, base.sha) : undefined,
    ]);
    const wrote = commits.flatMap(({ author, committer }) => [author?.login, committer?.login]);
    const authors = [user?.login, ...wrote].filter(login => login !== undefined && login !== webFlow);
    return {
      number,
      title,
      url,
      authors: [...new Set(authors)] as string[],
      head: head.sha,
      reviews: reviews.flatMap(reviewOf),
      ...(owners === undefined ? {} : { codeOwners: owners }),
    };
  });
}

/** GitHub’s own account, which commits what is written in the browser. */
const webFlow = 'web-flow';

/** The one whose merge made the commit, or else the one that was merged last of those that contain it. */
async function mergedPull(github: GitHub, sha: string): Promise<Pull | undefined> {
  const pulls = await github.paginate<Pull>('GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls', {
    commit_sha: sha,
  });
  const merged = pulls.filter(pull => pull.merged_at !== null);
  return (
    merged.find(pull => pull.merge_commit_sha === sha) ??
    merged.toSorted((one, other) => Date.parse(other.merged_at ?? '') - Date.parse(one.merged_at ?? ''))[0]
  );
}

function openPull(github: GitHub, number: number): Promise<Pull> {
  return github.request<Pull>('GET /repos/{owner}/{repo}/pulls/{pull_number}', { pull_number: number });
}

const belonging = new Set(['OWNER', 'MEMBER', 'COLLABORATOR']);

function reviewOf({ user, state, commit_id, author_association }: Review): readonly PullReview[] {
  if (user === null || user.type === 'Bot') return [];
  const commit = commit_id ?? '';
  return [{ login: user.login, state: stateOf(state), commit, belongs: belonging.has(author_association) }];
}

function stateOf(state: string): PullReview['state'] {
  switch (state) {
    case 'APPROVED':
      return 'approved';
    case 'CHANGES_REQUESTED':
      return 'changes-requested';
    case 'DISMISSED':
      return 'dismissed';
    default:
      return 'commented';
  }
}
