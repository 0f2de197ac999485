import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { flowJsonSchema, type JsonSchema } from '#core/flow/json-schema';
import { small, UNIFOCUS } from './fixture.ts';

const file = new URL('../../../schema/release-flow.schema.json', import.meta.url);

describe('the schema that editors use', () => {
  const schema = flowJsonSchema();
  const validate = new Ajv({ allErrors: true, strict: true, strictTypes: false }).compile(schema);

  test('is the one that is committed (otherwise: node scripts/generate-schema.ts)', () => {
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(schema);
  });

  test('accepts the file of Unifocus', () => {
    expect(validate(parse(UNIFOCUS))).toBe(true);
  });

  test.each([
    ['an unknown key', UNIFOCUS.replace('region:', 'regoin:')],
    ['an unknown target', UNIFOCUS.replace('target: ecs', 'target: ecss')],
    ['a key of another target', UNIFOCUS.replace('artifact: web', 'artifact: web\n    cluster: x')],
    ['a wrong type', UNIFOCUS.replace('before: [npx, prisma, migrate, deploy]', 'before: npx')],
    ['a bad duration', UNIFOCUS.replace('for: 1h', 'for: 1hour')],
    ['an unknown key in an override', small({ environment: 'components: { api: { clutser: x } }' })],
  ])('refuses %s', (_, text) => {
    expect(validate(parse(text))).toBe(false);
  });

  test('leaves x- keys to people', () => {
    expect(validate(parse(`${UNIFOCUS}x-anything: [1]\n`))).toBe(true);
  });

  test('describes every key', () => {
    expect(keysWithoutDescription(schema)).toEqual([]);
  });
});

function keysWithoutDescription(schema: unknown, path = ''): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties, ...rest } = schema as JsonSchema;
  const missing = Object.entries(properties ?? {}).flatMap(([key, value]: [string, unknown]) => {
    const here = `${path}.${key}`;
    const described = typeof value === 'object' && value !== null && 'description' in value;
    return [...(described ? [] : [here]), ...keysWithoutDescription(value, here)];
  });
  return [
    ...missing,
    ...Object.entries(rest).flatMap(([key, value]) => keysWithoutDescription(value, `${path}.${key}`)),
  ];
}
