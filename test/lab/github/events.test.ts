import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { at, openLab, type TestLab } from './world.ts';

let lab: TestLab;
beforeEach(async () => {
  lab = await openLab();
});
afterEach(async () => {
  await lab.close();
  expect(lab.world.violations).toEqual([]);
});

const names = () => {
  lab.clock.advance(2_000);
  return lab.events.map(event => [event.name, event.action ?? event.ref].join(' '));
};

describe('a person’s push', () => {
  test('is told a moment later, with what GITHUB_EVENT_PATH holds', () => {
    const sha = lab.repository.commit({
      branch: 'main',
      message: 'Fix',
      author: 'bob',
      files: { 'src/a.ts': '1', 'README.md': null },
    });
    expect(lab.events).toEqual([]);
    expect(names()).toEqual(['push refs/heads/main']);
    expect(lab.events[0]).toMatchObject({
      ref: 'refs/heads/main',
      sha,
      actor: 'bob',
      payload: {
        ref: 'refs/heads/main',
        before: lab.first,
        after: sha,
        created: false,
        forced: false,
        pusher: { name: 'bob' },
        sender: { login: 'bob' },
        repository: { full_name: 'unifocus/api', default_branch: 'main' },
        head_commit: {
          id: sha,
          message: 'Fix',
          added: ['src/a.ts'],
          removed: ['README.md'],
          modified: [],
          author: { username: 'bob' },
        },
      },
    });
    expect(lab.repository.changedFiles(lab.first, sha)).toEqual(['README.md', 'src/a.ts']);
  });

  test('of an annotated tag has the tag in after, and the commit in head_commit', () => {
    const tag = lab.repository.tag('v1.0.0', { at: 'main', tagger: 'alice', annotated: true, message: 'One' });
    expect(names()).toEqual(['push refs/tags/v1.0.0', 'create refs/tags/v1.0.0']);
    expect(lab.events[0]).toMatchObject({
      sha: lab.first,
      payload: { after: tag, created: true, head_commit: { id: lab.first } },
    });
  });

  test.each([
    [3, 6],
    [4, 0],
  ])('of %i tags makes %i events', (tags, events) => {
    const updates = Array.from({ length: tags }, (_, index) => ({ ref: `refs/tags/v1.0.${index}`, sha: lab.first }));
    lab.repository.push(updates, 'alice');
    expect(names()).toHaveLength(events);
  });

  test.each(['[skip ci]', '[ci skip]', '[no ci]', '[skip actions]', '[actions skip]'])(
    'with %s starts nothing',
    mark => {
      lab.repository.commit({ branch: 'main', message: `Docs ${mark}`, author: 'bob', files: { a: mark } });
      expect(names()).toEqual([]);
    },
  );
});

describe('with GITHUB_TOKEN', () => {
  test('tags, releases, issues and deployments start nothing', async () => {
    const { rest } = lab.job({ contents: 'write', issues: 'write', deployments: 'write' });
    await rest.git.createRef({ ...at, ref: 'refs/tags/v1', sha: lab.first });
    await rest.repos.createRelease({ ...at, tag_name: 'v2' });
    await rest.issues.create({ ...at, title: 'x' });
    await rest.repos.createDeployment({ ...at, ref: 'main', auto_merge: false, required_contexts: [] });
    expect(names()).toEqual([]);
  });

  test('workflow_dispatch and repository_dispatch do', async () => {
    const { rest } = lab.job({ contents: 'write', actions: 'write' });
    await rest.actions.createWorkflowDispatch({
      ...at,
      workflow_id: 'release.yml',
      ref: 'main',
      inputs: { environment: 'prod' },
    });
    await rest.repos.createDispatchEvent({ ...at, event_type: 'go', client_payload: { environment: 'prod' } });
    expect(names()).toEqual(['workflow_dispatch refs/heads/main', 'repository_dispatch go']);
    expect(lab.events[0]).toMatchObject({
      actor: 'github-actions[bot]',
      workflowPath: '.github/workflows/release.yml',
    });
    expect(lab.events[1]?.payload).toMatchObject({ action: 'go', client_payload: { environment: 'prod' } });
  });

  test('a pull request starts runs that wait for somebody’s approval', async () => {
    lab.repository.commit({ branch: 'topic', from: 'main', message: 'x', author: 'alice', files: { x: '1' } });
    lab.clock.advance(2_000);
    lab.events.length = 0;
    const { rest } = lab.job({ 'pull-requests': 'write' });
    await rest.pulls.create({ ...at, title: 'Topic', head: 'topic', base: 'main' });
    expect(names()).toEqual(['pull_request opened']);
    expect(lab.events[0]?.needsApproval).toBe(true);
  });
});

