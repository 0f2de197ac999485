import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { BypassSpec } from '#lab/github/specs';
import { at, openLab, type TestLab } from './world.ts';

let lab: TestLab;
let next: string;
beforeAll(async () => {
  lab = await openLab();
  lab.world.addTeam('unifocus', 'release', ['bob']);
  lab.world.addTeam('elsewhere', 'release', ['bob']);
  next = lab.repository.commit({
    branch: 'next',
    from: 'main',
    message: 'Next',
    author: 'alice',
    files: { 'a.txt': 'a' },
  });
  lab.repository.push([{ ref: 'refs/tags/v1.0.0', sha: lab.first }], 'alice');
});
afterAll(async () => {
  await lab.close();
  expect(lab.world.violations).toEqual([]);
});

const kept = (...bypass: readonly BypassSpec[]) =>
  lab.repository.setRuleset({
    name: 'release tags',
    target: 'tag',
    include: ['refs/tags/v*'],
    rules: ['update', 'deletion'],
    bypass,
  });

async function shownTo(octokit: ReturnType<TestLab['person']>, name = 'release tags') {
  const { data: listed } = await octokit.rest.repos.getRepoRulesets(at);
  const ruleset_id = listed.find(ruleset => ruleset.name === name)?.id ?? 0;
  return (await octokit.rest.repos.getRepoRuleset({ ...at, ruleset_id })).data;
}

describe('the bypass list of a ruleset', () => {
  test('is shown to administrators, by the numbers of GitHub', async () => {
    kept(
      { actor: 'role admin' },
      { actor: '@unifocus/release', mode: 'exempt' },
      { actor: 'alice' },
      { actor: 'app 777' },
      { actor: 'organization-admins' },
      { actor: 'deploy-keys' },
    );
    const { bypass_actors } = await shownTo(lab.person('carol'));
    const number = expect.any(Number);
    expect(bypass_actors).toEqual([
      { actor_id: 5, actor_type: 'RepositoryRole', bypass_mode: 'always' },
      { actor_id: number, actor_type: 'Team', bypass_mode: 'exempt' },
      { actor_id: number, actor_type: 'User', bypass_mode: 'always' },
      { actor_id: 777, actor_type: 'Integration', bypass_mode: 'always' },
      { actor_id: null, actor_type: 'OrganizationAdmin', bypass_mode: 'always' },
      { actor_id: null, actor_type: 'DeployKey', bypass_mode: 'always' },
    ]);
  });

  test('is kept from everybody else, who hear what holds for themselves', async () => {
    kept({ actor: '@unifocus/release', mode: 'exempt' });
    for (const [octokit, own] of [
      [lab.person('alice'), 'never'],
      [lab.person('bob'), 'exempt'],
      [lab.job({ contents: 'write' }), 'never'],
    ] as const) {
      const data = await shownTo(octokit);
      expect(data).not.toHaveProperty('bypass_actors');
      expect(data.current_user_can_bypass).toBe(own);
    }
  });

  test.each([
    ['GITHUB_TOKEN', { actor: 'app 15368' }, 'Validation Failed'],
    ['a team of another organisation', { actor: '@elsewhere/release' }, 'Validation Failed'],
    ['pull requests, of tags', { actor: 'alice', mode: 'pull_request' }, 'Validation Failed'],
    ['nobody', { actor: 'nobody' }, 'nobody in the lab has the login nobody'],
    ['a role that an organisation has made', { actor: 'role releaser' }, 'does not model the role releaser'],
  ] as const)('cannot have %s', (_, entry, words) => {
    expect(() => kept(entry)).toThrow(words);
  });
});

describe('a tag that a ruleset keeps', () => {
  beforeEach(() => {
    // As it was: the list of before does not matter to carol.
    kept({ actor: 'role admin' });
    lab.repository.push([{ ref: 'refs/tags/v1.0.0', sha: lab.first, force: true }], 'carol');
  });
  const moved = (by: string) => () => lab.repository.push([{ ref: 'refs/tags/v1.0.0', sha: next, force: true }], by);

  test.each([
    ['a team', '@unifocus/release', 'bob', 'alice'],
    ['a person', 'alice', 'alice', 'bob'],
    ['administrators', 'role admin', 'carol', 'bob'],
  ])('is moved and deleted by %s', (_, actor, who, other) => {
    kept({ actor });
    expect(moved(other)).toThrow('Cannot update this protected ref.');
    expect(moved(who)).not.toThrow();
    expect(() => lab.repository.deleteRef('refs/tags/v1.0.0', other)).toThrow('Cannot delete this ref');
    lab.repository.deleteRef('refs/tags/v1.0.0', who);
    expect(lab.repository.refs().has('refs/tags/v1.0.0')).toBe(false);
  });

  test('is moved by everybody with a role; whether by those with a higher one is not modelled', async () => {
    kept({ actor: 'role write' });
    expect(moved('carol')).toThrow('does not model who passes by the ruleset release tags with a higher role');
    expect(await shownTo(lab.person('carol'))).not.toHaveProperty('current_user_can_bypass');
    expect(moved('alice')).not.toThrow();
  });

  test('is moved by no job, whatever role is on the list', async () => {
    kept({ actor: 'role write' }, { actor: 'role admin' });
    const { rest } = lab.job({ contents: 'write' });
    await expect(rest.git.updateRef({ ...at, ref: 'tags/v1.0.0', sha: next, force: true })).rejects.toMatchObject({
      status: 422,
      message: expect.stringContaining('Cannot update this protected ref.'),
    });
  });

  test('is kept by another ruleset, by which nobody may pass', () => {
    lab.repository.setRuleset({ name: 'more', target: 'tag', include: ['~ALL'], rules: ['update'] });
    kept({ actor: 'alice' });
    expect(moved('alice')).toThrow('Cannot update this protected ref.');
    lab.repository.setRuleset({ name: 'more', target: 'tag', include: ['~ALL'], rules: [] });
    expect(moved('alice')).not.toThrow();
  });
});

test('a branch is not pushed back by whoever may pass in pull requests only; what they merge is not modelled', async () => {
  const name = 'journals';
  lab.repository.commit({ branch: 'journal', from: 'main', message: 'One', author: 'alice', files: { 'b.txt': 'b' } });
  lab.repository.setRuleset({
    name,
    target: 'branch',
    include: ['refs/heads/journal'],
    rules: ['non_fast_forward'],
    bypass: [{ actor: 'alice', mode: 'pull_request' }],
  });
  const back = [{ ref: 'refs/heads/journal', sha: lab.first, force: true }];
  expect(() => lab.repository.push(back, 'alice')).toThrow('Cannot force-push to this ref');
  expect((await shownTo(lab.person('alice'), name)).current_user_can_bypass).toBe('pull_requests_only');
  const number = lab.repository.openPullRequest('bob', { title: 'Next', head: 'next', base: 'journal' });
  expect(() => lab.repository.mergePullRequest('alice', number)).toThrow('does not model a merge into journal');
});
