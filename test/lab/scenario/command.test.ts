import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

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
  { named = Object.keys(files), cwd = folder, env = {} } = {},
): Promise<{ readonly code: number | null; readonly output: string }> {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const child = spawn(process.execPath, [main, ...named], { cwd, env: { ...process.env, ...env } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (output += chunk));
  return new Promise(end => child.on('close', code => end({ code, output })));
}

test('exit 0: every expectation held, in a folder that is not the project’s', async () => {
  const { code, output } = await play({ 'good.yml': story('Hello dana') });
  expect(output).toContain('✔ good.yml: 1 of 1 expectations held');
  expect(code).toBe(0);
});

test('through npm, a file is named from where the person stands, not from the project', async () => {
  const npm = { npm_lifecycle_event: 'scenario', INIT_CWD: folder };
  const { code } = await play({ 'good.yml': story('Hello dana') }, { cwd: tmpdir(), env: npm });
  expect(code).toBe(0);
});

test('exit 1: an expectation fell short; its line is named', async () => {
  const { code, output } = await play({ 'short.yml': story('Hello otto') });
  const line = story('').split('\n').findIndex(text => text.includes('- step:')) + 1;
  expect(output).toContain(`short.yml:${line}: `);
  expect(output).toContain('0 of 1 expectations held');
  expect(code).toBe(1);
});

test('exit 1: nothing was expected, so nothing was shown', async () => {
  const { code, output } = await play({ 'idle.yml': `${world}steps: []\n` });
  expect(output).toContain('0 of 0 expectations held');
  expect(code).toBe(1);
});

test('exit 1: a step that cannot be done says why', async () => {
  const { code, output } = await play({ 'absent.yml': `${world}steps: [{ dispatch: { workflow: no.yml, by: dana } }]\n` });
  expect(output).toMatch(/✖ absent\.yml: .*Not Found/);
  expect(code).toBe(1);
});

test('the worst of several files counts', async () => {
  const files = { 'good.yml': story('Hello dana'), 'wrong.yml': 'name: 7\n' };
  const { code, output } = await play(files, { named: ['wrong.yml', 'good.yml'] });
  expect(output).toContain('✔ good.yml');
  expect(code).toBe(2);
});

describe('exit 2: not a valid scenario, with line and column', () => {
  const wrong: readonly (readonly [what: string, text: string, said: string])[] = [
    ['not YAML', 'name: [\n', 'wrong.yml:2:1: '],
    ['a key that nobody knows', `${world}steps: []\nsteeps: []\n`, 'wrong.yml:'],
    ['a verb that nobody knows', `${world}steps:\n  - pull: { by: dana }\n`, 'wrong.yml:9:'],
    ['a missing part', world.replace(/^aws.*$/m, 'steps: []'), 'aws'],
    ['a person who is not there', `${world}steps:\n  - push: { by: mia, message: Hi }\n`, 'wrong.yml:9:17: steps[0].push.by: there is no person mia; there is dana'],
    ['a folder that is not there', `${world.replace('files: repository', 'files: nowhere')}steps: []\n`, 'wrong.yml:5:45: repository.files: there is no folder nowhere'],
    ['a time that is none', `${world.replace('2026-11-17T00:00:00Z', 'tomorrow')}steps: []\n`, 'wrong.yml:3:8: start: is not a time'],
    ['a host that nothing answers at', `${world}steps:\n  - expect: [{ serves: { host: a.example, version: 1.0.0 } }]\n`, 'there is no host a.example; there is none'],
  ];
  test.each(wrong)('%s', async (_what, text, said) => {
    const { code, output } = await play({ 'wrong.yml': text });
    expect(output).toContain(said);
    expect(code).toBe(2);
  });

  test('a mistake of the file that is extended is shown there', async () => {
    const base = world.replace(/^name.*\n/m, '').replace('[dana]', '7');
    const { code, output } = await play(
      { 'base.world.yml': base, 'child.yml': 'name: A child\nextends: base.world.yml\nsteps: []\n' },
      { named: ['child.yml'] },
    );
    expect(output).toMatch(/base\.world\.yml:3:9: people: /);
    expect(code).toBe(2);
  });

  test('a file that is not there', async () => {
    const { code, output } = await play({}, { named: ['nowhere.yml'] });
    expect(output).toContain('nowhere.yml:1:1: ');
    expect(code).toBe(2);
  });

  test('no file at all', async () => {
    expect(await play({})).toMatchObject({ code: 2, output: expect.stringContaining('Which scenario?') });
  });
});
