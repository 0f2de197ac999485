import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

/** `npm run demo`, but for the story that it tells: the scenarios are played elsewhere. */
const main = join(import.meta.dirname, '../../packages/lab/demo.ts');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'demo-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function demo(...args: readonly string[]) {
  const env = { ...process.env, npm_lifecycle_event: 'demo', INIT_CWD: folder };
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { env, encoding: 'utf8' });
  return { status, stdout, stderr };
}

test('--list names every scenario with what it shows', () => {
  const { status, stdout } = demo('--list');
  expect(status).toBe(0);
  expect(stdout).toMatch(/^unifocus +Unifocus goes dev → stage → prod/m);
  expect(stdout).toMatch(/^ecs\/throttled +Two minutes of throttling cost time and nothing else$/m);
  expect(stdout).not.toContain('.world');
  expect(stdout).not.toContain('not a valid scenario');
});

test('--scenario plays that one, tells how it goes, and --report says where its page is written, from where the person stands', () => {
  const { status, stdout } = demo('--scenario', 'ecs/wrong-inputs', '--report', 'page');
  expect(stdout).toMatch(/✖ Deploy[\s\S]*✔ test\/scenarios\/ecs\/wrong-inputs\.yml: \d+ of \d+ expectations held/);
  expect(status).toBe(0);
  const [page = ''] = readdirSync(join(folder, 'page'));
  expect(stdout).toContain(join(folder, 'page', page));
  expect(readFileSync(join(folder, 'page', page), 'utf8')).toContain('Every wrong input is named at once');
}, 60_000);

test.each([
  ['a scenario that is not there', 'ecs/nothing', '`npm run demo -- --list` shows those that there are'],
  ['a name that several have', 'cancelled', 'ecs/cancelled'],
])('%s is said, with exit code 2', (_what, name, said) => {
  const { status, stderr } = demo('--scenario', name, '--report', 'page');
  expect(stderr).toContain(said);
  expect(status).toBe(2);
});
