import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createLab, job, jobsOf, type Lab, logOf, workflow } from './lab.ts';

let lab: Lab;
beforeEach(async () => {
  lab = await createLab();
});
afterEach(() => lab.close());

const one = (id: string, run: string, more = '') =>
  `${id}:\n  runs-on: ubuntu-latest\n${more}  steps: [{ run: "${run}" }]\n`;
const needs = (names: string, condition?: string) => `  needs: ${names}\n${condition ? `  if: ${condition}\n` : ''}`;

describe('needs', () => {
  test('give order, results and outputs', async () => {
    const run = await lab.push(
      workflow(
        `a:
  runs-on: ubuntu-latest
  outputs: { version: "\${{ steps.v.outputs.version }}", empty: "" }
  steps: [{ id: v, run: 'echo version=1.2.3 >> $GITHUB_OUTPUT' }]
${one('b', "echo 'saw ${{ needs.a.result }} ${{ needs.a.outputs.version }}'", needs('a'))}`,
      ),
    );
    expect(logOf(job(run, 'b'))).toContain('saw success 1.2.3');
    expect(job(run, 'a').outputs).toEqual({ version: '1.2.3' });
    expect(job(run, 'b').needs).toEqual(['a']);
  });

  test('an output with a masked value vanishes, with a warning', async () => {
    lab.github.secrets.ACCOUNT = '111122223333';
    const run = await lab.push(
      workflow(
        `a:
  runs-on: ubuntu-latest
  outputs: { arn: "\${{ steps.v.outputs.arn }}" }
  steps: [{ id: v, run: 'echo arn=arn:aws:ecs:111122223333:x >> $GITHUB_OUTPUT' }]
${one('b', "echo 'got <${{ needs.a.outputs.arn }}>'", needs('a'))}`,
      ),
    );
    expect(logOf(job(run, 'b'))).toContain('got <>');
    expect(job(run, 'a').annotations).toMatchObject([
      { level: 'warning', message: "Skip output 'arn' since it may contain secret." },
    ]);
  });

  test('a failure, or a skip, reaches all descendants that do not ask', async () => {
    const run = await lab.push(
      workflow(
        [
          one('fails', 'false'),
          one('after', 'true', needs('fails')),
          one('grandchild', 'true', needs('after', "${{ needs.after.result == 'skipped' }}")),
          one('asks', 'true', needs('after', "${{ !cancelled() && needs.after.result == 'skipped' }}")),
          one('mends', 'true', needs('fails', 'failure()')),
          one('always', 'true', needs('grandchild', 'always()')),
          one('child-of-always', 'true', needs('always')),
        ].join(''),
      ),
    );
    expect(jobsOf(run)).toEqual({
      fails: 'failure',
      after: 'skipped',
      grandchild: 'skipped',
      asks: 'success',
      mends: 'success',
      always: 'success',
      'child-of-always': 'skipped',
    });
    expect(run.conclusion).toBe('failure');
  });

  test('continue-on-error: the job is red, those that need it and the run are not', async () => {
    const run = await lab.push(
      workflow(one('a', 'false', '  continue-on-error: true\n') + one('b', 'true', needs('a'))),
    );
    expect(jobsOf(run)).toEqual({ a: 'failure', b: 'success' });
    expect(run.conclusion).toBe('success');
  });
});

describe('a matrix', () => {
  test('names its legs and hands over the last value of an output', async () => {
    const run = await lab.push(
      workflow(
        `m:
  runs-on: ubuntu-latest
  strategy: { max-parallel: 1, matrix: { n: [1, 2] } }
  outputs: { n: "\${{ steps.s.outputs.n }}" }
  steps: [{ id: s, run: 'echo n=\${{ matrix.n }} >> $GITHUB_OUTPUT' }]
${one('after', "echo 'last ${{ needs.m.outputs.n }}'", needs('m'))}`,
      ),
    );
    expect(jobsOf(run)).toEqual({ 'm (1)': 'success', 'm (2)': 'success', after: 'success' });
    expect(logOf(job(run, 'after'))).toContain('last 2');
    expect(job(run, 'm[1]')).toMatchObject({ matrix: { n: 2 } });
  });

  test('fails fast: the other legs are cancelled', async () => {
    const matrix = 'strategy: { matrix: { t: [1, 300] } }';
    const run = await lab.push(workflow(one('m', 'sleep ${{ matrix.t }}; test ${{ matrix.t }} != 1', `  ${matrix}\n`)));
    expect(jobsOf(run)).toEqual({ 'm (1)': 'failure', 'm (300)': 'cancelled' });
    expect(run.conclusion).toBe('failure');
  });

  test('comes from outputs; an empty one fails the job', async () => {
    const run = await lab.push(
      workflow(one('m', 'true', '  strategy: { matrix: { n: "${{ fromJSON(\'[]\') }}" } }\n')),
    );
    expect(run.conclusion).toBe('failure');
    expect(job(run, 'm').annotations[0]?.message).toContain("Matrix vector 'n' does not contain any values");
  });
});

