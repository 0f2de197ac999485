import { join } from 'node:path';
import type { Tool } from './tools.ts';

export interface Linter extends Tool {
  /** Arguments before the files. */
  readonly lint: readonly string[];
}

/** What GitHub accepts and this version of actionlint does not know yet, message by message. */
const unknownToActionlint = [
  'specifying action "\\$/[^"]+" in invalid format because ref is missing',
  'unexpected key "queue" for "concurrency" section',
  'property "workflow_(sha|ref|repository)" is not defined in object type \\{check_run_id',
] as const;

/** Scripts are left to others: which of shellcheck and pyflakes a machine has must not decide what is found. */
export const actionlint: Linter = {
  name: 'actionlint',
  version: '1.7.12',
  from: { registry: 'go', module: 'github.com/rhysd/actionlint/cmd/actionlint' },
  lint: ['-shellcheck=', '-pyflakes=', ...unknownToActionlint.flatMap(message => ['-ignore', message])],
};

/** Which references need not be pinned to a commit. No finding is silenced there. */
const policies = join(import.meta.dirname, 'zizmor.yml');

export const zizmor: Linter = {
  name: 'zizmor',
  version: '1.32.0',
  from: { registry: 'pypi' },
  lint: ['--quiet', '--offline', '--strict-collection', '--persona=pedantic', `--config=${policies}`],
};
