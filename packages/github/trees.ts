import { FindingError } from '#core/finding';
import type { Files } from '#core/gate/migrations';
import { type GitHub, orFinding } from './client.ts';

interface Tree {
  readonly truncated?: boolean;
  readonly tree: readonly { readonly path?: string; readonly type?: string; readonly sha?: string | null }[];
}

/** Every file of a tree, in one call. Needs `contents: read`. Throws a `FindingError` where GitHub does not list all of them. */
export function filesOf(github: GitHub, sha: string): Promise<Files> {
  return orFinding('contents: read', async () => {
    const { tree, truncated } = await github.request<Tree>('GET /repos/{owner}/{repo}/git/trees/{tree_sha}', {
      tree_sha: sha,
      recursive: '1',
    });
    if (truncated === true) {
      const message = `GitHub does not list all files of ${sha.slice(0, 12)}: there are too many.`;
      throw new FindingError([{ reason: 'files-unreadable', message, evidence: { tree: sha } }]);
    }
    const files = tree.filter(({ type }) => type === 'blob');
    return new Map(files.map(({ path = '', sha: hash }) => [path, hash ?? '']));
  });
}
