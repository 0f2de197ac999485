import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { at, openLab, type TestLab } from './world.ts';

let lab: TestLab;
beforeAll(async () => {
  lab = await openLab();
  for (const branch of ['kept/reviewed', 'kept/other', 'spared', 'open']) {
    lab.repository.push([{ ref: `refs/heads/${branch}`, sha: lab.first }], 'alice');
  }
  lab.repository.setRuleset({
    name: 'release tags',
    target: 'tag',
    include: ['refs/tags/v*'],
    exclude: ['refs/tags/v0*'],
    rules: ['update', 'deletion'],
  });
  lab.repository.setRuleset({ name: 'open', target: 'branch', include: ['~ALL'], enforcement: 'evaluate', rules: [] });
});
afterAll(async () => {
  await lab.close();
  expect(lab.world.violations).toEqual([]);
});

describe('rulesets', () => {
  test('are listed for a target, and shown with what they are about', async () => {
    const { rest } = lab.job({ contents: 'read' });
    const { data: all } = await rest.repos.getRepoRulesets(at);
    expect(all.map(({ name, enforcement }) => [name, enforcement])).toEqual([
      ['release tags', 'active'],
      ['open', 'evaluate'],
    ]);
    const { data: listed } = await rest.repos.getRepoRulesets({ ...at, targets: 'tag' });
    expect(listed).toEqual([expect.not.objectContaining({ rules: expect.anything() })]);
    const ruleset_id = listed[0]?.id ?? 0;
    const { data } = await rest.repos.getRepoRuleset({ ...at, ruleset_id });
    expect(data).toMatchObject({
      conditions: { ref_name: { include: ['refs/tags/v*'], exclude: ['refs/tags/v0*'] } },
      rules: [{ type: 'update' }, { type: 'deletion' }],
    });
    expect(data).not.toHaveProperty('bypass_actors');
    const { data: seen } = await lab.person('carol').rest.repos.getRepoRuleset({ ...at, ruleset_id });
    expect(seen).toMatchObject({ bypass_actors: [] });
    await expect(rest.repos.getRepoRuleset({ ...at, ruleset_id: 1 })).rejects.toMatchObject({ status: 404 });
  });

  test('keep a tag where it is', () => {
    lab.repository.push([{ ref: 'refs/tags/v1.0.0', sha: lab.first }], 'alice');
    const sha = lab.repository.commit({ branch: 'open', message: 'Next', author: 'alice', files: { 'a.txt': 'a' } });
    const move = (ref: string) => lab.repository.push([{ ref, sha, force: true }], 'alice');
    expect(() => move('refs/tags/v1.0.0')).toThrow('Cannot update this protected ref.');
    expect(() => lab.repository.deleteRef('refs/tags/v1.0.0', 'alice')).toThrow('Cannot delete this ref');
    expect(() => move('refs/tags/v0.1.0')).not.toThrow();
  });
});

describe('classic protection', () => {
  const protection = (who: 'carol' | 'alice', branch: string) =>
    lab.person(who).rest.repos.getBranchProtection({ ...at, branch });

  test('is read by administrators', async () => {
    const { data } = await protection('carol', 'kept/reviewed');
    expect(data).toMatchObject({
      required_pull_request_reviews: { required_approving_review_count: 2 },
      required_status_checks: { contexts: ['build'] },
      allow_deletions: { enabled: false },
      allow_force_pushes: { enabled: false },
    });
    expect(data).not.toHaveProperty('restrictions');
    expect(data.enforce_admins?.enabled).toBe(true);
    expect((await protection('carol', 'spared')).data.enforce_admins?.enabled).toBe(false);
  });

  test.each([
    ['a branch without', 'carol', 'open', 404, 'Branch not protected'],
    ['a branch that is not there', 'carol', 'kept/nowhere', 404, 'Branch not found'],
    ['somebody who may only write', 'alice', 'kept/other', 403, 'admin rights'],
  ] as const)('is refused: %s', async (_, who, branch, status, message) => {
    await expect(protection(who, branch)).rejects.toMatchObject({ status, message: expect.stringContaining(message) });
  });

  test('is hidden from every job, which hears only whether there is any', async () => {
    const { rest } = lab.job({ contents: 'read', actions: 'read' });
    await expect(rest.repos.getBranchProtection({ ...at, branch: 'kept/other' })).rejects.toMatchObject({
      status: 403,
      message: expect.stringContaining('Resource not accessible by integration'),
    });
    const told = async (branch: string) => (await rest.repos.getBranch({ ...at, branch })).data;
    expect(await told('kept/reviewed')).toMatchObject({
      protected: true,
      protection: { enabled: true, required_status_checks: { enforcement_level: 'everyone', contexts: ['build'] } },
    });
    expect(await told('open')).toMatchObject({ protected: false, protection: { enabled: false } });
  });

  test('keeps a branch from being deleted or pushed back; what it asks of a push is not modelled', () => {
    const change = { message: 'Next', author: 'alice', files: { 'a.txt': 'b' } };
    lab.repository.commit({ branch: 'kept/other', ...change });
    const back = [{ ref: 'refs/heads/kept/other', sha: lab.first, force: true }];
    expect(() => lab.repository.push(back, 'alice')).toThrow('Cannot force-push to a protected branch');
    expect(() => lab.repository.deleteRef('refs/heads/kept/other', 'alice')).toThrow(
      'Cannot delete a protected branch',
    );
    expect(() => lab.repository.deleteRef('refs/heads/spared', 'carol')).toThrow(
      'does not model what an administrator',
    );
    expect(() => lab.repository.deleteRef('refs/heads/spared', 'alice')).toThrow('Cannot delete a protected branch');
    expect(() => lab.repository.commit({ branch: 'kept/reviewed', ...change })).toThrow('does not model');
  });
});
