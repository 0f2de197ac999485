import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { at, openLab, type TestLab } from './world.ts';

let lab: TestLab;
beforeAll(async () => {
  lab = await openLab();
  for (const count of [1, 2, 3]) {
    lab.clock.advance(60_000);
    lab.repository.commit({
      branch: 'main',
      message: `Change ${count}`,
      author: 'alice',
      files: { [`src/${count}.ts`]: `export const n = ${count};\n` },
    });
  }
  for (const tag of ['v1.9.0', 'v1.10.0', 'v1.2.0'])
    lab.repository.tag(tag, { at: 'main', tagger: 'alice', annotated: true });
});
afterAll(async () => {
  await lab.close();
  expect(lab.world.violations).toEqual([]);
  expect(lab.world.unmodelled).toEqual([]);
});

const reader = () =>
  lab.job({
    contents: 'read',
    'pull-requests': 'read',
    issues: 'read',
    checks: 'read',
    statuses: 'read',
    actions: 'read',
    deployments: 'read',
  }).rest;

describe('contents', () => {
  test('come as base64, raw, as an object, and as a list of a folder', async () => {
    const json = await reader().repos.getContent({ ...at, path: 'README.md', ref: 'main' });
    expect(json.data).toMatchObject({ type: 'file', encoding: 'base64', content: 'SGVsbG8K\n', path: 'README.md' });
    const raw = await reader().repos.getContent({ ...at, path: 'README.md', mediaType: { format: 'raw' } });
    expect(raw.data).toBe('Hello\n');
    const object = await reader().repos.getContent({ ...at, path: 'src', mediaType: { format: 'object' } });
    expect(object.data).toMatchObject({ type: 'dir', entries: [{ name: '1.ts' }, { name: '2.ts' }, { name: '3.ts' }] });
    const folder = await reader().repos.getContent({ ...at, path: 'src' });
    expect(folder.data).toMatchObject([{ type: 'file', name: '1.ts' }, {}, {}]);
  });

  test('of an older commit are those of then', async () => {
    await expect(reader().repos.getContent({ ...at, path: 'src/1.ts', ref: lab.first })).rejects.toMatchObject({
      status: 404,
    });
  });
});

describe('history', () => {
  test('is listed newest first, page by page with links', async () => {
    const octokit = lab.job({ contents: 'read' });
    const all = await octokit.paginate(octokit.rest.repos.listCommits, { ...at, sha: 'main', per_page: 2 });
    expect(all.map(commit => commit.commit.message)).toEqual(['Change 3', 'Change 2', 'Change 1', 'Start']);
    expect(all[0]).toMatchObject({ author: { login: 'alice' }, commit: { verification: { verified: false } } });
  });

  test('is compared: ahead, behind, identical', async () => {
    const compare = async (basehead: string) =>
      (await reader().repos.compareCommitsWithBasehead({ ...at, basehead })).data;
    expect(await compare(`${lab.first}...main`)).toMatchObject({
      status: 'ahead',
      ahead_by: 3,
      behind_by: 0,
      merge_base_commit: { sha: lab.first },
    });
    expect((await compare(`${lab.first}...main`)).files).toMatchObject([
      { filename: 'src/1.ts', status: 'added', additions: 1, deletions: 0 },
      {},
      {},
    ]);
    expect(await compare(`main...${lab.first}`)).toMatchObject({ status: 'behind', behind_by: 3, total_commits: 0 });
    expect(await compare('v1.9.0...main')).toMatchObject({ status: 'identical' });
  });

  test('of one commit has its files and their counts', async () => {
    const { data } = await reader().repos.getCommit({ ...at, ref: 'main' });
    expect(data).toMatchObject({
      stats: { additions: 1, deletions: 0, total: 1 },
      files: [{ filename: 'src/3.ts', status: 'added' }],
    });
  });

  test('tags are sorted as versions, and name the commit, not the tag object', async () => {
    const { data } = await reader().repos.listTags(at);
    expect(data.map(tag => tag.name)).toEqual(['v1.10.0', 'v1.9.0', 'v1.2.0']);
    expect(data[0]?.commit.sha).toBe(lab.repository.resolve('main'));
    const { data: ref } = await reader().git.getRef({ ...at, ref: 'tags/v1.9.0' });
    expect(ref.object.type).toBe('tag');
    const { data: tag } = await reader().git.getTag({ ...at, tag_sha: ref.object.sha });
    expect(tag).toMatchObject({
      tag: 'v1.9.0',
      object: { sha: lab.repository.resolve('main'), type: 'commit' },
      tagger: { name: 'alice' },
    });
  });

  test('branches and who moved them', async () => {
    expect((await reader().repos.getBranch({ ...at, branch: 'main' })).data.commit.sha).toBe(
      lab.repository.resolve('main'),
    );
    const { data } = await reader().repos.listActivities({ ...at, ref: 'refs/heads/main', per_page: 1 });
    expect(data).toMatchObject([
      { activity_type: 'push', actor: { login: 'alice' }, after: lab.repository.resolve('main') },
    ]);
  });
});

