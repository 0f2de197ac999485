import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

/** Every scenario file, played as anybody would: the committed workflows and bundles against the lab, over HTTP. */
const root = join(import.meta.dirname, '..');
const files = readdirSync(join(root, 'test/scenarios'), { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.yml') && !file.endsWith('.world.yml'))
  .toSorted();

test.concurrent.each(files)('%s', async file => {
  const { code, output } = await play(join('test/scenarios', file));
  if (code !== 0) throw new Error(output);
  expect(output).toMatch(/expectations held/);
});

function play(file: string): Promise<{ readonly code: number | null; readonly output: string }> {
  const child = spawn(process.execPath, ['packages/lab/scenario/main.ts', file], { cwd: root });
  let output = '';
  child.stdout.on('data', chunk => {
    output += chunk;
  });
  child.stderr.on('data', chunk => {
    output += chunk;
  });
  return new Promise(resolve => child.on('close', code => resolve({ code, output })));
}
