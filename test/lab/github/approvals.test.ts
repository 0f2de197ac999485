import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { EnvironmentDecision, EnvironmentRequest } from '#lab/github/ports';
import { at, openLab, type TestLab } from './world.ts';

let lab: TestLab;
beforeEach(async () => {
  lab = await openLab();
  lab.repository.tag('v1.3.0', { at: 'main', tagger: 'alice' });
  lab.repository.tag('v1.3.0-stage', { at: 'main', tagger: 'alice' });
});
afterEach(async () => {
  await lab.close();
  expect(lab.world.violations).toEqual([]);
});

const hour = 3_600_000;

function start(ref: string, actor = 'alice') {
  const sha = lab.repository.resolve(ref) ?? '';
  const run = {
    path: '.github/workflows/release.yml',
    workflowName: 'Release',
    title: ref,
    event: 'push',
    ref,
    sha,
    actor,
  };
  return lab.repository.createRun(run).id;
}

function enter(runId: number, environment: string, more: Partial<EnvironmentRequest> = {}) {
  const decisions: EnvironmentDecision[] = [];
  const jobId = lab.repository.createJob(runId, { name: `release ${environment}` }).id;
  const wait = lab.repository.requestEnvironment({ runId, jobId, environment, ...more }, decision =>
    decisions.push(decision),
  );
  lab.clock.advance(0);
  return { jobId, decisions, wait };
}

describe('a reviewed environment', () => {
  test('lets a job in when one of its reviewers approves, and shows who and with what words', async () => {
    const runId = start('refs/tags/v1.3.0');
    const { decisions, wait } = enter(runId, 'prod');
    expect(wait.reviewers).toEqual(['bob', 'carol']);
    const { rest } = lab.job({ actions: 'read' });
    const { data: pending } = await rest.actions.getPendingDeploymentsForRun({ ...at, run_id: runId });
    expect(pending).toMatchObject([
      {
        environment: { name: 'prod' },
        current_user_can_approve: false,
        reviewers: [{ type: 'User' }, { type: 'Team' }],
      },
    ]);
    expect(decisions).toEqual([]);

    lab.repository.approve('carol', runId, ['prod'], 'looks good');
    lab.clock.advance(0);
    expect(decisions).toMatchObject([{ state: 'entered', by: 'carol', comment: 'looks good' }]);
    const { data } = await rest.actions.getReviewsForRun({ ...at, run_id: runId });
    expect(data).toMatchObject([
      { state: 'approved', user: { login: 'carol' }, comment: 'looks good', environments: [{ name: 'prod' }] },
    ]);
    expect(Object.keys(data[0] ?? {}).sort()).toEqual(['comment', 'environments', 'state', 'user']);
    expect((await rest.actions.getPendingDeploymentsForRun({ ...at, run_id: runId })).data).toEqual([]);
  });

  test('is approved over REST by a reviewer, and by no bot', async () => {
    const runId = start('refs/tags/v1.3.0');
    enter(runId, 'prod');
    const { data: pending } = await lab
      .person('bob')
      .rest.actions.getPendingDeploymentsForRun({ ...at, run_id: runId });
    const ids = pending.map(each => each.environment.id ?? 0);
    const review = { ...at, run_id: runId, environment_ids: ids, state: 'approved' as const, comment: '' };
    await expect(
      lab.job({ deployments: 'write' }).rest.actions.reviewPendingDeploymentsForRun(review),
    ).rejects.toMatchObject({ status: 403 });
    const { data } = await lab.person('bob').rest.actions.reviewPendingDeploymentsForRun(review);
    expect(data).toMatchObject([{ environment: 'prod', sha: lab.first }]);
  });

  test('asks again for every job: an approval opens nothing that comes later', () => {
    const runId = start('refs/tags/v1.3.0');
    enter(runId, 'prod');
    lab.repository.approve('bob', runId, ['prod']);
    const second = enter(runId, 'prod');
    lab.clock.advance(hour);
    expect(second.decisions).toEqual([]);
  });

  test('shares one dialog between jobs that wait together', () => {
    lab.repository.setEnvironment({ name: 'prod-eu', reviewers: ['bob'] });
    const runId = start('refs/tags/v1.3.0');
    const [first, second] = [enter(runId, 'prod'), enter(runId, 'prod-eu')];
    lab.repository.approve('bob', runId, ['prod', 'prod-eu']);
    lab.clock.advance(0);
    expect([...first.decisions, ...second.decisions].map(each => each.state)).toEqual(['entered', 'entered']);
  });

  test.each([
    ['who is no reviewer', 'alice', 'refs/tags/v1.3.0', 'bob', /not a required reviewer/],
    ['who started the run', 'bob', 'refs/tags/v1.3.0', 'bob', /that you started/],
  ])('is not opened by somebody %s', (_, person, ref, actor, words) => {
    const runId = start(ref, actor);
    enter(runId, 'prod');
    expect(() => lab.repository.approve(person, runId, ['prod'])).toThrow(words);
  });

  test('does not see through a dispatch by a bot: the originator approves their own release', () => {
    const runId = start('refs/tags/v1.3.0', 'github-actions[bot]');
    const { decisions } = enter(runId, 'prod');
    lab.repository.approve('bob', runId, ['prod']);
    lab.clock.advance(0);
    expect(decisions).toMatchObject([{ state: 'entered' }]);
  });

  test('fails the job when somebody rejects, or nobody answers for 30 days', () => {
    const [first, second] = [start('refs/tags/v1.3.0'), start('refs/tags/v1.3.0')];
    const [rejected, forgotten] = [enter(first, 'prod'), enter(second, 'prod')];
    lab.repository.reject('bob', first, ['prod'], 'not on a Friday');
    lab.clock.advance(30 * 24 * hour);
    expect(rejected.decisions).toMatchObject([{ state: 'rejected', by: 'bob' }]);
    expect(forgotten.decisions).toMatchObject([{ state: 'expired' }]);
  });

  test('forgets a job that was cancelled', () => {
    const runId = start('refs/tags/v1.3.0');
    const { decisions, wait } = enter(runId, 'prod');
    wait.withdraw();
    expect(() => lab.repository.approve('bob', runId, ['prod'])).toThrow(/no pending deployments/);
    lab.clock.advance(40 * 24 * hour);
    expect(decisions).toEqual([]);
  });
});

