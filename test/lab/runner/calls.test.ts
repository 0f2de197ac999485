import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { OidcJob } from '../../../packages/lab/runner/ports.ts';
import { createLab, job, jobsOf, type Lab, logOf } from './lab.ts';

let lab: Lab;
beforeEach(async () => {
  lab = await createLab();
});
afterEach(() => lab.close());

const caller = (job: string, top = '') => ({
  '.github/workflows/main.yml': `on: push\n${top}\njobs:\n  release:\n${job}`,
});
const uses = (more = '') => `    uses: org/suite/.github/workflows/release.yml@v1\n${more}`;

/** Publishes the reusable workflow of another repository. */
function publish(call: string, jobs: string, top = ''): void {
  const content = `on:\n  workflow_call:\n${call}\n${top}\njobs:\n${jobs}`;
  lab.github.commit(
    'org/suite',
    {
      '.github/workflows/release.yml': content,
      'say/action.yml': 'name: Say\ndescription: Says\nruns: { using: node24, main: main.js }',
      'say/main.js': 'console.log("said by the suite")',
    },
    'refs/tags/v1',
  );
}

const plan = (step: string, more = '') => `  plan:\n    runs-on: ubuntu-latest\n${more}    steps: [${step}]\n`;

describe('a called workflow', () => {
  test("gets typed inputs with defaults, gives outputs, and keeps the caller's event", async () => {
    publish(
      '    inputs: { name: { type: string, required: true }, fast: { type: boolean }, count: { type: number, default: 3 } }\n    outputs: { version: { value: "${{ jobs.plan.outputs.version }}" } }',
      plan(
        '{ id: s, run: \'echo "in ${{ toJSON(inputs) }} ${{ github.event_name }} $GITHUB_WORKFLOW_REF ${{ job.workflow_repository }}"; echo version=2 >> $GITHUB_OUTPUT\' }',
        '    outputs: { version: "${{ steps.s.outputs.version }}" }\n',
      ),
    );
    const run = await lab.push(
      caller(
        `${uses('    with: { name: shop }\n')}  after:\n    needs: release\n    runs-on: ubuntu-latest\n    steps: [{ run: 'echo "out \${{ needs.release.outputs.version }}"' }]\n`,
      ),
    );
    expect(jobsOf(run)).toEqual({ release: 'success', 'release / plan': 'success', after: 'success' });
    const log = logOf(job(run, 'release / plan')).replace(/\s+/g, ' ');
    expect(log).toContain('name: shop, fast: false, count: 3');
    expect(log).toContain('push acme/shop/.github/workflows/main.yml@refs/heads/main org/suite');
    expect(logOf(job(run, 'after'))).toContain('out 2');
    expect(run.referencedWorkflows).toMatchObject([{ path: 'org/suite/.github/workflows/release.yml@v1' }]);
    expect(job(run, 'release / plan')).toMatchObject({ key: 'release/plan', caller: 'release' });
  });

  test('is named by the tokens of its jobs with the ref in full, and they see who has called it', async () => {
    await lab.close();
    const oidc = ({ workflowRef, jobWorkflowRef }: OidcJob) => ({
      url: `${jobWorkflowRef}?${workflowRef}`,
      token: 'token',
    });
    lab = await createLab({ oidc });
    publish('', plan("{ run: 'echo $ACTIONS_ID_TOKEN_REQUEST_URL' }", '    permissions: { id-token: write }\n'));
    const run = await lab.push(caller(uses('    permissions: { id-token: write }\n')));
    expect(logOf(job(run, 'release / plan'))).toContain(
      'org/suite/.github/workflows/release.yml@refs/tags/v1?acme/shop/.github/workflows/main.yml@refs/heads/main',
    );
  });

  test("$/ is its own repository, ./ the caller's workspace", async () => {
    publish('', plan('{ uses: $/say }'));
    expect(logOf(job(await lab.push(caller(uses())), 'release / plan'))).toContain('said by the suite');
    publish('', plan('{ uses: ./say }'));
    expect(logOf(job(await lab.push(caller(uses())), 'release / plan'))).toContain(
      'Did you forget to run actions/checkout',
    );
  });

  test.each([
    ['no secrets', '', '<> <>'],
    ['named secrets', '    secrets: { ONE: "${{ secrets.ONE }}" }\n', '<1-one> <>'],
    ['inherit, across owners nothing', '    secrets: inherit\n', '<> <>'],
  ])('%s', async (_, secrets, seen) => {
    lab.github.secrets.ONE = 'a';
    lab.github.environmentSecrets.prod = { TWO: 'b' };
    publish(
      '    secrets: { ONE: { required: false } }',
      plan(
        "{ run: 'echo \"<${{ secrets.ONE && '1-one' }}> <${{ secrets.TWO && '2-two' }}>\"' }"
          .replaceAll("'1-one'", "''1-one''")
          .replaceAll("'2-two'", "''2-two''"),
        '    environment: prod\n',
      ),
    );
    expect(logOf(job(await lab.push(caller(uses(secrets))), 'release / plan'))).toContain(seen);
  });

  test('environment secrets reach a called job of the same owner with inherit only', async () => {
    lab.github.environmentSecrets.prod = { TWO: 'bb' };
    const called = `on: workflow_call\njobs:\n${plan("{ run: 'test -n \"$T\"', env: { T: '${{ secrets.TWO }}' } }", '    environment: prod\n')}`;
    const files = (secrets: string) => ({
      ...caller(`    uses: ./.github/workflows/called.yml\n${secrets}`),
      '.github/workflows/called.yml': called,
    });
    expect((await lab.push(files('    secrets: inherit\n'))).conclusion).toBe('success');
    expect((await lab.push(files(''))).conclusion).toBe('failure');
  });

  test('a calling matrix makes one call per leg', async () => {
    publish('    inputs: { env: { type: string } }', plan('{ run: "true" }'));
    const run = await lab.push(
      caller(uses('    strategy: { matrix: { env: [dev, stage] } }\n    with: { env: "${{ matrix.env }}" }\n')),
    );
    expect(Object.keys(jobsOf(run))).toEqual(
      expect.arrayContaining(['release (dev) / plan', 'release (stage) / plan']),
    );
  });

  test('a group that the caller holds already is a deadlock, and cancelled', async () => {
    publish('', plan('{ run: "true" }'), 'concurrency: PROD');
    const run = await lab.push(caller(uses(), 'concurrency: prod'));
    expect(run.conclusion).toBe('cancelled');
  });

  test('a re-run of failed jobs looks into the call', async () => {
    publish(
      '',
      `${plan('{ run: "true" }')}  deploy:\n    needs: plan\n    runs-on: x\n    steps: [{ run: 'test $GITHUB_RUN_ATTEMPT != 1' }]\n`,
    );
    const { id } = await lab.push(caller(uses()));
    await lab.runner.request({ kind: 'rerun', repository: 'acme/shop', runId: id, by: 'bob', only: 'failed' });
    const run = await lab.settle();
    expect(run.conclusion).toBe('success');
    expect(run.jobs.map(one => [one.name, one.attempt])).toEqual([
      ['release', 2],
      ['release / plan', 1],
      ['release / deploy', 2],
    ]);
  });

  test('a failure inside is a failure of the call', async () => {
    publish('', plan('{ run: "false" }'));
    expect(jobsOf(await lab.push(caller(uses())))).toEqual({ release: 'failure', 'release / plan': 'failure' });
  });
});

