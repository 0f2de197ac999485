import { FindingError } from '#core/finding';
import { journalBranch } from '#core/journal/name';
import { git } from '../git.ts';
import type { EventFiles } from './events.ts';

/** Of the branch in a local repository, or of what was fetched of it. Throws a `FindingError` where there is none. */
export function filesOfBranch(repository: string, environment: string): EventFiles {
  const branch = journalBranch(environment);
  const ref = refOf(repository, branch);
  if (ref === undefined) {
    const message = `${repository} has no branch ${branch}.`;
    const next = `Fetch it: git fetch origin ${branch}:${branch}`;
    throw new FindingError([{ reason: 'not-found', message, evidence: { branch }, next }]);
  }
  const paths = lines(git(repository, ['ls-tree', '--name-only', `${ref}:events/`]).toString('utf8'));
  const contents = blobs(
    git(repository, ['cat-file', '--batch'], paths.map(path => `${ref}:events/${path}\n`).join('')),
  );
  return new Map(paths.map((path, index) => [path, contents[index] ?? '']));
}

/** The own branch before those of remotes. */
function refOf(repository: string, branch: string): string | undefined {
  const patterns = [`refs/heads/${branch}`, `refs/remotes/*/${branch}`];
  const [first] = lines(git(repository, ['for-each-ref', '--format=%(refname)', ...patterns]).toString('utf8'));
  return first;
}

function lines(text: string): readonly string[] {
  return text.split('\n').filter(line => line !== '');
}

/** `<oid> blob <size>`, the content, a line end: for each object that was asked for. */
function blobs(batch: Buffer): readonly string[] {
  const found: string[] = [];
  for (let at = 0; at < batch.length; ) {
    const end = batch.indexOf('\n', at);
    const size = Number(batch.subarray(at, end).toString('utf8').split(' ')[2]);
    found.push(batch.subarray(end + 1, end + 1 + size).toString('utf8'));
    at = end + 1 + size + 1;
  }
  return found;
}
