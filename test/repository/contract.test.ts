import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import {
  inputsRead,
  loadGetInputs,
  loadOwnOutputs,
  publishedActions,
  readMetadata,
  readSources,
  writtenActions,
} from './actions.ts';
import { inputProperties, inputsUsed, outputsSet, runActionText } from './code.ts';
import { repository } from './modules.ts';

const common = inputProperties(
  readFileSync(join(repository, 'packages/action-kit/common-inputs.ts'), 'utf8'),
  'CommonInputs',
);

/** They change nothing, whether they are asked to look only or not. */
const onlyLook = ['check-flow', 'doctor'];

const kebabCase = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

test('every action that is written is published, and the other way round', () => {
  expect(publishedActions()).toEqual(writtenActions());
  expect(writtenActions()).not.toEqual([]);
});

test('the entry starts every action, and only these', () => {
  const entry = readFileSync(join(repository, 'actions/suite.ts'), 'utf8');
  const started = [...entry.matchAll(/import\('\.\/([a-z-]+)\/main\.ts'\)/g)].map(([, name]) => name);
  expect(started.toSorted()).toEqual(writtenActions());
});

describe.each(publishedActions())('%s', action => {
  const sources = readSources(action);
  const main = sources[`actions/${action}/main.ts`] ?? '';
  const kind = runActionText(main, 'kind');

  test('runs its own bundle on the runtime of the suite', () => {
    const metadata = readMetadata(action);
    expect(metadata.name).toBe(action);
    expect(runActionText(main, 'name')).toBe(action);
    expect(metadata.runs).toEqual({ using: 'node24', main: `../dist/${action}/index.js` });
    expect(existsSync(join(repository, action, metadata.runs.main))).toBe(true);
  });

  test('describes itself, every input and every output, in kebab-case', () => {
    const metadata = readMetadata(action);
    const described = { ...metadata.inputs, ...metadata.outputs, [action]: metadata };
    expect(Object.keys(described).filter(name => !kebabCase.test(name))).toEqual([]);
    expect(Object.entries(described).filter(([, { description }]) => !description?.endsWith('.'))).toEqual([]);
  });

  test('reads exactly the inputs that it declares (chrnorm/deployment-action: declared inputs that nothing reads)', async () => {
    const metadata = readMetadata(action);
    const read = inputsRead(await loadGetInputs(action), metadata);
    expect([...read].toSorted()).toEqual(Object.keys(metadata.inputs).toSorted());
  });

  test('does something with every input that it reads (chrnorm/deployment-action)', () => {
    const { [`actions/${action}/inputs.ts`]: interfaceSource = '', ...others } = sources;
    const used = new Set(Object.values(others).flatMap(source => [...inputsUsed(source)]));
    const properties = inputProperties(interfaceSource);
    expect(properties).not.toEqual([]);
    expect(common).toHaveLength(4);
    const unused = [...common, ...properties].filter(property => !used.has(property));
    expect(unused).toEqual(onlyLook.includes(action) ? ['dryRun'] : []);
  });

  test('sets exactly the outputs that it declares', async () => {
    const own = await loadOwnOutputs(action);
    const set = Object.values(sources).flatMap(outputsSet);
    const computed = set.filter(name => name === undefined);
    // Names that are computed have to come from a list that can be read here.
    if (own.length === 0) expect(computed).toEqual([]);
    expect(['outcome', 'verdict']).toContain(kind);
    const all = new Set([kind, 'reason', 'result', ...own, ...set.filter(name => name !== undefined)]);
    expect([...all].toSorted()).toEqual(Object.keys(readMetadata(action).outputs).toSorted());
  });
});

describe('the test can fail:', () => {
  test('an input that is read on a condition only is seen', () => {
    const read = inputsRead(
      input => {
        if (input.choice('mode', ['plain', 'fancy']) === 'fancy') input.required('ribbon');
        if (input.flag('loud')) input.problem('volume', 'is missing.');
      },
      { inputs: { mode: { default: 'plain' }, loud: { default: 'false' } } },
    );
    expect([...read]).toEqual(['mode', 'loud', 'ribbon', 'volume']);
  });

  test('an input is used when it is taken from the inputs, not when something else is called the same', () => {
    expect([...inputsUsed('const a = inputs.flow; const { region, role: r } = inputs;')]).toEqual([
      'flow',
      'region',
      'role',
    ]);
    expect([...inputsUsed('export function run({ dryRun }: Inputs) {}')]).toEqual(['dryRun']);
    expect([...inputsUsed('const a = component.flow; const { region } = component;')]).toEqual([]);
  });

  test('every property of the interface counts, an optional one too', () => {
    expect(inputProperties('export interface Inputs { readonly flow: string; role?: { deep: string } }')).toEqual([
      'flow',
      'role',
    ]);
  });

  test('an output with a computed name is seen', () => {
    expect(outputsSet("kit.setOutput('plan', a); setOutput(name, b);")).toEqual(['plan', undefined]);
  });
});