describe('a run that cannot start', () => {
  const failure = async (files: Record<string, string>) => {
    const run = await lab.push(files);
    expect(run).toMatchObject({ conclusion: 'startup_failure', jobs: [] });
    return run.annotations.map(one => one.message).join('\n');
  };

  test('a nested job asks for more than its caller grants, even a skipped one', async () => {
    publish('', plan('{ run: "true" }', '    if: false\n    permissions: { contents: write, id-token: write }\n'));
    expect(await failure(caller(uses('    permissions: { contents: read }\n')))).toBe(
      ".github/workflows/main.yml (Line: 5, Col: 5): Error calling workflow 'org/suite/.github/workflows/release.yml@v1'. The nested job 'plan' is requesting 'contents: write, id-token: write', but is only allowed 'contents: read, id-token: none'.",
    );
  });

  test('permissions only narrow on the way down', async () => {
    publish('', plan('{ run: "true" }', '    permissions: { contents: read }\n'), 'permissions: {}');
    expect((await lab.push(caller(uses('    permissions: { contents: write }\n')))).conclusion).toBe('success');
    expect(lab.github.grants.at(-1)?.permissions).toEqual({ contents: 'read' });
  });

  test.each([
    [
      'an input that is not there',
      '    with: { nope: 1 }\n',
      'Invalid input, nope is not defined in the referenced workflow.',
    ],
    ['a required input that is missing', '', 'Input name is required, but not provided while calling.'],
    [
      'a secret that is not there',
      '    with: { name: a }\n    secrets: { X: y }\n',
      'Invalid secret, X is not defined in the referenced workflow.',
    ],
  ])('%s', async (_, more, message) => {
    publish('    inputs: { name: { type: string, required: true } }', plan('{ run: "true" }'));
    expect(await failure(caller(uses(more)))).toContain(message);
  });

  test('a workflow that is not there, or cannot be called', async () => {
    expect(await failure(caller(uses()))).toContain('workflow was not found');
    expect(await failure(caller('    uses: ./.github/workflows/main.yml\n'))).toContain(
      'missing a `on.workflow_call` trigger',
    );
  });

  test('calls deeper than ten levels', async () => {
    const files: Record<string, string> = caller('    uses: ./.github/workflows/w1.yml\n');
    for (let n = 1; n <= 10; n++) {
      const next = n < 10 ? `  call: { uses: ./.github/workflows/w${n + 1}.yml }\n` : plan('{ run: "true" }');
      files[`.github/workflows/w${n}.yml`] = `on: workflow_call\njobs:\n${next}`;
    }
    expect(await failure(files)).toContain('nesting depth limit of 10 was exceeded');
  });

  test('a file with errors fails on every push, with their places', async () => {
    expect(
      await failure({ '.github/workflows/main.yml': 'on: release\njobs: { a: { runs-on: x, setps: [] } }' }),
    ).toContain("(Line: 2, Col: 26): Unexpected value 'setps'");
  });
});

