import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ZipFile } from 'yazl';
import { fetchArtifact } from '#github/artifact-files';
import { artifactById, artifactOfRun } from '#github/artifacts';
import { createGitHub, type GitHub } from '#github/client';
import { openLab, type TestLab } from '../lab/github/world.ts';

let lab: TestLab;
let github: GitHub;
let run: number;
const folder = mkdtempSync(join(tmpdir(), 'artifacts-'));

beforeAll(async () => {
  lab = await openLab();
  const sha = lab.first;
  run = lab.repository.createRun({
    ...{ path: '.github/workflows/build.yml', workflowName: 'Build', title: 'Build', event: 'push' },
    ...{ ref: 'refs/heads/main', sha, actor: 'alice' },
  }).id;
  const token = lab.world.issueToken({
    repository: lab.repository.fullName,
    runId: run,
    permissions: { actions: 'read' },
  });
  github = createGitHub({
    ...{ token, apiUrl: lab.apiUrl, repository: lab.repository.fullName },
    clock: { now: () => lab.clock.now(), sleep: async () => lab.clock.advance(1_000) },
    random: () => 0.5,
  });
});

afterAll(async () => {
  await lab.close();
  rmSync(folder, { recursive: true });
  expect(lab.world.violations).toEqual([]);
});

async function upload(name: string, files: Readonly<Record<string, string>>) {
  const zip = new ZipFile();
  for (const [path, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), path);
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk));
  return lab.repository.addArtifact({ runId: run, name, archive: Buffer.concat(chunks), retention: 5 });
}

test('the files of an artifact arrive as they were uploaded, and the token stays with GitHub', async () => {
  const { id, digest } = await upload('web', { 'index.html': '<p>one</p>', 'assets/app.js': 'go()' });
  expect(await artifactOfRun(github, run, 'web')).toEqual({ id, name: 'web', digest, expired: false, run });
  await fetchArtifact(github, { id, name: 'web', digest }, join(folder, 'web'));
  expect(readFileSync(join(folder, 'web/index.html'), 'utf8')).toBe('<p>one</p>');
  expect(readFileSync(join(folder, 'web/assets/app.js'), 'utf8')).toBe('go()');
});

test('another archive than the recorded one is refused, and nothing of it is unpacked', async () => {
  const { id } = await upload('other', { 'index.html': 'somebody else’s' });
  const recorded = `sha256:${'0'.repeat(64)}`;
  await expect(
    fetchArtifact(github, { id, name: 'other', digest: recorded }, join(folder, 'other')),
  ).rejects.toMatchObject({
    findings: [{ reason: 'artifacts-differ' }],
  });
  expect(() => readFileSync(join(folder, 'other/index.html'))).toThrow('ENOENT');
});

test('one that has expired is gone, in plain words', async () => {
  const { id, digest } = await upload('old', { 'index.html': 'old' });
  lab.clock.advance(5 * 24 * 3_600_000);
  const token = lab.world.issueToken({
    repository: lab.repository.fullName,
    runId: run,
    permissions: { actions: 'read' },
  });
  const later = createGitHub({
    ...{ token, apiUrl: lab.apiUrl, repository: lab.repository.fullName, random: () => 0.5 },
    clock: { now: () => lab.clock.now(), sleep: async () => lab.clock.advance(1_000) },
  });
  expect(await artifactById(later, id)).toMatchObject({ expired: true });
  await expect(fetchArtifact(later, { id, name: 'old', digest }, folder)).rejects.toMatchObject({
    findings: [{ reason: 'artifact-gone' }],
  });
});
