import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { scenarioJsonSchema } from '../../../packages/lab/scenario/json-schema.ts';

/** What an editor says about a scenario file, as somebody writes it. */
const root = join(import.meta.dirname, '../../..');
const schema = scenarioJsonSchema();
const marks = new Ajv({ allErrors: true, strict: false }).compile(schema);
const files = globSync('test/scenarios/**/*.yml', { cwd: root, exclude: ['**/*.world.yml'] }).toSorted();

test('no scenario of the project is marked', () => {
  expect(files.length).toBeGreaterThan(1);
  const marked = files.filter(file => !marks(parse(readFileSync(join(root, file), 'utf8'))));
  expect(marked).toEqual([]);
});

test.each([
  ['a verb that nobody knows', { pull: { by: 'dana' } }],
  ['a duration that is a number', { wait: 90 }],
  ['a fault of a kind that there is not', { 'github-fault': { call: 'GET /user', fault: { kind: 'sleepy' } } }],
  ['an expectation that nobody knows', { expect: [{ weather: 'fine' }] }],
])('%s is marked', (_what, step) => {
  expect(marks({ name: 'One step', steps: [{ wait: '1m' }] })).toBe(true);
  expect(marks({ name: 'One step', steps: [step] })).toBe(false);
});

describe('whoever hovers over a key is told what it means:', () => {
  const step = at('properties', 'steps', 'items', 'properties');
  const expectation = at('properties', 'steps', 'items', 'properties', 'expect', 'items', 'properties');

  test.each([
    ['verbs', step, ['expect']],
    ['expectations', expectation, []],
  ])('%s', (_what, keys, but: readonly string[]) => {
    const silent = Object.entries(keys).filter(([, key]) => !('description' in Object(key)));
    expect(silent.map(([name]) => name)).toEqual(but);
  });
});

function at(...path: readonly string[]): Readonly<Record<string, unknown>> {
  const found = path.reduce<unknown>((value, part) => Reflect.get(Object(value), part), schema);
  return { ...Object(found) };
}
