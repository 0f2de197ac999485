import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * An example stands for a repository of its own. Linters take the folder with `.git` for the root that `./` is read from,
 * so it is copied to where it is that root.
 */
export function withRepositoryOf(example: string, lint: (repository: string) => void): void {
  const repository = mkdtempSync(join(tmpdir(), 'release-actions-example-'));
  try {
    cpSync(example, repository, { recursive: true });
    mkdirSync(join(repository, '.git'), { recursive: true });
    lint(repository);
  } finally {
    rmSync(repository, { recursive: true, force: true });
  }
}
