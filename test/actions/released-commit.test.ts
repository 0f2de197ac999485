import { describe, expect, test } from '@jest/globals';
import { type GitHub, GitHubCallError } from '#github/client';
import { releasedCommit } from '../../actions/validate-tag/released-commit.ts';

/** GitHub’s answers by what was asked for; whatever else is asked for is not there. */
function gitHub(commits: Readonly<Record<string, string>>): GitHub {
  const route = 'GET /repos/{owner}/{repo}/commits/{ref}';
  const request = async (_route: string, { ref = '' }: { readonly ref?: unknown } = {}) => {
    const sha = commits[String(ref)];
    if (sha === undefined) throw new GitHubCallError(422, route, `No commit found for SHA: ${String(ref)}`, []);
    return { sha, commit: { message: 'feat: teams', tree: { sha: `tree-${sha}` } }, author: null };
  };
  return { owner: 'acme', name: 'unifocus', repository: 'acme/unifocus', request } as unknown as GitHub;
}

async function releasedAt(commits: Readonly<Record<string, string>>, ref: string, sha: string) {
  const { commit, moved } = await releasedCommit(gitHub(commits), ref, sha);
  return [commit.sha, moved?.reason];
}

describe('which commit a run releases (branch-deploy#340)', () => {
  test.each<[string, Readonly<Record<string, string>>, string, string, string, string | undefined]>([
    ['a branch: the commit that was pushed', { old: 'old' }, 'refs/heads/main', 'old', 'old', undefined],
    [
      'a branch that has moved on: still that one',
      { old: 'old', main: 'new' },
      'refs/heads/main',
      'old',
      'old',
      undefined,
    ],
    [
      'a branch that another workflow names: its head',
      { 'heads/next': 'new' },
      'refs/heads/next',
      '',
      'new',
      undefined,
    ],
    ['a tag that still names it', { 'tags/v1.3.0': 'old' }, 'refs/tags/v1.3.0', 'old', 'old', undefined],
    ['a tag that names another one now', { 'tags/v1.3.0': 'new' }, 'refs/tags/v1.3.0', 'old', 'new', 'tag-moved'],
    [
      'a tag beside a branch of the same name',
      { 'v1.3.0': 'branch', 'tags/v1.3.0': 'old' },
      'refs/tags/v1.3.0',
      'old',
      'old',
      undefined,
    ],
  ])('%s', async (_name, commits, ref, sha, released, reason) => {
    expect(await releasedAt(commits, ref, sha)).toEqual([released, reason]);
  });

  test('a tag that is gone is told, not guessed', async () => {
    await expect(releasedAt({ old: 'old' }, 'refs/tags/v1.3.0', 'old')).rejects.toThrow();
  });
});
