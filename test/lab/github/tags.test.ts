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

const reader = () => lab.job({ contents: 'read', checks: 'read', statuses: 'read' }).rest;

async function tagOf(name: string) {
  const { data: ref } = await reader().git.getRef({ ...at, ref: `tags/${name}` });
  if (ref.object.type !== 'tag') return undefined;
  return (await reader().git.getTag({ ...at, tag_sha: ref.object.sha })).data;
}

describe('a tag', () => {
  test.each<['gpg' | 'ssh' | 's/mime', string, string | undefined, boolean]>([
    ['gpg', 'PGP SIGNATURE', undefined, true],
    ['ssh', 'SSH SIGNATURE', undefined, true],
    ['ssh', 'SSH SIGNATURE', 'unknown_key', false],
    ['gpg', 'PGP SIGNATURE', 'expired_key', false],
    ['s/mime', 'SIGNED MESSAGE', 'bad_cert', false],
  ])('signed with %s has its %s, and what GitHub found: %s', async (kind, armour, reason, verified) => {
    const name = `v1.0.0-${kind.replace('/', '')}-${reason ?? 'valid'}`;
    lab.repository.tag(name, {
      at: 'main',
      tagger: 'alice',
      signed: { with: kind, ...(reason === undefined ? {} : { reason }) },
    });
    const { verification } = (await tagOf(name)) ?? {};
    expect(verification).toMatchObject({ verified, reason: reason ?? 'valid' });
    expect(verification?.signature).toContain(`-----BEGIN ${armour}-----`);
    expect(verification?.payload).toContain(`tag ${name}\ntagger alice`);
    expect(verification?.payload).not.toContain(armour);
    expect(verification?.verified_at).toEqual(verified ? expect.any(String) : null);
  });

  test('that is annotated is an object of its own; a lightweight one is the commit', async () => {
    lab.repository.tag('v2.0.0', { at: 'main', tagger: 'alice', annotated: true });
    lab.repository.tag('v2.0.1', { at: 'main', tagger: 'alice' });
    expect((await tagOf('v2.0.0'))?.verification).toMatchObject({ verified: false, reason: 'unsigned' });
    expect(await tagOf('v2.0.1')).toBeUndefined();
  });

  test('is listed with all others of its beginning, without pages', async () => {
    for (let patch = 0; patch < 120; patch += 1)
      lab.repository.tag(`v3.1.${patch}`, { at: 'main', tagger: 'alice', annotated: patch === 7 });
    lab.repository.tag('v3.10.0', { at: 'main', tagger: 'alice' });
    const { data } = await reader().git.listMatchingRefs({ ...at, ref: 'tags/v3.1.' });
    expect(data).toHaveLength(120);
    expect(data.filter(({ object }) => object.type === 'tag').map(({ ref }) => ref)).toEqual(['refs/tags/v3.1.7']);
    const paged = lab.job({ contents: 'read' }).request('GET /repos/{owner}/{repo}/git/matching-refs/{ref}', {
      ...{ ...at, ref: 'tags/v3.1.' },
      per_page: 100,
    });
    await expect(paged).rejects.toMatchObject({ status: 501 });
    expect(lab.world.unmodelled).toHaveLength(1);
  });

  test('is as git would have written it', () => {
    const options = { cwd: lab.repository.gitDirectory, encoding: 'utf8', stdio: 'pipe' } as const;
    expect(execFileSync('git', ['fsck', '--strict', '--full'], options)).not.toMatch(/error|warning|broken|missing/);
  });
});

describe('what other tools report of a commit', () => {
  test('is a check run, found by its name, and a status', async () => {
    const sha = lab.repository.resolve('main') ?? '';
    lab.repository.addCheck({ at: 'main', name: 'build', conclusion: 'failure' });
    lab.repository.addCheck({ at: sha, name: 'build', status: 'in_progress' });
    lab.repository.addCheck({ at: 'main', name: 'lint', conclusion: 'success' });
    lab.repository.addStatus('bob', { at: 'main', context: 'ci', state: 'pending' });
    lab.repository.addStatus('bob', { at: 'main', context: 'ci', state: 'success' });
    const { data } = await reader().checks.listForRef({ ...at, ref: 'main', check_name: 'build' });
    expect(data.check_runs.map(({ status, conclusion }) => [status, conclusion])).toEqual([
      ['completed', 'failure'],
      ['in_progress', null],
    ]);
    const { data: combined } = await reader().repos.getCombinedStatusForRef({ ...at, ref: sha });
    expect(combined).toMatchObject({ total_count: 1, statuses: [{ context: 'ci', state: 'success' }] });
    expect(() => lab.repository.addCheck({ at: 'nowhere', name: 'build' })).toThrow('No commit found for SHA');
  });
});
