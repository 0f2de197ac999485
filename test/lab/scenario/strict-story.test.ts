import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { type Played, runScenario } from '../../../packages/lab/scenario/run.ts';
import { verdictOf } from '../../../packages/lab/scenario/verdict.ts';

/** Tiny scenarios that must fall short, each for its own reason. */
jest.setTimeout(60_000);

const workflows = {
  'hello.yml': `
name: hello
on: { push: { branches: [main] }, workflow_dispatch: {} }
permissions: {}
jobs:
  greet:
    runs-on: ubuntu-latest
    steps: [{ name: Greet, run: echo hello }]
  greet-again:
    runs-on: ubuntu-latest
    steps: [{ name: Greet, run: echo hello again }]
`,
  'gate.yml': `
name: gate
on: workflow_dispatch
permissions: {}
jobs:
  enter:
    runs-on: ubuntu-latest
    environment: prod
    steps: [{ name: Enter, run: echo inside }]
`,
  'answer.yml': `
name: answer
on: { workflow_dispatch: { inputs: { result: { type: string } } } }
permissions: {}
jobs:
  answer:
    runs-on: ubuntu-latest
    steps:
      - name: Deploy
        env: { RESULT: '\${{ inputs.result }}' }
        run: |
          echo "outcome=no-op" >>"$GITHUB_OUTPUT"
          echo "reason=dry-run" >>"$GITHUB_OUTPUT"
          echo "result=$RESULT" >>"$GITHUB_OUTPUT"
`,
  'calls.yml': `
name: calls
on: workflow_dispatch
permissions: { issues: write }
jobs:
  call:
    runs-on: ubuntu-latest
    steps:
      - name: Call
        env: { AUTHORIZATION: 'authorization: bearer \${{ github.token }}' }
        run: |
          issues="$GITHUB_API_URL/repos/acme/hello/issues"
          curl -sS -A lab -H "$AUTHORIZATION" "$issues" "$issues"
          curl -sS -A lab -H "$AUTHORIZATION" -d '{"title":"Hello"}' "$issues"
`,
  'endless.yml': `
name: endless
on: workflow_dispatch
permissions: {}
jobs:
  spin:
    runs-on: ubuntu-latest
    steps: [{ name: Spin, run: 'while true; do :; done' }]
`,
};

let suite: string;
beforeAll(() => {
  suite = mkdtempSync(join(tmpdir(), 'strict-stories-'));
  mkdirSync(join(suite, 'repository/.github/workflows'), { recursive: true });
  for (const [name, text] of Object.entries(workflows)) {
    writeFileSync(join(suite, 'repository/.github/workflows', name), text);
  }
  mkdirSync(join(suite, '.github/workflows'), { recursive: true });
  mkdirSync(join(suite, 'dist'));
  mkdirSync(join(suite, 'schema'));
  copyFileSync('schema/result.schema.json', join(suite, 'schema/result.schema.json'));
  for (const name of ['release.yml', 'rollback.yml']) writeFileSync(join(suite, '.github/workflows', name), 'on: push');
});
afterAll(() => rmSync(suite, { recursive: true }));

const push = 'push: { by: dana, message: Hello, files: { greeting.txt: Hello } }';

async function play(steps: string, patience?: number) {
  const file = join(suite, 'story.yml');
  writeFileSync(
    file,
    `name: A story
start: 2026-11-17T00:00:00Z
people: [dana, otto]
repository:
  name: acme/hello
  files: repository
  environments: { prod: { reviewers: [otto] } }
applications: {}
aws: { region: eu-west-1, services: [] }
steps:
${steps}`,
  );
  let reported = false;
  const played: Played = await runScenario(file, {
    suite,
    narrate: () => undefined,
    finished: async () => {
      reported = true;
    },
    ...(patience === undefined ? {} : { patience }),
  });
  if (played.kind === 'invalid') throw new Error(played.problems.join('\n'));
  const short = played.expectations.map(each => each.short.join('\n'));
  return { short, troubles: played.troubles.join('\n'), reported, code: verdictOf(file, played, 0).code };
}

test('a run that the step did not start says nothing of the step', async () => {
  const { short, code } = await play(`
  - ${push}
    expect: [{ run: { conclusion: success } }]
  - wait: 1m
    expect: [{ run: { conclusion: success } }, { step: { name: Greet, job: greet, conclusion: success } }]
`);
  expect(short[0]).toBe('');
  expect(short.slice(1)).toEqual(
    Array(2).fill('this step has started, resumed or changed no run; “Hello” is of an earlier one'),
  );
  expect(code).toBe(1);
});

test('a step that several jobs have is told apart by its job; a job that is not there is not expected to be missing', async () => {
  const { short } = await play(`
  - ${push}
    expect:
      - step: { name: Greet, conclusion: success }
      - step: { name: Greet, job: greet-again, log: hello again }
      - step: { name: Greet, job: gret, log: hello }
      - run: { jobs: { gret: success } }
`);
  expect(short).toEqual([
    'run “Hello” has a step “Greet” in greet and greet-again: say which with `job`',
    '',
    'run “Hello” has no job gret; it has greet, greet-again',
    'run “Hello” has no job gret; it has greet, greet-again',
  ]);
});