test('an input of the wrong type fails the job', async () => {
  publish('    inputs: { fast: { type: boolean } }', plan('{ run: "true" }'));
  const run = await lab.push(caller(uses('    with: { fast: "${{ \'true\' }}" }\n')));
  expect(run.conclusion).toBe('failure');
});

describe('workflow_dispatch', () => {
  const file = `on:
  workflow_dispatch:
    inputs:
      environment: { type: choice, options: [dev, prod], default: dev }
      dry-run: { type: boolean }
      reason: { required: true }
jobs:
  a: { runs-on: x, steps: [{ run: 'echo "\${{ inputs.environment }} \${{ inputs.dry-run == false }} \${{ github.event.inputs.reason }}"' }] }`;
  const path = '.github/workflows/go.yml';
  const dispatch = (inputs: object) =>
    lab.trigger({
      name: 'workflow_dispatch',
      sha: lab.commit({ [path]: file }),
      workflowPath: path,
      runId: 77,
      payload: { inputs: { ...inputs } },
    });

  test('has typed inputs with defaults, and the id that was announced', async () => {
    const run = await dispatch({ reason: 'because' });
    expect(logOf(job(run, 'a'))).toContain('dev true because');
    expect(run.id).toBe(77);
  });

  test.each([
    [{}, "Required input 'reason' not provided"],
    [
      { reason: 'a', environment: 'moon' },
      "Provided value 'moon' for input 'environment' not in the list of allowed values",
    ],
    [{ reason: 'a', 'dry-run': 'yes' }, 'is not a valid boolean'],
    [{ reason: 'a', other: '1' }, 'Unexpected inputs provided: ["other"]'],
  ])('%j is refused', async (inputs, message) => {
    await expect(dispatch(inputs)).rejects.toThrow(message);
  });
});