describe('the rules for refs', () => {
  test('are fnmatch on the name, so v*.*.* lets v1.3.0-stage in as well', () => {
    const { decisions, wait } = enter(start('refs/tags/v1.3.0-stage'), 'prod');
    expect(wait.reviewers.length).toBeGreaterThan(0);
    expect(decisions).toEqual([]);
  });

  test('refuse a run at main, also a rollback', () => {
    const { decisions } = enter(start('refs/heads/main'), 'prod');
    expect(decisions).toEqual([
      {
        state: 'refused',
        message: 'Branch "main" is not allowed to deploy to prod due to environment protection rules.',
      },
    ]);
  });

  test('are readable by a job', async () => {
    const { rest } = lab.job({ actions: 'read' });
    const { data } = await rest.repos.getEnvironment({ ...at, environment_name: 'prod' });
    expect(data).toMatchObject({
      name: 'prod',
      deployment_branch_policy: { custom_branch_policies: true },
      protection_rules: [{ type: 'required_reviewers', prevent_self_review: true }, { type: 'branch_policy' }],
    });
    const { data: policies } = await rest.repos.listDeploymentBranchPolicies({ ...at, environment_name: 'prod' });
    expect(policies.branch_policies).toMatchObject([{ name: 'v*.*.*', type: 'tag' }]);
  });
});

test('a wait timer delays, and is no approval', () => {
  const { decisions } = enter(start('refs/heads/main'), 'stage');
  lab.clock.advance(5 * 60_000 - 1);
  expect(decisions).toEqual([]);
  lab.clock.advance(1);
  expect(decisions).toMatchObject([{ state: 'entered' }]);
});

test('an environment that nobody made, or mistyped, is made without protection', async () => {
  const { decisions } = enter(start('refs/heads/main'), 'prodd');
  expect(decisions).toMatchObject([{ state: 'entered' }]);
  const { data } = await lab.job({ actions: 'read' }).rest.repos.getEnvironment({ ...at, environment_name: 'prodd' });
  expect(data.protection_rules).toEqual([]);
});

describe('the job’s own deployment', () => {
  test('goes waiting, in_progress, success with the job', async () => {
    const runId = start('refs/tags/v1.3.0');
    const { jobId } = enter(runId, 'prod');
    lab.repository.approve('bob', runId, ['prod']);
    lab.repository.updateJob(jobId, { status: 'in_progress' });
    lab.repository.updateJob(jobId, {
      status: 'completed',
      conclusion: 'success',
      environmentUrl: 'https://api.unifocus.test',
    });
    const { rest } = lab.job({ deployments: 'read' });
    const { data: deployments } = await rest.repos.listDeployments({ ...at, environment: 'prod' });
    const { data } = await rest.repos.listDeploymentStatuses({ ...at, deployment_id: deployments[0]?.id ?? 0 });
    expect(data.map(status => status.state).reverse()).toEqual(['waiting', 'in_progress', 'success']);
    expect(data[0]?.environment_url).toBe('https://api.unifocus.test');
  });

  test('is not made with deployment: false', async () => {
    enter(start('refs/tags/v1.3.0'), 'prod', { deployment: false });
    expect((await lab.job({ deployments: 'read' }).rest.repos.listDeployments(at)).data).toEqual([]);
  });
});

test('GraphQL orders the reviews of a run by their database ids', async () => {
  lab.repository.setEnvironment({ name: 'prod-eu', reviewers: ['bob'] });
  const runId = start('refs/tags/v1.3.0');
  enter(runId, 'prod');
  enter(runId, 'prod-eu');
  lab.repository.approve('bob', runId, ['prod-eu']);
  lab.repository.approve('carol', runId, ['prod']);
  const octokit = lab.job({ actions: 'read' });
  const { data: run } = await octokit.rest.actions.getWorkflowRun({ ...at, run_id: runId });
  const text =
    'query ($id: ID!) { node(id: $id) { ... on WorkflowRun { deploymentReviews(first: 10) { nodes { databaseId state user { login } environments(first: 5) { nodes { name } } } } } } }';
  const answer: { node: { deploymentReviews: { nodes: { databaseId: number }[] } } } = await octokit.graphql(text, {
    id: run.node_id,
  });
  const { nodes } = answer.node.deploymentReviews;
  expect(nodes).toMatchObject([
    { user: { login: 'bob' }, environments: { nodes: [{ name: 'prod-eu' }] } },
    { user: { login: 'carol' }, environments: { nodes: [{ name: 'prod' }] } },
  ]);
  expect(nodes.map(each => each.databaseId)).toEqual(nodes.map(each => each.databaseId).sort());
});
