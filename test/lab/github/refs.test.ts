import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { at, openLab, type TestLab } from './world.ts';

let lab: TestLab;
beforeAll(async () => {
  lab = await openLab();
});
afterAll(async () => {
  await lab.close();
  expect(lab.world.violations).toEqual([]);
});

describe('a ref', () => {
  test('is created once: a second creation answers 422, and reading it back tells whose it was', async () => {
    const { rest } = lab.job({ contents: 'write' });
    const made = await rest.git.createRef({ ...at, ref: 'refs/tags/v1.0.0', sha: lab.first });
    expect(made.status).toBe(201);
    await expect(rest.git.createRef({ ...at, ref: 'refs/tags/v1.0.0', sha: lab.first })).rejects.toMatchObject({
      status: 422,
      message: expect.stringContaining('Reference already exists'),
    });
    const { data } = await rest.git.getRef({ ...at, ref: 'tags/v1.0.0' });
    expect(data.object.sha).toBe(lab.first);
  });

  test('moves forward, and back only by force', async () => {
    const { rest } = lab.job({ contents: 'write' });
    await rest.git.createRef({ ...at, ref: 'refs/heads/topic', sha: lab.first });
    const { data: tree } = await rest.git.createTree({
      ...at,
      tree: [{ path: 'a.txt', mode: '100644', content: 'a' }],
    });
    const { data: commit } = await rest.git.createCommit({ ...at, message: 'a', tree: tree.sha, parents: [lab.first] });
    await rest.git.updateRef({ ...at, ref: 'heads/topic', sha: commit.sha });
    await expect(rest.git.updateRef({ ...at, ref: 'heads/topic', sha: lab.first })).rejects.toMatchObject({
      message: expect.stringContaining('Update is not a fast forward'),
    });
    await rest.git.updateRef({ ...at, ref: 'heads/topic', sha: lab.first, force: true });
    expect(lab.repository.resolve('topic')).toBe(lab.first);
  });

  test('of an orphan root has no history with main', async () => {
    const { rest } = lab.job({ contents: 'write' });
    const { data: tree } = await rest.git.createTree({
      ...at,
      tree: [{ path: 'state.json', mode: '100644', content: '{}' }],
    });
    const { data: root } = await rest.git.createCommit({ ...at, message: 'Journal', tree: tree.sha, parents: [] });
    await rest.git.createRef({ ...at, ref: 'refs/heads/release-journal/prod', sha: root.sha });
    await expect(
      rest.repos.compareCommitsWithBasehead({ ...at, basehead: `main...${root.sha}` }),
    ).rejects.toMatchObject({ status: 404 });
    expect(lab.repository.listFiles('release-journal/prod')).toEqual(['state.json']);
  });

  test('that does not exist is a 404, and its deletion a 422', async () => {
    const { rest } = lab.job({ contents: 'write' });
    await expect(rest.git.getRef({ ...at, ref: 'heads/nowhere' })).rejects.toMatchObject({ status: 404 });
    await expect(rest.git.deleteRef({ ...at, ref: 'heads/nowhere' })).rejects.toMatchObject({ status: 422 });
  });

  test('is protected by a ruleset against deletion and force', async () => {
    const rules = ['deletion', 'non_fast_forward'] as const;
    lab.repository.setRuleset({
      name: 'journal',
      target: 'branch',
      include: ['refs/heads/release-journal/**/*'],
      rules,
    });
    const { rest } = lab.job({ contents: 'write' });
    await expect(rest.git.deleteRef({ ...at, ref: 'heads/release-journal/prod' })).rejects.toMatchObject({
      status: 422,
      message: expect.stringContaining('Repository rule violations'),
    });
    const { data } = await rest.repos.getBranchRules({ ...at, branch: 'release-journal/prod' });
    expect(data.map(rule => rule.type)).toEqual(rules);
  });
});

describe('a job’s token', () => {
  test('cannot bring in a workflow file that is on no branch', async () => {
    const { rest } = lab.job({ contents: 'write' });
    const entry = { path: '.github/workflows/evil.yml', mode: '100644', content: 'on: push' } as const;
    const { data: tree } = await rest.git.createTree({ ...at, tree: [entry] });
    const { data: commit } = await rest.git.createCommit({ ...at, message: 'x', tree: tree.sha, parents: [lab.first] });
    await expect(rest.git.createRef({ ...at, ref: 'refs/heads/evil', sha: commit.sha })).rejects.toMatchObject({
      status: 403,
      message: expect.stringContaining('Resource not accessible by integration'),
    });
  });

  test.each([
    ['nothing', {}, 403],
    ['contents: read', { contents: 'read' }, 403],
    ['deployments: write', { deployments: 'write' }, 403],
    ['contents: write', { contents: 'write' }, 201],
  ] as const)('creating a ref with %s', async (_, permissions, status) => {
    const { rest } = lab.job(permissions);
    const answer = await rest.git
      .createRef({ ...at, ref: 'refs/tags/permission', sha: lab.first })
      .catch(error => error);
    expect(answer.status).toBe(status);
  });

  test('is no token any more when it has expired', async () => {
    const token = lab.world.issueToken({
      repository: 'unifocus/api',
      runId: 1,
      permissions: {},
      expires: lab.clock.now() + 60_000,
    });
    expect((await lab.client(token).rest.repos.get(at)).status).toBe(200);
    lab.clock.advance(60_000);
    await expect(lab.client(token).rest.repos.get(at)).rejects.toMatchObject({
      status: 401,
      message: expect.stringContaining('Bad credentials'),
    });
  });
});

test('git itself finds nothing wrong with what was written', () => {
  const environment = { PATH: process.env.PATH };
  const answer = execFileSync('git', ['fsck', '--strict', '--full'], {
    cwd: lab.repository.gitDirectory,
    env: environment,
    encoding: 'utf8',
    stdio: 'pipe',
  });
  expect(answer).not.toMatch(/error|warning|broken|missing/);
  expect(lab.clock.holds).toBe(0);
});
