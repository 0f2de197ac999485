import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createLab, job, type Lab, logOf, steps, stepsOf } from './lab.ts';

let lab: Lab;
beforeEach(async () => {
  lab = await createLab({ variables: () => ({ AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }) });
});
afterEach(() => lab.close());

const work = async (yaml: string) => job(await lab.push(steps(yaml)), 'work');

describe('a run step', () => {
  test('gets env and expressions, and nothing of the parent process', async () => {
    process.env.SECRET_OF_THE_PARENT = 'leak';
    const record = await work('- run: env | sort\n  env: { NAME: "${{ github.repository }}" }');
    delete process.env.SECRET_OF_THE_PARENT;
    const log = logOf(record);
    for (const line of [
      'NAME=acme/shop',
      'CI=true',
      'GITHUB_REF_NAME=main',
      'RUNNER_OS=',
      'AWS_ENDPOINT_URL=http',
      'GITHUB_JOB=work',
    ]) {
      expect(log).toContain(line);
    }
    expect(log).not.toContain('leak');
    expect(log).not.toContain('JEST');
    expect(log).not.toContain('ACTIONS_ID_TOKEN');
  });

  test.each([
    ['without a shell a broken pipe is overlooked', '- run: false | true', 'success'],
    ['with shell: bash it is not', '- run: false | true\n  shell: bash', 'failure'],
    ['the first failing command ends it', '- run: |\n    false\n    true', 'failure'],
  ])('%s', async (_, yaml, conclusion) => {
    expect((await work(yaml)).conclusion).toBe(conclusion);
  });

  test('says its exit code', async () => {
    expect((await work('- run: exit 7')).annotations).toEqual([
      {
        level: 'failure',
        message: 'Process completed with exit code 7.',
        file: '.github',
        line: 1,
        endLine: 1,
        step: 'Run exit 7',
      },
    ]);
  });

  test('shows the paths of a hosted runner, and names annotated files from the workspace', async () => {
    const record = await work('- run: pwd && echo "::error file=$PWD/src/a.js::Broken"');
    expect(logOf(record)).toContain('\n/home/runner/work/shop/shop\n');
    expect(record.annotations[0]?.file).toBe('src/a.js');
  });

  test('an env that cannot be evaluated fails the job when it is set up', async () => {
    const { jobs } = await lab.push({
      '.github/workflows/a.yml':
        'on: push\njobs:\n  a: { runs-on: x, env: { A: "${{ fromJSON(github.ref) }}" }, steps: [{ run: "true" }] }',
    });
    expect(jobs[0]?.steps.map(step => step.conclusion)).toEqual(['failure', 'skipped', 'success']);
  });

  test('sleeps on lab time', async () => {
    const record = await work('- run: sleep 90m');
    expect((record.completedAt ?? 0) - (record.startedAt ?? 0)).toBe(90 * 60_000);
  });
});

describe('what steps tell each other', () => {
  test('outputs, variables, PATH and summaries', async () => {
    const record = await work(
      [
        '- id: one',
        '  run: |',
        '    echo "version=1.2.3" >> $GITHUB_OUTPUT',
        '    echo "COLOR=blue" >> $GITHUB_ENV',
        '    mkdir -p "$RUNNER_TEMP/bin" && printf "#!/bin/sh\\necho tool says hi\\n" > "$RUNNER_TEMP/bin/tool" && chmod +x "$RUNNER_TEMP/bin/tool"',
        '    echo "$RUNNER_TEMP/bin" >> $GITHUB_PATH',
        '    echo "# Done" >> $GITHUB_STEP_SUMMARY',
        '- run: tool && echo "${{ steps.one.outputs.version }} $COLOR ${{ env.COLOR }} ${{ steps.one.outcome }}"',
      ].join('\n'),
    );
    expect(record.conclusion).toBe('success');
    expect(logOf(record)).toContain('tool says hi\n1.2.3 blue blue success');
    expect(record.steps[1]).toMatchObject({ outputs: { version: '1.2.3' }, summary: '# Done\n' });
  });

  test('a GITHUB_ variable cannot be replaced', async () => {
    const record = await work(
      '- run: echo "GITHUB_REF=refs/heads/evil" >> $GITHUB_ENV\n- run: echo "ref is $GITHUB_REF"',
    );
    expect(logOf(record)).toContain('ref is refs/heads/main');
  });

  test('a file command that cannot be read fails the step', async () => {
    const record = await work('- run: echo nonsense >> $GITHUB_OUTPUT');
    expect(record.conclusion).toBe('failure');
    expect(record.annotations.map(one => one.message)).toContain("Invalid format 'nonsense'");
  });
});

