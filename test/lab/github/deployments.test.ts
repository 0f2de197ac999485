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

const plain = { auto_merge: false, required_contexts: [] as string[] };
const octokit = () => lab.job({ deployments: 'write', contents: 'read' });

async function deploy(environment: string, more: object = {}) {
  const { data } = await octokit().rest.repos.createDeployment({ ...at, ref: 'main', environment, ...plain, ...more });
  if (!('id' in data)) throw new Error('no deployment was made');
  return data;
}

const states = async (id: number) => {
  const { data } = await octokit().rest.repos.listDeploymentStatuses({ ...at, deployment_id: id });
  return data.map(status => status.state);
};

describe('createDeployment', () => {
  test('by default waits for every context, and the job that asks is one of them', async () => {
    const run = lab.repository.createRun({
      path: '.github/workflows/release.yml',
      workflowName: 'Release',
      title: 'x',
      event: 'push',
      ref: 'refs/heads/main',
      sha: lab.first,
      actor: 'alice',
    });
    const job = lab.repository.createJob(run.id, { name: 'release' });
    await expect(
      octokit().rest.repos.createDeployment({ ...at, ref: 'main', environment: 'dev' }),
    ).rejects.toMatchObject({
      status: 409,
      message: expect.stringContaining('Conflict: Commit status checks failed for main.'),
    });
    lab.repository.updateJob(job.id, { status: 'completed', conclusion: 'success' });
    expect((await octokit().rest.repos.createDeployment({ ...at, ref: 'main', environment: 'dev' })).status).toBe(201);
  });

  test('by default merges a topic branch that is behind instead of deploying it', async () => {
    lab.repository.push([{ ref: 'refs/heads/topic', sha: lab.first }], 'alice');
    lab.repository.commit({ branch: 'main', message: 'On', author: 'alice', files: { on: '1' } });
    const answer = await octokit().rest.repos.createDeployment({ ...at, ref: 'topic', required_contexts: [] });
    expect(answer).toMatchObject({ status: 202, data: { message: 'Auto-merged main into topic on deployment.' } });
    expect(lab.repository.listFiles('topic')).toContain('on');
  });

  test('by default cannot deploy a tag that main has left behind', async () => {
    lab.repository.tag('v1.0.0', { at: lab.first, tagger: 'alice' });
    await expect(
      octokit().rest.repos.createDeployment({ ...at, ref: 'v1.0.0', required_contexts: [] }),
    ).rejects.toMatchObject({
      status: 409,
      message: expect.stringContaining('Conflict merging main into v1.0.0.'),
    });
    expect(await deploy('prod', { ref: 'v1.0.0' })).toMatchObject({ sha: lab.first, ref: 'v1.0.0' });
  });

  test('takes only an environment called exactly production for one, unless told', async () => {
    expect((await deploy('production')).production_environment).toBe(true);
    expect((await deploy('prod')).production_environment).toBe(false);
    expect((await deploy('prod', { production_environment: true })).production_environment).toBe(true);
  });
});

describe('a success', () => {
  const succeed = (id: number, more: object = {}) =>
    octokit().rest.repos.createDeploymentStatus({ ...at, deployment_id: id, state: 'success', ...more });

  test.each([
    ['makes the earlier success inactive', {}, {}, ['inactive', 'success']],
    ['spares one of production', { production_environment: true }, {}, ['success']],
    ['spares a transient one', { transient_environment: true }, {}, ['success']],
    ['spares all when told to', {}, { auto_inactive: false }, ['success']],
  ])('%s', async (name, earlier, later, expected) => {
    const environment = `case ${name}`;
    const [first, second] = [await deploy(environment, earlier), await deploy(environment)];
    await succeed(first.id);
    await succeed(second.id, later);
    expect(await states(first.id)).toEqual(expected);
    expect(await states(second.id)).toEqual(['success']);
  });
});

describe('a status', () => {
  test('holds 140 characters', async () => {
    const { id } = await deploy('dev');
    const write = (length: number) =>
      octokit().rest.repos.createDeploymentStatus({
        ...at,
        deployment_id: id,
        state: 'in_progress',
        description: 'x'.repeat(length),
      });
    expect((await write(140)).status).toBe(201);
    await expect(write(141)).rejects.toMatchObject({ status: 422, message: expect.stringContaining('140 characters') });
  });

  test('has a state that GitHub knows', async () => {
    const { id } = await deploy('dev');
    const call = octokit().request('POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses', {
      ...at,
      deployment_id: id,
      state: 'done' as 'success',
    });
    await expect(call).rejects.toMatchObject({ status: 422 });
  });

  test('cannot be written for ever', async () => {
    const { id } = await deploy('dev');
    const statuses = Array.from({ length: 101 }, () => 0);
    const token = lab.world.issueUserToken('alice');
    const write = () =>
      lab.client(token).rest.repos.createDeploymentStatus({ ...at, deployment_id: id, state: 'in_progress' });
    let refused = 0;
    for (const _ of statuses) {
      lab.clock.advance(10_000);
      await write().catch(error => {
        refused += error.status === 422 ? 1 : 0;
      });
    }
    expect(refused).toBe(1);
  });
});

test('GraphQL gives deployments and their statuses in one query', async () => {
  const text = `query { repository(owner: "unifocus", name: "api") {
    deployments(first: 1, environments: ["case makes the earlier success inactive"]) {
      totalCount nodes { databaseId state latestStatus { state } statuses(first: 10) { nodes { state } } creator { login } }
    } } }`;
  const answer = await lab.job({ deployments: 'read' }).graphql(text);
  expect(answer).toMatchObject({
    repository: {
      deployments: {
        totalCount: 2,
        nodes: [
          {
            state: 'INACTIVE',
            statuses: { nodes: [{ state: 'INACTIVE' }, { state: 'SUCCESS' }] },
            creator: { login: 'github-actions' },
          },
        ],
      },
    },
  });
  await expect(lab.job({ contents: 'read' }).graphql(text)).rejects.toMatchObject({ errors: [{ type: 'FORBIDDEN' }] });
});
