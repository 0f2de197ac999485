import { spawnSync } from 'node:child_process';
import { FindingError } from '#core/finding';

/** A journal of many years. */
const mostBytes = 1024 ** 3;

/** What git answers. Throws a `FindingError` with its words when it fails. */
export function git(repository: string, words: readonly string[], input = ''): Buffer {
  const { status, stdout, stderr, error } = spawnSync('git', ['-C', repository, ...words], {
    input,
    maxBuffer: mostBytes,
  });
  if (status === 0) return stdout;
  const why = error?.message ?? stderr.toString('utf8').trim();
  const message = `git ${words[0]} in ${repository}: ${why}`;
  throw new FindingError([{ reason: 'not-found', message, evidence: { repository } }]);
}
