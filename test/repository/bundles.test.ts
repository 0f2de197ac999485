import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { publishedActions, readMetadata } from './actions.ts';
import { repository } from './modules.ts';

const matchesSchema = new Ajv2020({ allErrors: true, strictTypes: false }).compile(
  JSON.parse(readFileSync(join(repository, 'schema/result.schema.json'), 'utf8')),
);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-actions-bundles-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(publishedActions())('dist/%s, with a mistake in an input and nothing else of the runner,', action => {
  test('is red without a call, and says so in a result that the published schema describes', () => {
    const { status, outputs } = start(action, { INPUT_FLOW: '', 'INPUT_DRY-RUN': 'perhaps' });
    expect(status).toBe(1);
    const result: unknown = JSON.parse(outputs.get('result') ?? 'null');
    expect(result).toMatchObject({ action, reason: 'input-invalid' });
    expect([result, matchesSchema(result) ? [] : matchesSchema.errors]).toEqual([result, []]);
    expect(Object.keys(readMetadata(action).outputs)).toEqual(expect.arrayContaining([...outputs.keys()]));
  });
});

test('the schema of results can refuse', () => {
  const result = { schema: 1, action: 'deploy', reason: 'cancelled', message: '', evidence: {}, outcome: 'stopped' };
  expect(matchesSchema(result)).toBe(true);
  expect(matchesSchema({ ...result, reason: 'because' })).toBe(false);
  expect(matchesSchema({ ...result, outcome: undefined, verdict: 'pass' })).toBe(false);
  expect(matchesSchema({ ...result, findings: [{ reason: 'cancelled' }] })).toBe(false);
});

/** Starts a committed bundle as the runner does, with an environment of its own. */
function start(action: string, inputs: Readonly<Record<string, string>>) {
  const file = join(folder, `${action}.outputs`);
  writeFileSync(file, '');
  const bundle = join(repository, 'dist', action, 'index.js');
  const env = { PATH: process.env.PATH ?? '', GITHUB_OUTPUT: file, ...inputs };
  const { status } = spawnSync('node', [bundle], { cwd: folder, env, encoding: 'utf8' });
  return { status, outputs: readOutputs(readFileSync(file, 'utf8')) };
}

/** `name<<delimiter`, the value, `delimiter`: how actions hand outputs to the runner. */
function readOutputs(text: string): ReadonlyMap<string, string> {
  const entries = text.matchAll(/^(?<name>[^<\n]+)<<(?<delimiter>\S+)\n(?<value>[\s\S]*?)\n\k<delimiter>$/gm);
  return new Map([...entries].map(({ groups = {} }) => [groups.name ?? '', groups.value ?? '']));
}