test('what a run has called of GitHub is counted, and what it has written', async () => {
  const { short, troubles } = await play(`
  - dispatch: { workflow: calls.yml, by: dana }
    expect:
      - run: { conclusion: success, github-at-most: { requests: 3, writes: 1 } }
      - run: { github-at-most: { requests: 2 } }
      - run: { github-at-most: { requests: 3, writes: 0 } }
`);
  expect(troubles).toBe('');
  const issues = '/repos/{owner}/{repo}/issues';
  expect(short).toEqual([
    '',
    `run “calls” called GitHub’s API 3 times, more than 2: 2 × GET ${issues}, 1 × POST ${issues}`,
    `run “calls” wrote to GitHub 1 times, more than 0: 1 × POST ${issues}`,
  ]);
});

test('what should happen meanwhile and never comes, and a fault that strikes nothing, are troubles', async () => {
  const { short, troubles, code } = await play(`
  - ${push}
    meanwhile: [{ after: 1h, delete-branch: { by: dana, branch: main } }]
    aws-fault: { call: ecs.UpdateService, do: throttle }
    github-fault: { call: graphql createCommitOnBranch, fault: { kind: reset-after } }
    expect: [{ run: { conclusion: success } }]
  - aws-fault: { call: ecs.RunTask, do: throttle, optional: true }
`);
  expect(short).toEqual(['']);
  expect(troubles).toMatch(/story\.yml:13: this never came/);
  expect(troubles).toMatch(/story\.yml:\d+: the fault of ecs\.UpdateService struck no call/);
  expect(troubles).toMatch(/story\.yml:\d+: the fault of graphql createCommitOnBranch struck no call/);
  expect(troubles).not.toContain('RunTask');
  expect(code).toBe(1);
});

test('a refusal can be expected; one that does not come falls short', async () => {
  const { short, troubles, code } = await play(`
  - dispatch: { workflow: gate.yml, by: dana }
  - approve: { by: dana, environment: prod }
    refused: You are not a required reviewer
  - approve: { by: otto, environment: prod }
    refused: otto
    expect: [{ run: { conclusion: success } }]
`);
  expect(short).toEqual(['', 'nothing was refused', '']);
  expect(troubles).toBe('');
  expect(code).toBe(1);
});

test.each([
  ['approve: { by: dana, environment: prod }', 'there is no run yet'],
  ['push: { by: dana, message: Hi, branch: nowhere, files: { a: b } }', 'there is no branch nowhere'],
  ['push: { by: dana, message: Hi, version: { api: 1.0.0 } }', 'there is no api/package.json on main'],
  ['dispatch: { workflow: no.yml, by: dana }', 'Not Found'],
])('%s ends the story with its line, and the report is written all the same', async (act, said) => {
  const { troubles, reported, code } = await play(`\n  - ${act}\n`);
  expect(troubles).toMatch(new RegExp(`story\\.yml:12: .*${said}`));
  expect({ reported, code }).toEqual({ reported: true, code: 1 });
});

test('a push may make a branch', async () => {
  const { troubles } = await play(`
  - push: { by: dana, message: Hi, branch: hotfix, from: main, files: { a: b } }
`);
  expect(troubles).toBe('');
});

test('a run that waits can be cancelled by a step of its own, which sees the end of it', async () => {
  const { short, troubles } = await play(`
  - dispatch: { workflow: gate.yml, by: dana }
    expect: [{ run: { conclusion: waiting } }]
  - cancel: { by: dana }
    expect: [{ run: { conclusion: cancelled } }]
`);
  expect(troubles).toBe('');
  expect(short).toEqual(['', '']);
});

const fine = { schema: 1, action: 'deploy', outcome: 'no-op', reason: 'dry-run', message: 'Nothing.', evidence: {} };
test('a result that is not as the published schema has it, or says something else than the outputs, is a trouble', async () => {
  const results = [
    JSON.stringify(fine),
    JSON.stringify({ ...fine, evidence: undefined }),
    JSON.stringify({ ...fine, reason: 'because' }),
    JSON.stringify({ ...fine, outcome: 'failed' }),
    'all is well',
  ];
  const { troubles } = await play(
    results
      .map(result => `  - dispatch: { workflow: answer.yml, by: dana, inputs: ${JSON.stringify({ result })} }`)
      .join('\n'),
  );
  expect(troubles.split('\n').map(line => line.replace(/^run (\d) .*: (.*)$/, '$1 $2'))).toEqual([
    "2  must have required property 'evidence'",
    '3 /reason must be equal to one of the allowed values',
    '4 its outcome is failed, the output outcome is no-op',
    '5 it is no JSON object',
  ]);
});

test('a world that does not come to rest is given up', async () => {
  const { troubles, reported, code } = await play(`\n  - dispatch: { workflow: endless.yml, by: dana }\n`, 3_000);
  expect(troubles).toContain('given up after 3 s');
  expect({ reported, code }).toEqual({ reported: true, code: 1 });
});