describe('conditions of steps', () => {
  test('after a failure only those run that ask for it', async () => {
    const record = await work(
      [
        '- { name: breaks, run: "false" }',
        '- { name: default, run: "true" }',
        '- { name: failure, if: failure(), run: "true" }',
        '- { name: always, if: always(), run: "true" }',
        '- { name: no status function, if: "github.ref == \'refs/heads/main\'", run: "true" }',
        '- { name: cancelled, if: cancelled(), run: "true" }',
      ].join('\n'),
    );
    expect(stepsOf(record)).toEqual({
      breaks: 'failure',
      default: 'skipped',
      failure: 'success',
      always: 'success',
      'no status function': 'skipped',
      cancelled: 'skipped',
    });
    expect(record.conclusion).toBe('failure');
  });

  test('continue-on-error: the outcome is failure, the conclusion success', async () => {
    const record = await work(
      '- { id: a, run: "false", continue-on-error: true }\n- run: echo "${{ steps.a.outcome }} ${{ steps.a.conclusion }}"',
    );
    expect(record.conclusion).toBe('success');
    expect(logOf(record)).toContain('failure success');
  });

  test('a step that takes too long has failed', async () => {
    const record = await work(
      '- { name: long, run: "sleep 1h", timeout-minutes: 10 }\n- { name: after, if: failure(), run: "true" }',
    );
    expect(stepsOf(record)).toEqual({ long: 'failure', after: 'success' });
    expect(record.annotations.map(one => one.message)).toContain("The action 'long' has timed out after 10 minutes.");
  });
});

describe('commands in the output', () => {
  test('annotations with places, ten of a level from one step', async () => {
    const record = await work(
      '- run: |\n    echo "::warning file=src/a.js,line=3,endLine=4,col=5,title=Careful::Old"\n    for i in $(seq 12); do echo "::notice::$i"; done',
    );
    expect(record.annotations[0]).toMatchObject({
      level: 'warning',
      file: 'src/a.js',
      line: 3,
      endLine: 4,
      column: 5,
      title: 'Careful',
      message: 'Old',
    });
    expect(record.annotations.filter(one => one.level === 'notice')).toHaveLength(10);
  });

  test('groups, debug lines and stopped commands are told apart', async () => {
    const record = await work(
      '- run: |\n    echo "::group::Inside"\n    echo "::endgroup::"\n    echo "::stop-commands::abc"\n    echo "::error::text"\n    echo "::abc::"\n    echo "::debug::deep"',
    );
    const kinds = record.steps[1]?.log.filter(line => line.text !== '').map(line => `${line.kind}: ${line.text}`);
    expect(kinds?.slice(-5)).toEqual([
      'group: Inside',
      'command: ::stop-commands::abc',
      'text: ::error::text',
      'text: ::abc::',
      'debug: deep',
    ]);
    expect(record.annotations).toEqual([]);
  });

  test('secrets, tokens and added masks are hidden everywhere', async () => {
    lab.github.secrets.PASSWORD = 'correct-horse';
    const record = await work(
      [
        '- run: |',
        '    echo "::add-mask::battery"',
        '    echo "$P battery"',
        '    echo "::error::$P"',
        '    echo "$P" >> $GITHUB_STEP_SUMMARY',
        '    echo "token ${{ github.token }}"',
        '  env: { P: "${{ secrets.PASSWORD }}" }',
      ].join('\n'),
    );
    const everything = JSON.stringify(record);
    for (const secret of ['correct-horse', 'battery\\n', 'ghs_']) expect(everything).not.toContain(secret);
    expect(logOf(record)).toContain('*** ***');
    expect(record.steps[1]?.summary).toBe('***\n');
  });

  test('set-env is refused', async () => {
    const record = await work('- run: echo "::set-env name=A::1"');
    expect(record.conclusion).toBe('failure');
    expect(record.annotations.at(-1)?.message).toContain('The `set-env` command is disabled.');
  });
});
