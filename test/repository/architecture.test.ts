import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { cyclesOf } from './cycles.ts';
import { modulesOf, readManifest, readModules, repository } from './modules.ts';
import { violationsOf } from './violations.ts';

describe('the sources', () => {
  const modules = readModules();
  const declared = new Set(Object.keys(readManifest().devDependencies));

  test('are there to be read', () => {
    expect(modules.length).toBeGreaterThan(50);
  });

  test('import only downwards, only what their layer may, and stay under 400 lines', () => {
    expect(violationsOf(modules, declared)).toEqual([]);
  });

  test('import in no circle, types included', () => {
    expect(cyclesOf(modules)).toEqual([]);
  });
});

test('no script and no test is longer than 400 lines either', () => {
  const files = globSync('{scripts,test}/**/*.ts', { cwd: repository });
  const long = files.filter(file => readFileSync(join(repository, file), 'utf8').split('\n').length > 401);
  expect(long).toEqual([]);
});

/** A small tree without a fault; each case below adds one file to it. */
const sound: Readonly<Record<string, string>> = {
  'actions/suite.ts': "export const load = () => [import('./deploy/main.ts'), import('#cli/main')];",
  'actions/deploy/main.ts': "import { deploy } from './deploy.ts';",
  'actions/deploy/deploy.ts': "import { ecs } from '#targets/ecs';",
  'actions/hold/hold.ts': "import type { Outcome } from '#core/outcome';",
  'packages/action-kit/kit.ts': "import { info } from '@actions/core';\nimport '#aws/ecs';",
  'packages/cli/main.ts': "import '#github/journal';",
  'packages/targets/ecs.ts': "import { createEcs } from '#aws/ecs';",
  'packages/github/journal.ts': "import type { Outcome } from '#core/outcome';\nimport { readFile } from 'node:fs';",
  'packages/aws/ecs.ts': "import { ECSClient } from '@aws-sdk/client-ecs';",
  'packages/core/outcome.ts': "import * as z from 'zod/mini';",
  'packages/lab/world.ts': "import { ECSClient } from '@aws-sdk/client-ecs';\nimport { z } from 'zod';",
};

const declared = new Set(['@actions/core', '@aws-sdk/client-ecs', 'zod', 'yaml']);
const aliases = Object.fromEntries(
  ['actions', 'cli', 'action-kit', 'targets', 'github', 'aws', 'core', 'lab'].map(layer => [
    `#${layer}/*`,
    layer === 'actions' ? './actions/*.ts' : `./packages/${layer}/*.ts`,
  ]),
);

function faultsWith(path: string, text: string): readonly string[] {
  const modules = modulesOf(Object.entries({ ...sound, [path]: text }), aliases);
  return [...violationsOf(modules, declared), ...cyclesOf(modules)];
}

describe('the test can fail:', () => {
  test('a sound tree has no fault', () => {
    expect(faultsWith('packages/core/more.ts', "export type { Outcome } from './outcome.ts';")).toEqual([]);
  });

  test.each([
    ['an adapter imports another', 'packages/targets/x.ts', "import '#github/journal';", 'targets ↛ github'],
    ['an import points upwards', 'packages/aws/x.ts', "import '#targets/ecs';", 'aws ↛ targets'],
    ['so does a type', 'packages/core/x.ts', "import type { A } from '#aws/ecs';", 'core ↛ aws'],
    ['so does a type in a type', 'packages/core/x.ts', "type A = import('#aws/ecs').A;", 'core ↛ aws'],
    ['so does a re-export', 'packages/core/x.ts', "export * from '#aws/ecs';", 'core ↛ aws'],
    ['so does a lazy import', 'packages/core/x.ts', "const a = await import('../aws/ecs.ts');", 'core ↛ aws'],
    ['a package reaches for an action', 'packages/targets/x.ts', "import '#actions/hold/hold';", 'targets ↛ actions'],
    ['an action imports a command', 'actions/deploy/x.ts', "import '#cli/main';", 'actions ↛ cli'],
    ['a command imports an action', 'packages/cli/x.ts', "import '#actions/hold/hold';", 'cli ↛ actions'],
    ['a command speaks to the runner', 'packages/cli/x.ts', "import '#action-kit/kit';", 'cli ↛ action-kit'],
    ['the product imports the lab', 'actions/deploy/x.ts', "import '#lab/world';", 'actions ↛ lab'],
    ['the lab imports the product', 'packages/lab/x.ts', "import '#targets/ecs';", 'lab ↛ targets'],
    ['an action imports another', 'actions/deploy/x.ts', "import '../hold/hold.ts';", 'which is another action'],
    ['an action imports the entry', 'actions/hold/x.ts', "import '../suite.ts';", 'which is the entry'],
    ['core does I/O', 'packages/core/x.ts', "import { readFile } from 'node:fs';", 'core is pure'],
    ['core takes the whole of zod', 'packages/core/x.ts', "import { z } from 'zod';", 'zod, which is not for core'],
    ['an SDK client outside aws', 'packages/targets/x.ts', "import '@aws-sdk/client-ecs';", 'not for targets'],
    ['so is its type', 'packages/targets/x.ts', "import type { A } from '@aws-sdk/client-ecs';", 'not for targets'],
    ['@actions/core outside action-kit', 'actions/deploy/x.ts', "import '@actions/core';", 'not for actions'],
    ['a package that nobody declares', 'packages/lab/x.ts', "import 'left-pad';", 'package.json does not declare'],
    ['an import that has to be computed', 'packages/aws/x.ts', 'await import(process.title);', 'a running program'],
    ['an alias that nobody defines', 'packages/aws/x.ts', "import '#utils/x';", 'nothing resolves'],
    ['a file that is not there', 'packages/aws/x.ts', "import './gone.ts';", 'no source file'],
    ['a folder without a layer', 'packages/utils/x.ts', 'export {};', 'is in no layer'],
    ['a circle', 'packages/core/outcome.ts', "import '#core/outcome';", 'core/outcome.ts → packages/core/outcome.ts'],
    ['a circle of types', 'packages/core/x.ts', "import type { A } from './x.ts';", 'x.ts → packages/core/x.ts'],
    ['a long file', 'packages/core/x.ts', '\n'.repeat(401), 'has 401 lines'],
  ])('%s', (_, path, text, fault) => {
    expect(faultsWith(path, text)).toEqual([expect.stringContaining(fault)]);
  });

  test('a circle through several files', () => {
    const files = {
      'packages/core/a.ts': "import './b.ts';",
      'packages/core/b.ts': "import type { A } from '#core/a';",
    };
    expect(cyclesOf(modulesOf(Object.entries(files), aliases))).toEqual([
      'packages/core/a.ts → packages/core/b.ts → packages/core/a.ts',
    ]);
  });
});
