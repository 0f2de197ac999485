import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createLab, job, type Lab, logOf, steps, stepsOf } from './lab.ts';

let lab: Lab;
beforeEach(async () => {
  lab = await createLab();
});
afterEach(() => lab.close());

const yaml = (...lines: readonly string[]) => lines.join('\n');
const run = async (workflow: string, files: Record<string, string> = {}) =>
  job(await lab.push({ ...steps(workflow), ...files }), 'work');

const tell = {
  'tell/action.yml': yaml(
    'name: Tell',
    'description: Says what it was given',
    'inputs:',
    '  some text: { default: "${{ github.ref_name }}" }',
    '  dry-run: { default: "false" }',
    '  needed: { required: true }',
    'runs: { using: node24, pre: pre.js, main: main.js, post: post.js }',
  ),
  'tell/pre.js': yaml(
    'console.log("pre", process.env.INPUT_SOME_TEXT);',
    'require("fs").appendFileSync(process.env.GITHUB_STATE, "phase=pre\\n");',
  ),
  'tell/main.js': yaml(
    'const { env } = process; const fs = require("fs");',
    'console.log("main", env.INPUT_SOME_TEXT, env["INPUT_DRY-RUN"], JSON.stringify(env.INPUT_NEEDED), env.STATE_phase);',
    'console.log("action", env.GITHUB_ACTION, env.GITHUB_ACTION_REPOSITORY, env.GITHUB_ACTION_REF);',
    'fs.appendFileSync(env.GITHUB_STATE, "phase=main\\n");',
    'fs.appendFileSync(env.GITHUB_OUTPUT, "told<<X\\nyes\\nX\\n");',
    'if (env.INPUT_FAIL) process.exitCode = 1;',
  ),
  'tell/post.js': 'console.log("post", process.env.STATE_phase, process.env.INPUT_SOME_TEXT);',
};

describe('a node action', () => {
  test('runs pre, main and post with its inputs and state', async () => {
    lab.github.commit('org/tools', tell, 'refs/tags/v1');
    const record = await run(
      '- { id: t, uses: org/tools/tell@v1, with: { Some Text: hello } }\n- run: echo "told ${{ steps.t.outputs.told }}"',
    );
    expect(record.conclusion).toBe('success');
    expect(stepsOf(record)).toEqual({
      'Pre Run org/tools/tell@v1': 'success',
      'Run org/tools/tell@v1': 'success',
      'Run echo "told yes"': 'success',
      'Post Run org/tools/tell@v1': 'success',
    });
    const log = logOf(record);
    for (const line of [
      'pre hello',
      'main hello false "" pre',
      'action t org/tools v1',
      'told yes',
      'post main hello',
    ]) {
      expect(log).toContain(line);
    }
  });

  test('warns of inputs that it does not have, and says nothing of required ones', async () => {
    const record = await run('- uses: actions/checkout@v6\n- { uses: ./tell, with: { nonsense: 1 } }', tell);
    expect(record.conclusion).toBe('success');
    expect(record.annotations.map(one => one.message)).toEqual([
      "Unexpected input(s) 'nonsense', valid inputs are ['some text', 'dry-run', 'needed']",
    ]);
  });

  test('post scripts run backwards, also after a failure', async () => {
    lab.github.commit('org/tools', tell, 'refs/tags/v1');
    const record = await run(
      '- { name: a, uses: org/tools/tell@v1 }\n- { name: b, uses: org/tools/tell@v1, with: { fail: 1 } }\n- { name: c, uses: org/tools/tell@v1 }',
    );
    expect(stepsOf(record)).toEqual({
      'Pre a': 'success',
      'Pre b': 'success',
      'Pre c': 'success',
      a: 'success',
      b: 'failure',
      c: 'skipped',
      'Post b': 'success',
      'Post a': 'success',
    });
    expect(record.steps.slice(-3).map(step => step.name)).toEqual(['Post b', 'Post a', 'Complete job']);
  });

  test('post-if decides about the post script', async () => {
    const action = {
      ...tell,
      'tell/action.yml':
        'name: T\ndescription: Tells\nruns: { using: node24, main: main.js, post: post.js, post-if: failure() }',
    };
    const record = await run('- uses: actions/checkout@v6\n- uses: ./tell', action);
    expect(stepsOf(record)['Post Run ./tell']).toBe('skipped');
  });
});