describe('environments', () => {
  const environment = (deployment = '') =>
    `  environment: { name: prod, url: "https://\${{ github.sha }}.test"${deployment} }\n`;

  test('a reviewed one waits, holds its secrets back until then, and goes on when somebody approves', async () => {
    lab.github.reviewers.prod = ['lead'];
    lab.github.environmentSecrets.prod = { KEY: 'environment-key' };
    let run = await lab.push(
      workflow(
        one('release', 'test \\"$K\\" = environment-key', `${environment()}  env: { K: "\${{ secrets.KEY }}" }\n`),
      ),
    );
    expect(run.status).toBe('waiting');
    expect(job(run, 'release').waits).toMatchObject([{ for: 'environment', detail: 'prod (lead)' }]);
    lab.github.approve('prod');
    run = await lab.settle();
    expect(run.conclusion).toBe('success');
    expect(job(run, 'release')).toMatchObject({
      waits: [{ ended: 'entered by lead' }],
      environment: { name: 'prod', deployment: true, url: `https://${run.sha}.test` },
    });
    expect(lab.github.runStatuses).toEqual(['in_progress', 'waiting', 'in_progress', 'completed']);
  });

  test('a rejection fails the job before any step', async () => {
    lab.github.reviewers.prod = ['lead'];
    await lab.push(workflow(one('release', 'true', environment(', deployment: false'))));
    lab.github.reject('prod');
    const run = await lab.settle();
    expect(jobsOf(run)).toEqual({ release: 'failure' });
    expect(job(run, 'release')).toMatchObject({ steps: [], environment: { deployment: false } });
  });

  test('a run that waits can be cancelled', async () => {
    lab.github.reviewers.prod = ['lead'];
    const { id } = await lab.push(workflow(one('release', 'true', environment())));
    await lab.runner.request({ kind: 'cancel', repository: 'acme/shop', runId: id, by: 'bob', force: false });
    expect(await lab.settle()).toMatchObject({
      conclusion: 'cancelled',
      annotations: [{ message: 'The run was canceled by @bob.' }],
    });
  });
});

describe('concurrency', () => {
  const top = (more = '') => `concurrency: { group: "Prod", cancel-in-progress: ${more || 'false'} }`;

  test('a new run waits for the present one and takes the place of the one that waited', async () => {
    lab.github.reviewers.gate = ['lead'];
    const files = workflow(one('a', 'true', '  environment: gate\n'), top());
    await lab.push(files);
    await lab.push(files);
    expect(lab.runner.runs.map(run => run.status)).toEqual(['waiting', 'pending']);
    await lab.push(files);
    expect(lab.runner.runs.map(run => run.conclusion ?? run.status)).toEqual(['waiting', 'cancelled', 'pending']);
    expect(lab.runner.runs[1]?.annotations[0]?.message).toBe(
      "Canceling since a higher priority waiting request for 'Prod' exists",
    );
    lab.github.approve('gate');
    await lab.settle();
    expect(lab.runner.runs.map(run => run.conclusion ?? run.status)).toEqual(['success', 'cancelled', 'waiting']);
  });

  test('cancel-in-progress ends the present one', async () => {
    lab.github.reviewers.gate = ['lead'];
    const files = workflow(one('a', 'true', '  environment: gate\n'), top('true'));
    await lab.push(files);
    await lab.push(files);
    expect(lab.runner.runs.map(run => run.conclusion ?? run.status)).toEqual(['cancelled', 'waiting']);
  });

  test('jobs of a group run one after the other, all of them with queue: max', async () => {
    const group = (id: string) => one(id, 'sleep 60', '  concurrency: { group: deploy, queue: max }\n');
    const run = await lab.push(workflow(group('a') + group('b') + group('c')));
    const spans = run.jobs
      .map(each => [each.startedAt ?? 0, each.completedAt ?? 0] as const)
      .sort((x, y) => x[0] - y[0]);
    expect(run.conclusion).toBe('success');
    for (const [at, span] of spans.entries())
      if (at > 0) expect(span[0]).toBeGreaterThanOrEqual(spans[at - 1]?.[1] ?? 0);
  });

  test('without it the one that waits in the middle is cancelled', async () => {
    const group = (id: string) => one(id, 'sleep 60', '  concurrency: deploy\n');
    const run = await lab.push(workflow(group('a') + group('b') + group('c')));
    expect(jobsOf(run)).toEqual({ a: 'success', b: 'cancelled', c: 'success' });
  });
});

describe('permissions of the token', () => {
  test('come from the job, else the workflow, else the restricted default', async () => {
    await lab.push(
      workflow(
        one('a', 'true') + one('b', 'true', '  permissions: { deployments: write }\n'),
        'permissions: { contents: read }',
      ),
    );
    await lab.push(workflow(one('c', 'true')));
    const granted = lab.github.grants.map(grant => grant.permissions);
    expect(granted).toEqual([{ contents: 'read' }, { deployments: 'write' }, { contents: 'read', packages: 'read' }]);
  });

  test('id-token: write gives the job an OIDC provider', async () => {
    await lab.close();
    lab = await createLab({
      oidc: ({ jobName, jobWorkflowRef }) => ({
        url: `http://oidc/${jobName}?${jobWorkflowRef}`,
        token: 'oidc-request-token',
      }),
    });
    const run = await lab.push(
      workflow(
        one('a', 'echo $ACTIONS_ID_TOKEN_REQUEST_URL', '  permissions: { id-token: write }\n') +
          one('b', 'echo [$ACTIONS_ID_TOKEN_REQUEST_URL]'),
      ),
    );
    expect(logOf(job(run, 'a'))).toContain('http://oidc/a?acme/shop/.github/workflows/main.yml@refs/heads/main');
    expect(logOf(job(run, 'b'))).toContain('[]');
  });
});
