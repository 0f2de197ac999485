import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { writeCommit } from '#lab/github/git/contents';
import { createRepository } from '#lab/github/git/repository';
import { changeTree } from '#lab/github/git/trees';

/** A small generator of its own, so that a failure can be looked at again. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

test.each([1, 2, 3])('history and ancestry are what git itself says (graph %i)', seed => {
  const directory = mkdtempSync(join(tmpdir(), 'lab-ancestry-'));
  const repository = createRepository(join(directory, 'a.git'), 'main');
  const { objects } = repository;
  const next = numbers(seed);
  const shas: string[] = [];
  for (let count = 0; count < 40; count++) {
    const blob = objects.write('blob', Buffer.from(String(count)));
    const tree = changeTree(objects, undefined, new Map([['file', { mode: '100644', sha: blob }]]));
    const parents = new Set(
      Array.from({ length: Math.min(count, 1 + next(2)) }, () => shas[Math.max(0, count - 1 - next(6))] ?? ''),
    );
    // Each a second later: for commits of the same second git promises no order.
    const signature = { name: 'A', email: 'a@b.c', time: Date.UTC(2026, 0, 1) + count * 1000 };
    shas.push(
      writeCommit(objects, { tree, parents: [...parents], author: signature, committer: signature, message: 'x\n' }),
    );
  }
  const git = (...parameters: string[]) => {
    const env = { PATH: process.env.PATH };
    return execFileSync('git', parameters, { cwd: repository.directory, env, encoding: 'utf8' })
      .split('\n')
      .filter(Boolean);
  };
  const tip = shas.at(-1) ?? '';
  expect(repository.history(tip)).toEqual(git('rev-list', tip));
  for (const without of [5, 20, 33].map(index => shas[index] ?? '')) {
    expect(repository.history(tip, { without })).toEqual(git('rev-list', tip, `^${without}`));
    expect(repository.isAncestor(without, tip)).toBe(git('rev-list', tip).includes(without));
    expect(repository.isAncestor(tip, without)).toBe(false);
  }
  rmSync(directory, { recursive: true });
});