describe('where actions come from', () => {
  test('./ is the workspace, when the step begins', async () => {
    const record = await run('- uses: ./tell', tell);
    expect(record.conclusion).toBe('failure');
    expect(logOf(record)).toContain('Did you forget to run actions/checkout before running your local action?');
  });

  test.each([
    ['org/missing@v1', 'Unable to resolve action org/missing@v1, repository not found'],
    ['acme/shop@v9', 'Unable to resolve action `acme/shop@v9`, unable to find version `v9`'],
    ['nonsense', "Expected format {org}/{repo}[/path]@ref. Actual 'nonsense'"],
  ])('%s fails the job at set-up', async (uses, message) => {
    const record = await run(`- run: echo never\n- uses: ${uses}`);
    expect(record.steps[0]).toMatchObject({ name: 'Set up job', conclusion: 'failure' });
    expect(logOf(record)).toContain(message);
    expect(stepsOf(record)['Run echo never']).toBe('skipped');
  });

  test('$/ is the commit that defines the workflow, without a checkout', async () => {
    const record = await run('- uses: $/tell', tell);
    expect(record.conclusion).toBe('success');
    expect(logOf(record)).toContain('post main main');
  });
});

describe('a composite action', () => {
  const greet = {
    'greet/action.yml': yaml(
      'name: Greet',
      'description: Greets',
      'inputs: { who: { default: world } }',
      'outputs: { said: { value: "${{ steps.say.outputs.text }}" } }',
      'runs:',
      '  using: composite',
      '  steps:',
      '    - { id: say, shell: bash, run: \'echo "text=hello ${{ inputs.who }} $EXTRA" >> "$GITHUB_OUTPUT"; ls "$GITHUB_ACTION_PATH"\' }',
      '    - { uses: $/tell }',
      '    - { if: "inputs.who == \'nobody\'", shell: bash, run: exit 3 }',
      '    - { shell: bash, run: echo last }',
      '    - { if: failure(), shell: bash, run: echo cleaning }',
    ),
    ...tell,
  };

  test('has its own inputs and steps, passes env on, and gives outputs', async () => {
    const record = await run(
      '- { id: g, uses: $/greet, with: { who: Ada }, env: { EXTRA: again } }\n- run: echo "got ${{ steps.g.outputs.said }}; ${{ steps.say.outcome }}"',
      greet,
    );
    const log = logOf(record);
    expect(record.conclusion).toBe('success');
    expect(log).toContain('got hello Ada again; \n');
    expect(log).toContain('action.yml');
    expect(log).toContain('main main false');
    expect(log).toContain('post main main');
    expect(log).not.toContain('cleaning\n');
  });

  test('a failure inside ends it, its own failure() steps run', async () => {
    const record = await run('- { uses: $/greet, with: { who: nobody } }\n- run: echo after', greet);
    const text = record.steps[1]?.log.filter(line => line.kind === 'text').map(line => line.text);
    expect(text?.filter(line => line === 'last' || line === 'cleaning')).toContain('cleaning');
    expect(logOf(record)).not.toContain('\nlast\n');
    expect(stepsOf(record)['Run echo after']).toBe('skipped');
  });
});

describe('known actions', () => {
  test('artifacts go from job to job, and a name is taken once', async () => {
    const files = {
      '.github/workflows/main.yml': yaml(
        'on: push',
        'jobs:',
        '  build:',
        '    runs-on: ubuntu-latest',
        '    steps:',
        '      - run: mkdir -p out/deep && echo one > out/a.txt && echo two > out/deep/b.txt',
        '      - { id: up, uses: actions/upload-artifact@v5, with: { name: web, path: out } }',
        '      - { name: again, uses: actions/upload-artifact@v5, with: { name: web, path: out }, continue-on-error: true }',
        '  use:',
        '    needs: build',
        '    runs-on: ubuntu-latest',
        '    steps:',
        '      - { uses: actions/download-artifact@v5, with: { name: web, path: got } }',
        '      - run: cat got/a.txt got/deep/b.txt',
      ),
    };
    const result = await lab.push(files);
    expect(result.conclusion).toBe('success');
    expect(logOf(job(result, 'use'))).toContain('one\ntwo');
    expect(job(result, 'build').steps.find(step => step.name === 'again')?.outcome).toBe('failure');
  });

  test('checkout of a ref that does not exist fails', async () => {
    expect((await run('- { uses: actions/checkout@v6, with: { ref: gone } }')).conclusion).toBe('failure');
  });

  test('what one of them masks nobody reads, in its log and in those after it', async () => {
    await lab.close();
    lab = await createLab({
      knownActions: {
        'acme/log-in': {
          inputs: {},
          run({ mask, log, setOutput }) {
            mask('hunter2');
            log('the password is hunter2');
            setOutput('password', 'hunter2');
          },
        },
      },
    });
    const work = await run('- { id: in, uses: acme/log-in@v1 }\n- run: echo "again ${{ steps.in.outputs.password }}"');
    expect(logOf(work)).toContain('the password is ***');
    expect(logOf(work)).toContain('again ***');
    expect(logOf(work)).not.toContain('hunter2');
  });

  test('an input that is not modelled fails the step, and is a fault of the lab', async () => {
    const asked = run('- { uses: actions/checkout@v6, with: { lfs: true } }');
    await expect(asked).rejects.toThrow("The lab does not model the input 'lfs'");
  });
});
