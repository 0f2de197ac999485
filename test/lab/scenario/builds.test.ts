import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createAws } from '../../../packages/lab/assembly/aws.ts';
import { buildActions } from '../../../packages/lab/assembly/build-actions.ts';
import { createOidc } from '../../../packages/lab/assembly/oidc.ts';
import type { KnownActionCall } from '../../../packages/lab/runner/known-actions/known-action.ts';
import { applicationsOf } from '../../../packages/lab/scenario/applications.ts';
import { prepareAws } from '../../../packages/lab/scenario/prepare-aws.ts';
import { readWorld } from '../../../packages/lab/scenario/read.ts';
import { manualClock } from '../ecs/manual-clock.ts';

/** The build job of a caller, played by the lab: as strict as the actions that it stands in for. */
const account = '111111111111';
const tag = `${account}.dkr.ecr.eu-west-1.amazonaws.com/shop:new`;
const role = `arn:aws:iam::${account}:role/build`;
const world = `
start: 2026-11-17T00:00:00Z
people: [dana]
repository: { name: acme/shop }
applications: { shop: { versions: { 1.1.0: {} } } }
aws:
  region: eu-west-1
  services:
    - { account: '${account}', cluster: c, service: s, repository: shop, container: api, application: shop, version: 1.0.0, tasks: 1 }
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'builds-'));
  writeFileSync(join(folder, 'shop.world.yml'), world);
  for (const version of ['1.1.0', '9.9.9']) {
    mkdirSync(join(folder, version));
    writeFileSync(join(folder, version, 'package.json'), JSON.stringify({ name: 'shop', version }));
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

function open() {
  const read = readWorld(join(folder, 'shop.world.yml'));
  if (!read.ok) throw new Error('the world is not valid');
  const clock = manualClock(Date.parse(read.world.start));
  const ids = { repository: () => ({ id: 1, ownerId: 2, workflowOf: () => 'build' }), person: () => 3 };
  const oidc = createOidc({ clock, ids });
  const defects: string[] = [];
  const onDefect = (defect: Error | string) => void defects.push(String(defect));
  const aws = createAws({ clock, oidc, keepWaiting: () => () => undefined, onDefect });
  const applications = applicationsOf(read.world);
  prepareAws(aws, read.world, applications);
  const actions = buildActions({ aws, applications, oidc, now: () => clock.now(), onDefect });

  /** One job on `ref`; `idToken` is whether it has the permission. */
  function job({ attempt = 1, ref = 'refs/heads/main', idToken = true } = {}) {
    const origin = { repository: 'acme/shop', runId: 1, runNumber: 1, attempt, jobId: attempt, jobName: 'build' };
    const workflow = { workflowRef: 'w', workflowSha: 's', jobWorkflowRef: 'w', jobWorkflowSha: 's' };
    if (idToken) oidc.access({ ...origin, ...workflow, ref, sha: 's', actor: 'dana', event: 'push' }, 'http://lab');
    return async (name: string, inputs: Readonly<Record<string, string>>) => {
      const outputs: Record<string, string> = {};
      const call: Partial<KnownActionCall> = {
        inputs: { ...actions[name]?.inputs, ...inputs },
        origin,
        sha: 'abc',
        workspace: folder,
        log: () => undefined,
        setEnv: () => undefined,
        setOutput: (key, value) => {
          outputs[key] = value;
        },
      };
      await actions[name]?.run(call as KnownActionCall);
      return outputs;
    };
  }
  return { job, aws, defects };
}

async function build(run: ReturnType<ReturnType<typeof open>['job']>, context = '1.1.0') {
  await run('aws-actions/configure-aws-credentials', { 'role-to-assume': role, 'aws-region': 'eu-west-1' });
  await run('aws-actions/amazon-ecr-login', {});
  return run('docker/build-push-action', { context, push: 'true', tags: tag });
}

test('no two builds of a commit are the same', async () => {
  const { job } = open();
  const first = await build(job({ attempt: 1 }));
  const second = await build(job({ attempt: 2 }));
  expect(first.digest).toMatch(/^sha256:/);
  expect(second.digest).not.toBe(first.digest);
});

test('credentials come from the token of the job, and the role trusts branches only', async () => {
  const { job } = open();
  await expect(build(job({ idToken: false }))).rejects.toThrow('id-token: write');
  await expect(build(job({ attempt: 2, ref: 'refs/tags/v1' }))).rejects.toThrow('Not authorized to perform');
});

test('a registry that nobody has logged in to takes nothing', async () => {
  const run = open().job();
  await expect(run('docker/build-push-action', { context: '1.1.0', push: 'true', tags: tag })).rejects.toThrow(
    'denied',
  );
  await expect(run('aws-actions/amazon-ecr-login', {})).rejects.toThrow('Could not load credentials');
});

test('push: false pushes nothing; an input that the lab does not play is refused', async () => {
  const { job, aws } = open();
  const run = job();
  expect(await run('docker/build-push-action', { context: '1.1.0', push: 'false', tags: tag })).toEqual({});
  expect(aws.ecr.resolve(account, 'eu-west-1', tag)).toBe('not-found');
  await expect(run('docker/build-push-action', { 'build-args': 'A=1' })).rejects.toThrow('build-args');
});

test('a version that the scenario does not speak of is a trouble', async () => {
  const { job, defects } = open();
  await build(job(), '1.1.0');
  expect(defects).toEqual([]);
  await build(job({ attempt: 2 }), '9.9.9');
  expect(defects).toEqual([`the scenario does not say what shop 9.9.9 does in ${account}`]);
});
