import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getExecOutput } from '@actions/exec';
import { FindingError } from '#core/finding';
import type { CheckedOut } from '#core/target';

export interface Checkout {
  readonly workspace: string;
  /** `https://github.com` */
  readonly serverUrl: string;
  /** For commits that a shallow checkout lacks, where it kept no credentials of its own. */
  readonly token: string;
}

/** The commit in the workspace; undefined where no repository is checked out. */
export async function checkedOut({ workspace }: Pick<Checkout, 'workspace'>): Promise<CheckedOut | undefined> {
  const { exitCode, stdout } = await git(workspace, ['rev-parse', 'HEAD', 'HEAD^{tree}']);
  const [sha, tree] = stdout.split('\n');
  if (exitCode !== 0 || sha === undefined || tree === undefined) return undefined;
  const status = await git(workspace, ['status', '--porcelain', '--untracked-files=no']);
  return { sha, tree, clean: status.exitCode === 0 && status.stdout.trim() === '' };
}

/** Another commit of the repository, in a folder of its own. Throws a `FindingError` where it cannot be had. */
export async function checkoutOf(checkout: Checkout, sha: string): Promise<string> {
  const { workspace } = checkout;
  if (!/^[0-9a-f]{40}$/.test(sha)) throw unavailable(sha, 'it is not the full name of a commit');
  if (!(await hasCommit(workspace, sha))) await fetchCommit(checkout, sha);
  const folder = await mkdtemp(join(process.env.RUNNER_TEMP ?? tmpdir(), `release-${sha.slice(0, 12)}-`));
  const added = await git(workspace, ['worktree', 'add', '--quiet', '--force', '--detach', folder, sha]);
  if (added.exitCode !== 0) throw unavailable(sha, added.stderr.trim());
  return folder;
}

async function hasCommit(workspace: string, sha: string): Promise<boolean> {
  return (await git(workspace, ['cat-file', '-e', `${sha}^{commit}`])).exitCode === 0;
}

/** With the credentials that checkout left behind first: a second header beside theirs would be refused. */
async function fetchCommit({ workspace, serverUrl, token }: Checkout, sha: string): Promise<void> {
  const args = ['fetch', '--quiet', '--no-tags', '--depth=1', 'origin', sha];
  const plain = await git(workspace, args);
  if (plain.exitCode === 0) return;
  const basic = Buffer.from(`x-access-token:${token}`).toString('base64');
  const own = await git(workspace, args, {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `http.${serverUrl}/.extraheader`,
    GIT_CONFIG_VALUE_0: `AUTHORIZATION: basic ${basic}`,
  });
  if (own.exitCode !== 0) throw unavailable(sha, own.stderr.trim() || plain.stderr.trim());
}

/** Words, and no shell. Whoever asks for a password gets none. */
function git(cwd: string, args: readonly string[], more: Readonly<Record<string, string>> = {}) {
  const inherited = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  const env = { ...Object.fromEntries(inherited), GIT_TERMINAL_PROMPT: '0', ...more };
  return getExecOutput('git', [...args], { cwd, env, silent: true, ignoreReturnCode: true });
}

function unavailable(sha: string, why: string): FindingError {
  const message = `The commit ${sha} cannot be checked out: ${why || 'git gives no reason'}.`;
  const next =
    'Check out the repository in this job before this step: `actions/checkout` with `fetch-depth: 0`, or with its credentials kept.';
  return new FindingError([{ reason: 'not-found', message, evidence: { commit: sha }, next }]);
}