describe('workflow_dispatch', () => {
  const dispatch = (inputs: Record<string, string>, more: object = {}) =>
    lab
      .person('alice')
      .rest.actions.createWorkflowDispatch({ ...at, workflow_id: 'release.yml', ref: 'main', inputs, ...more });

  test('fills in defaults and passes text', async () => {
    await dispatch({ environment: 'stage' });
    expect(names()).toEqual(['workflow_dispatch refs/heads/main']);
    expect(lab.events[0]?.payload.inputs).toEqual({ environment: 'stage', reason: '', force: 'false' });
  });

  test('tells the run’s id when asked', async () => {
    const answer = await dispatch({ environment: 'stage' }, { return_run_details: true });
    expect(answer.status).toBe(200);
    lab.clock.advance(2_000);
    expect(answer.data).toMatchObject({ workflow_run_id: lab.events[0]?.runId });
  });

  test.each([
    [
      'an input that the workflow does not have',
      { environment: 'prod', version: '1' },
      {},
      422,
      'Unexpected inputs provided: ["version"]',
    ],
    ['no value for a required input', {}, {}, 422, "Required input 'environment' not provided"],
    ['a choice that is none', { environment: 'production' }, {}, 422, 'not in the list of allowed values'],
    ['a ref that is not there', { environment: 'prod' }, { ref: 'nowhere' }, 422, 'No ref found for: nowhere'],
    ['a workflow that is not there', {}, { workflow_id: 'nothing.yml' }, 404, 'Not Found'],
    [
      'more than 25 inputs',
      Object.fromEntries(Array.from({ length: 26 }, (_, index) => [`i${index}`, ''])),
      {},
      422,
      'must NOT have more than 25 properties',
    ],
  ])('refuses %s', async (_, inputs, more, status, message) => {
    await expect(dispatch(inputs as Record<string, string>, more)).rejects.toMatchObject({
      status,
      message: expect.stringContaining(message),
    });
    expect(names()).toEqual([]);
  });

  test('refuses a workflow without the trigger at that ref', async () => {
    lab.repository.commit({
      branch: 'old',
      message: 'x [skip ci]',
      author: 'alice',
      files: { '.github/workflows/release.yml': 'on: push\njobs: {}\n' },
    });
    await expect(dispatch({}, { ref: 'old' })).rejects.toMatchObject({
      message: expect.stringContaining("does not have 'workflow_dispatch' trigger"),
    });
  });
});

describe('a pull request', () => {
  test('runs at a merge that never lands, again when its branch moves, and never when it conflicts', () => {
    const change = (branch: string, text: string) =>
      lab.repository.commit({ branch, from: lab.first, message: text, author: 'bob', files: { 'README.md': text } });
    const head = change('topic', 'one');
    const number = lab.repository.openPullRequest('bob', { title: 'Topic', head: 'topic' });
    const merge = lab.repository.resolve(`refs/pull/${number}/merge`);
    expect(names()).toContain('pull_request opened');
    expect(lab.events.at(-1)).toMatchObject({
      ref: `refs/pull/${number}/merge`,
      sha: merge,
      payload: { pull_request: { head: { sha: head } } },
    });
    change('topic', 'two');
    expect(names().slice(-2)).toEqual(['push refs/heads/topic', 'pull_request synchronize']);
    change('main', 'three');
    change('topic', 'four');
    expect(names().slice(-2)).toEqual(['push refs/heads/main', 'push refs/heads/topic']);
    expect(lab.repository.resolve(`refs/pull/${number}/merge`)).toBeUndefined();
  });
});

test('a published release says so, after the push of the tag that it made', () => {
  lab.repository.publishRelease('alice', { tag: 'v1.0.0', target: 'main' });
  expect(names()).toEqual([
    'push refs/tags/v1.0.0',
    'create refs/tags/v1.0.0',
    'release published',
    'release released',
  ]);
  expect(lab.events[2]).toMatchObject({
    ref: 'refs/tags/v1.0.0',
    sha: lab.first,
    payload: { action: 'published', release: { tag_name: 'v1.0.0' } },
  });
});