describe('what a job must report as unknown', () => {
  test.each([
    ['branch protection', () => reader().repos.getBranchProtection({ ...at, branch: 'main' })],
    [
      'team membership',
      () => reader().teams.getMembershipForUserInOrg({ org: 'unifocus', team_slug: 'ops', username: 'carol' }),
    ],
    ['who it is', () => reader().users.getAuthenticated()],
  ])('%s', async (_, call) => {
    await expect(call()).rejects.toMatchObject({
      status: 403,
      message: expect.stringContaining('Resource not accessible by integration'),
    });
  });

  test.each([
    ['alice', 'write', 'write'],
    ['carol', 'admin', 'admin'],
  ])('but not what %s may', async (username, permission, role) => {
    const { data } = await reader().repos.getCollaboratorPermissionLevel({ ...at, username });
    expect(data).toMatchObject({ permission, role_name: role });
  });
});

describe('releases', () => {
  test('are drafted, published once, and found by tag and as the latest', async () => {
    const { repos } = lab.job({ contents: 'write' }).rest;
    const { data: draft } = await repos.createRelease({ ...at, tag_name: 'v1.10.0', name: 'v1.10.0', draft: true });
    await expect(repos.getReleaseByTag({ ...at, tag: 'v1.10.0' })).rejects.toMatchObject({ status: 404 });
    await expect(repos.getLatestRelease(at)).rejects.toMatchObject({ status: 404 });
    await repos.updateRelease({ ...at, release_id: draft.id, draft: false });
    expect((await repos.getReleaseByTag({ ...at, tag: 'v1.10.0' })).data.id).toBe(draft.id);
    expect((await repos.getLatestRelease(at)).data.id).toBe(draft.id);
    await expect(repos.createRelease({ ...at, tag_name: 'v1.10.0' })).rejects.toMatchObject({ status: 422 });
    const { data: notes } = await repos.generateReleaseNotes({
      ...at,
      tag_name: 'v1.10.0',
      previous_tag_name: 'v1.9.0',
    });
    expect(notes.body).toContain('/compare/v1.9.0...v1.10.0');
  });

  test('that are immutable pin their tag', () => {
    const pinned = lab.world.createRepository({
      fullName: 'unifocus/pinned',
      immutableReleases: true,
      collaborators: { alice: 'write' },
    });
    pinned.commit({ branch: 'main', message: 'One', author: 'alice', files: { a: '1' } });
    pinned.publishRelease('alice', { tag: 'v1.0.0' });
    pinned.tag('v1', { at: 'main', tagger: 'alice' });
    pinned.commit({ branch: 'main', message: 'Two', author: 'alice', files: { a: '2' } });
    pinned.tag('v1', { at: 'main', tagger: 'alice', force: true });
    expect(() => pinned.tag('v1.0.0', { at: 'main', tagger: 'alice', force: true })).toThrow(/immutable release/);
    expect(() => pinned.deleteRef('refs/tags/v1.0.0', 'alice')).toThrow(/immutable release/);
  });
});

