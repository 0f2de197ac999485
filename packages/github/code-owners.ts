import { FindingError } from '#core/finding';
import { ownersFiles, ownersOf } from '#core/gate/codeowners';
import type { CodeOwners } from '#core/gate/lookups';
import type { GitHub } from './client.ts';
import { fileAt } from './commits.ts';

/** GitHub lists no more files of a pull request. Source: docs.github.com, “List pull requests files”. */
const mostFiles = 3000;

interface Changed {
  readonly filename: string;
  readonly previous_filename?: string;
}

/**
 * Who owns the files that a pull request changes, the names included that it takes away, by the CODEOWNERS file of the branch that it
 * goes into: `base` is that branch without it, for nobody takes owners away by the change that needs them. null where there is no file.
 * Needs `pull-requests: read` and `contents: read`.
 */
export async function codeOwnersOf(github: GitHub, number: number, base: string): Promise<CodeOwners | null> {
  const [files, ...texts] = await Promise.all([
    github.paginate<Changed>('GET /repos/{owner}/{repo}/pulls/{pull_number}/files', { pull_number: number }),
    ...ownersFiles.map(path => fileAt(github, path, base)),
  ]);
  const at = texts.findIndex(text => text !== undefined);
  const [file, text] = [ownersFiles[at], texts[at]];
  if (file === undefined || text === undefined) return null;
  if (files.length >= mostFiles) {
    const message = `#${number} changes more files than the ${mostFiles} that GitHub lists, so their owners cannot be told.`;
    throw new FindingError([{ reason: 'reviewers-unreadable', message, evidence: { files: files.length } }]);
  }
  const paths = files.flatMap(({ filename, previous_filename: before }) => [
    filename,
    ...(before === undefined ? [] : [before]),
  ]);
  return ownersOf(file, text, [...new Set(paths)]);
}
