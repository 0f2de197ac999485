import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { checkedOut, checkoutOf } from '#action-kit/checkout';
import { FindingError } from '#core/finding';

const folder = mkdtempSync(join(tmpdir(), 'release-checkout-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const [origin, workspace] = [join(folder, 'origin'), join(folder, 'workspace')] as const;
const git = (cwd: string, ...args: readonly string[]) =>
  execFileSync('git', ['-c', 'user.name=d', '-c', 'user.email=d@example.com', ...args], {
    cwd,
    encoding: 'utf8',
  }).trim();

mkdirSync(origin);
git(origin, 'init', '--quiet', '--initial-branch=main');
git(origin, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
const commits = ['small', 'large'].map(size => {
  writeFileSync(join(origin, 'size'), size);
  git(origin, 'add', '--all');
  git(origin, 'commit', '--quiet', '--message', size);
  return git(origin, 'rev-parse', 'HEAD');
});
const [first = '', second = ''] = commits;
// As actions/checkout does it: the newest commit, and nothing else.
git(folder, 'clone', '--quiet', '--depth=1', `file://${origin}`, workspace);

const checkout = { workspace, serverUrl: 'https://github.com', token: 'none' };

describe('the workspace', () => {
  test('is a commit, until somebody changes its files', async () => {
    const tree = git(workspace, 'rev-parse', 'HEAD^{tree}');
    expect(await checkedOut(checkout)).toEqual({ sha: second, tree, clean: true });
    writeFileSync(join(workspace, 'new'), 'untracked');
    expect(await checkedOut(checkout)).toMatchObject({ clean: true });
    writeFileSync(join(workspace, 'size'), 'other');
    expect(await checkedOut(checkout)).toMatchObject({ sha: second, clean: false });
  });

  test('without a repository is none', async () => {
    const empty = mkdtempSync(join(folder, 'empty-'));
    expect(await checkedOut({ workspace: empty })).toBeUndefined();
  });
});

describe('another commit', () => {
  test('is fetched where a shallow checkout lacks it, and leaves the workspace as it is', async () => {
    const earlier = await checkoutOf(checkout, first);
    expect(readFileSync(join(earlier, 'size'), 'utf8')).toBe('small');
    expect(readFileSync(join(workspace, 'size'), 'utf8')).toBe('other');
  });

  test('can be had twice', async () => {
    const [one, other] = await Promise.all([checkoutOf(checkout, first), checkoutOf(checkout, first)]);
    expect(one).not.toBe(other);
  });

  test.each([
    ['--upload-pack=evil', 'it is not the full name of a commit'],
    ['main', 'it is not the full name of a commit'],
    ['0'.repeat(40), 'cannot be checked out'],
  ])('%s is refused', async (sha, why) => {
    const refused = await checkoutOf(checkout, sha).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(FindingError);
    expect(String(refused)).toContain(why);
  });
});