describe('people’s pages', () => {
  test('an issue with labels and comments, closed in the end', async () => {
    const { issues } = lab.job({ issues: 'write' }).rest;
    const { data: issue } = await issues.create({
      ...at,
      title: 'Rolled back',
      body: '- [ ] look',
      labels: ['incident'],
    });
    await issues.createComment({ ...at, issue_number: issue.number, body: 'seen' });
    await issues.addLabels({ ...at, issue_number: issue.number, labels: ['prod'] });
    const { data: open } = await issues.listForRepo({ ...at, labels: 'incident,prod' });
    expect(open).toMatchObject([
      { number: issue.number, comments: 1, user: { login: 'github-actions[bot]', type: 'Bot' } },
    ]);
    await issues.update({ ...at, issue_number: issue.number, state: 'closed', body: '- [x] look' });
    expect((await issues.listForRepo({ ...at, labels: 'incident' })).data).toEqual([]);
    expect((await issues.listComments({ ...at, issue_number: issue.number })).data[0]?.body).toBe('seen');
  });

  test('a pull request and the commits that it brings', async () => {
    const sha = lab.repository.commit({
      branch: 'topic',
      from: 'main',
      message: 'Topic',
      author: 'bob',
      files: { t: '1' },
    });
    await expect(
      lab.person('bob').rest.pulls.create({ ...at, title: 'Topic', head: 'nowhere', base: 'main' }),
    ).rejects.toMatchObject({ status: 422 });
    const number = lab.repository.openPullRequest('bob', { title: 'Topic', head: 'topic' });
    expect((await reader().pulls.get({ ...at, pull_number: number })).data).toMatchObject({
      state: 'open',
      merged: false,
      head: { sha },
      user: { login: 'bob' },
    });
    expect((await reader().repos.listPullRequestsAssociatedWithCommit({ ...at, commit_sha: sha })).data).toMatchObject([
      { number },
    ]);
    expect((await reader().pulls.listReviews({ ...at, pull_number: number })).data).toEqual([]);
    expect((await reader().pulls.list({ ...at, state: 'open', base: 'main' })).data).toHaveLength(1);
  });

  test('a pull request that was reviewed and merged is found by its commits, and in the notes', async () => {
    const sha = lab.repository.commit({
      branch: 'feature',
      from: 'main',
      message: 'Feature',
      author: 'bob',
      files: { f: '1' },
    });
    const number = lab.repository.openPullRequest('bob', { title: 'A feature', head: 'feature' });
    expect(() => lab.repository.reviewPullRequest('bob', number, 'APPROVED')).toThrow(/your own pull request/);
    lab.repository.reviewPullRequest('alice', number, 'APPROVED', 'good');
    const merge = lab.repository.mergePullRequest('alice', number);
    expect(lab.repository.resolve('main')).toBe(merge);
    const { data } = await reader().repos.listPullRequestsAssociatedWithCommit({ ...at, commit_sha: sha });
    expect(data).toMatchObject([{ number, state: 'closed', merge_commit_sha: merge }]);
    const { data: reviews } = await reader().pulls.listReviews({ ...at, pull_number: number });
    expect(reviews).toMatchObject([{ state: 'APPROVED', user: { login: 'alice' }, commit_id: sha }]);
    const { repos } = lab.job({ contents: 'write' }).rest;
    const { data: notes } = await repos.generateReleaseNotes({
      ...at,
      tag_name: 'v2.0.0',
      previous_tag_name: 'v1.9.0',
    });
    expect(notes.body).toContain('* A feature by @bob');
  });

  test('statuses of a commit, the last of each context', async () => {
    const { repos } = lab.job({ statuses: 'write' }).rest;
    const sha = lab.repository.resolve('main') ?? '';
    for (const state of ['pending', 'success'] as const)
      await repos.createCommitStatus({ ...at, sha, state, context: 'ci' });
    expect((await repos.getCombinedStatusForRef({ ...at, ref: 'main' })).data).toMatchObject({
      state: 'success',
      total_count: 1,
    });
    expect((await repos.listCommitStatusesForRef({ ...at, ref: 'main' })).data).toHaveLength(2);
  });

  test('a check of one’s own', async () => {
    const { checks } = lab.job({ checks: 'write' }).rest;
    const { data: check } = await checks.create({
      ...at,
      name: 'gate',
      head_sha: lab.repository.resolve('main') ?? '',
      status: 'in_progress',
    });
    await checks.update({
      ...at,
      check_run_id: check.id,
      conclusion: 'success',
      output: { title: 'Pass', summary: 'fine' },
    });
    expect((await checks.get({ ...at, check_run_id: check.id })).data).toMatchObject({
      status: 'completed',
      conclusion: 'success',
      output: { title: 'Pass' },
    });
  });

  test('repository, environments, workflows, users', async () => {
    expect((await reader().repos.get(at)).data).toMatchObject({
      full_name: 'unifocus/api',
      private: true,
      permissions: { push: false },
    });
    expect((await reader().repos.getAllEnvironments(at)).data.total_count).toBe(2);
    expect((await reader().actions.listRepoWorkflows(at)).data.workflows).toMatchObject([
      { path: '.github/workflows/release.yml' },
    ]);
    expect((await reader().users.getByUsername({ username: 'alice' })).data.login).toBe('alice');
    expect((await lab.person('bob').rest.users.getAuthenticated()).data.login).toBe('bob');
  });
});
