import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { fromLab } from '#lab/report/from-lab';
import { at, openLab, type TestLab } from '../github/world.ts';
import { journal } from './fixture/journal.ts';
import { fixture } from './fixture.ts';

let lab: TestLab;
beforeAll(async () => {
  lab = await openLab();
});
afterAll(async () => {
  await lab.close();
  expect(lab.world.violations).toEqual([]);
});

const read = () =>
  fromLab(fixture, { world: lab.world, repository: lab.repository, runs: fixture.runs, apiUrl: lab.apiUrl });

test('environments have their rules and their deployments with every status, oldest first', async () => {
  const { repos } = lab.job({ deployments: 'write' }).rest;
  const { data } = await repos.createDeployment({
    ...at,
    ref: 'main',
    environment: 'stage',
    auto_merge: false,
    required_contexts: [],
    description: 'Release 1.3.0',
  });
  const deployment_id = 'id' in data ? data.id : 0;
  for (const state of ['in_progress', 'success'] as const) {
    lab.clock.advance(60_000);
    await repos.createDeploymentStatus({
      ...at,
      deployment_id,
      state,
      log_url: 'https://github.com/unifocus/api/actions/runs/1',
    });
  }
  const { environments } = await read();
  expect(
    environments.map(({ name, reviewers, preventSelfReview, waitMinutes }) => [
      name,
      reviewers,
      preventSelfReview,
      waitMinutes,
    ]),
  ).toEqual([
    ['prod', ['bob', '@unifocus/ops'], true, 0],
    ['stage', [], false, 5],
  ]);
  const [deployment] = environments.find(({ name }) => name === 'stage')?.deployments ?? [];
  expect(deployment).toMatchObject({ sha: lab.first, description: 'Release 1.3.0', creator: 'github-actions[bot]' });
  expect(deployment?.statuses.map(({ state, at }) => [state, at - (deployment?.at ?? 0)])).toEqual([
    ['in_progress', 60_000],
    ['success', 120_000],
  ]);
});

test('more deployments than one page holds are all there', async () => {
  const { repos } = lab.job({ deployments: 'write' }).rest;
  for (let count = 0; count < 101; count += 1) {
    lab.clock.advance(1_000);
    await repos.createDeployment({ ...at, ref: 'main', environment: 'prod', auto_merge: false, required_contexts: [] });
  }
  const { environments } = await read();
  expect(environments.find(({ name }) => name === 'prod')?.deployments).toHaveLength(101);
});

test('issues and pull requests with their comments', async () => {
  const { issues } = lab.person('alice').rest;
  const { data } = await issues.create({ ...at, title: 'Rolled back', body: '**why**', labels: ['release'] });
  await issues.createComment({ ...at, issue_number: data.number, body: 'Mine.' });
  expect((await read()).issues).toMatchObject([
    {
      number: data.number,
      title: 'Rolled back',
      state: 'open',
      pullRequest: false,
      author: 'alice',
      labels: ['release'],
      body: '**why**',
      comments: [{ author: 'alice', body: 'Mine.' }],
    },
  ]);
});

test('journals come from their branches; a forged event is text', async () => {
  const events = journal.events.map(({ file, text }) => [file, text]);
  const files = {
    'README.md': journal.page,
    ...Object.fromEntries(events),
    'events/999999-verified.json': '{"type":"verified"}',
  };
  lab.repository.commit({ branch: journal.branch, message: 'Journal', author: 'alice', files });
  const [found] = (await read()).journals;
  expect(found).toMatchObject({ environment: 'prod', branch: 'release-journal/prod', page: journal.page });
  expect(found?.events.slice(0, -1)).toEqual(journal.events);
  expect(found?.events.at(-1)).toEqual({ file: 'events/999999-verified.json', text: '{"type":"verified"}' });
});

test('runs of other repositories are not part of it', async () => {
  expect((await read()).runs).toEqual([]);
});

test('a GitHub that refuses is said, not shown as an empty page', async () => {
  const options = { world: lab.world, repository: lab.repository, runs: [], apiUrl: `${lab.apiUrl}/nowhere` };
  await expect(fromLab(fixture, options)).rejects.toThrow('The report cannot read deployments');
});
