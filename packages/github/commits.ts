import { FindingError } from '#core/finding';
import { type GitHub, GitHubCallError, orFinding } from './client.ts';

/** A commit as a release needs it. */
export interface CommitFacts {
  readonly sha: string;
  readonly tree: string;
  readonly message: string;
  /** The login of its author, where GitHub knows one. */
  readonly author?: string;
}

/** The commit that a branch, a tag (annotated or not) or a sha stands for. */
export async function commitOf(github: GitHub, ref: string): Promise<CommitFacts> {
  return orFinding('contents: read', async () => {
    const answer = await github
      .request<{
        readonly sha: string;
        readonly commit: { readonly message: string; readonly tree: { readonly sha: string } };
        readonly author: { readonly login?: string } | null;
      }>('GET /repos/{owner}/{repo}/commits/{ref}', { ref })
      .catch(error => {
        // Nothing of that name: GitHub answers as to a request that makes no sense.
        if (error instanceof GitHubCallError && error.status === 422) throw noCommit(ref);
        throw error;
      });
    const author = answer.author?.login;
    return {
      sha: answer.sha,
      tree: answer.commit.tree.sha,
      message: answer.commit.message,
      ...(author === undefined ? {} : { author }),
    };
  });
}

function noCommit(ref: string): FindingError {
  const message = `There is no ${ref.replace(/^(tags|heads)\//, '')} in this repository.`;
  const next = 'Correct the name, or push the branch or tag first.';
  return new FindingError([{ reason: 'not-found', message, evidence: { ref }, next }]);
}

/** A file at a commit; undefined when it is not there. */
export async function fileAt(github: GitHub, path: string, ref: string): Promise<string | undefined> {
  return orFinding('contents: read', async () => {
    try {
      const answer = await github.request<{ readonly content?: string; readonly type?: string }>(
        'GET /repos/{owner}/{repo}/contents/{path}',
        { path, ref },
      );
      return answer.content === undefined ? undefined : Buffer.from(answer.content, 'base64').toString('utf8');
    } catch (error) {
      if (error instanceof GitHubCallError && error.status === 404) return undefined;
      throw error;
    }
  });
}

/**
 * A file that the flow file names under `key`, on the default branch, or in the commit that is proposed for it. Throws a `FindingError`
 * where it is not there.
 */
export async function policyFile(
  github: GitHub,
  {
    path,
    branch,
    key,
    proposed,
  }: {
    readonly path: string;
    readonly branch: string;
    readonly key: string;
    readonly proposed?: string | undefined;
  },
): Promise<string> {
  const text = await fileAt(github, path, proposed ?? branch);
  if (text !== undefined) return text;
  const where = proposed === undefined ? `on the default branch ${branch}` : `in ${proposed.slice(0, 12)}`;
  const message = `There is no file ${path} ${where}.`;
  const next = `Commit it there, or correct \`${key}\` of the environment.`;
  throw new FindingError([{ reason: 'not-found', message, evidence: { path }, next }]);
}

export async function defaultBranch(github: GitHub): Promise<string> {
  return orFinding('contents: read', async () => {
    const answer = await github.request<{ readonly default_branch: string }>('GET /repos/{owner}/{repo}');
    return answer.default_branch;
  });
}
