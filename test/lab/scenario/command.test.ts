import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { formatProblem } from '#core/flow/problem';
import { readScenario } from '../../../packages/lab/scenario/read.ts';

/** `npm run scenario`, as somebody uses it who keeps scenarios in a project of their own. */
const main = join(import.meta.dirname, '../../../packages/lab/scenario/main.ts');

/** A repository whose one workflow says what it was pushed. */
const world = `
name: A push is greeted
start: 2026-11-17T00:00:00Z
people: [dana]
repository: { name: acme/hello, files: repository }
applications: {}
aws: { region: eu-west-1, services: [] }
`;
const workflow = `
name: hello
on: push
permissions: {}
jobs:
  greet:
    runs-on: ubuntu-latest
    steps:
      - { name: Greet, run: echo "Hello $GITHUB_ACTOR" }
`;
const story = (log: string) => `${world}
steps:
  - push: { by: dana, message: Hello, files: { greeting.txt: Hello } }
    expect:
      - step: { name: Greet, conclusion: success, log: ${log} }
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'scenarios-of-somebody-'));
  mkdirSync(join(folder, 'repository/.github/workflows'), { recursive: true });
  writeFileSync(join(folder, 'repository/.github/workflows/hello.yml'), workflow);
});
afterAll(() => rmSync(folder, { recursive: true }));

function play(
  files: Readonly<Record<string, string>>,
  { cwd = folder, env = {} } = {},
): Promise<{ readonly code: number | null; readonly output: string }> {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const child = spawn(process.execPath, [main, ...Object.keys(files)], { cwd, env: { ...process.env, ...env } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (output += chunk));
  return new Promise(end => child.on('close', code => end({ code, output })));
}

test('exit 0: every expectation held; a file is named from where the person stands, not from the project', async () => {
  const npm = { npm_lifecycle_event: 'scenario', INIT_CWD: folder };
  const { code, output } = await play({ 'good.yml': story('Hello dana') }, { cwd: tmpdir(), env: npm });
  expect(output).toContain('✔ good.yml: 1 of 1 expectations held');
  expect(code).toBe(0);
});

test('exit 1: what was expected did not come, nothing was expected, or a step could not be done', async () => {
  const { code, output } = await play({
    'short.yml': story('Hello otto'),
    'idle.yml': `${world}steps: []\n`,
    'absent.yml': `${world}steps: [{ dispatch: { workflow: no.yml, by: dana } }]\n`,
  });
  const line =
    story('')
      .split('\n')
      .findIndex(text => text.includes('- step:')) + 1;
  expect(output).toContain(`✖ short.yml:${line}: `);
  expect(output).toContain('✖ short.yml: 0 of 1 expectations held');
  expect(output).toContain('✖ idle.yml: 0 of 0 expectations held');
  expect(output).toContain('✖ absent.yml:8: Not Found');
  expect(code).toBe(1);
});

test('exit 2: not a valid scenario; the worst of several files counts', async () => {
  const { code, output } = await play({ 'wrong.yml': 'name: 7\n', 'good.yml': story('Hello dana') });
  expect(output).toContain('wrong.yml:1:7: name: ');
  expect(output).toContain('✔ good.yml');
  expect(code).toBe(2);
});

test('exit 2: no file at all', async () => {
  expect(await play({})).toMatchObject({ code: 2, output: expect.stringContaining('Which scenario?') });
});

describe('a mistake has its line and column:', () => {
  const wrong: readonly (readonly [what: string, text: string, said: string])[] = [
    ['not YAML', 'name: [\n', '2:1: '],
    [
      'a key that nobody knows',
      `${world}steps: []\nsteeps: []\n`,
      '9:1: steeps: unknown key `steeps` (did you mean `steps`?)',
    ],
    [
      'a verb that nobody knows',
      `${world}steps:\n  - pull: { by: dana }\n`,
      '9:5: steps[0].pull: unknown key `pull` (known here: chapter, ',
    ],
    ['a missing part', world.replace(/^aws.*$/m, 'steps: []'), 'aws: `aws` is missing'],
    [
      'a person who is not there',
      `${world}steps:\n  - push: { by: mia, message: Hi }\n`,
      '9:17: steps[0].push.by: there is no person mia; there is dana',
    ],
    [
      'a folder that is not there',
      `${world.replace('files: repository', 'files: nowhere')}steps: []\n`,
      '5:40: repository.files: there is no folder nowhere',
    ],
    [
      'a time that is none',
      `${world.replace('2026-11-17T00:00:00Z', 'tomorrow')}steps: []\n`,
      '3:8: start: is not a time',
    ],
    [
      'a host that nothing answers at',
      `${world}steps:\n  - expect: [{ serves: { host: a.example, version: 1.0.0 } }]\n`,
      '9:32: steps[0].expect[0].serves.host: there is no host a.example; there is none',
    ],
  ];
  test.each(wrong)('%s', (_what, text, said) => {
    writeFileSync(join(folder, 'wrong.yml'), text);
    expect(problemsOf('wrong.yml')).toContain(`wrong.yml:${said}`.replace(/^wrong\.yml:(?!\d)/, ''));
  });

  test('in the file that is extended, when it stands there', () => {
    writeFileSync(join(folder, 'base.world.yml'), world.replace(/^name.*\n/m, '').replace('[dana]', '7'));
    writeFileSync(join(folder, 'child.yml'), 'name: A child\nextends: base.world.yml\nsteps: []\n');
    expect(problemsOf('child.yml')).toMatch(/^base\.world\.yml:3:9: people: /);
  });

  test('a file that is not there', () => {
    expect(problemsOf('nowhere.yml')).toBe('nowhere.yml:1:1: cannot be read');
  });

  function problemsOf(file: string): string {
    const read = readScenario(join(folder, file));
    if (read.ok) throw new Error(`${file} is a valid scenario`);
    return read.problems.map(formatProblem).join('\n').replaceAll(`${folder}/`, '');
  }
});
