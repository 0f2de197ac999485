import { journalBranch } from '#core/journal/name';
import { type GitHub, GitHubCallError, orFinding } from '../client.ts';

/**
 * Makes the branch as an orphan root: `createCommitOnBranch` makes none. Answers the head; undefined when the branch was there
 * already: another run was faster, may have written since, and what it wrote has to be read.
 */
export async function createJournalBranch(github: GitHub, environment: string): Promise<string | undefined> {
  return orFinding('contents: write', async () => {
    const content = `# ${environment}\n\nThe release journal of this environment. Written by the release workflows only.\n`;
    const tree = await github.request<{ sha: string }>(
      'POST /repos/{owner}/{repo}/git/trees',
      {
        tree: [{ path: 'README.md', mode: '100644', type: 'blob', content }],
      },
      'any-number',
    );
    const root = await github.request<{ sha: string }>(
      'POST /repos/{owner}/{repo}/git/commits',
      {
        message: `Start the journal of ${environment} [skip ci]`,
        tree: tree.sha,
        parents: [],
      },
      'any-number',
    );
    try {
      await github.request(
        'POST /repos/{owner}/{repo}/git/refs',
        {
          ref: `refs/heads/${journalBranch(environment)}`,
          sha: root.sha,
        },
        'any-number',
      );
      return root.sha;
    } catch (error) {
      if (!(error instanceof GitHubCallError) || error.status !== 422) throw error;
      // GitHub answers 422 for other reasons too (a ruleset): only a branch that is there is a race that was lost.
      await github.request('GET /repos/{owner}/{repo}/git/ref/{ref}', { ref: `heads/${journalBranch(environment)}` });
      return undefined;
    }
  });
}
