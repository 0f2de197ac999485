import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { smokeJsonSchema } from '#core/smoke/json-schema';
import { parseSmoke } from '#core/smoke/parse';

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../../../${path}`, import.meta.url)), 'utf8');
const validate = new Ajv({ strictTypes: false }).compile(smokeJsonSchema());

/** The smoke file of the README, as a reader would copy it. */
function exampleOfReadme(): string {
  const block = [...read('smoke-test/README.md').matchAll(/```yaml\n(.*?)```/gs)].find(([, text]) =>
    text?.includes('ready:'),
  );
  return block?.[1] ?? '';
}

describe('the schema of smoke files', () => {
  test('is the one that is committed', () => {
    expect(JSON.parse(read('schema/smoke.schema.json'))).toEqual(smokeJsonSchema());
  });

  test('and the parser accept the example of the README', () => {
    const context = { env: 'prod', vars: {}, secrets: { SMOKE_TOKEN: 't' } };
    const result = parseSmoke(exampleOfReadme(), 'smoke.yml', context);
    expect(result).toMatchObject({ ok: true, smoke: { steps: { length: 3 } }, warnings: [] });
    expect(validate(parse(exampleOfReadme()))).toBe(true);
  });

  test.each([
    ['an unknown key', 'stps: []'],
    ['no steps', 'timeout: 5s'],
    ['an empty list of steps', 'steps: []'],
    ['a number for a duration', 'timeout: 5\nsteps: [{ name: a, request: { path: /a } }]'],
    ['a step without a request', 'steps: [{ name: a }]'],
    ['an unknown method', 'steps: [{ name: a, request: { path: /a, method: get } }]'],
    ['a path without a slash', 'steps: [{ name: a, request: { path: a } }]'],
  ])('and the parser refuse %s', (_, text) => {
    expect(parseSmoke(text, 'smoke.yml', { vars: {}, secrets: {} }).ok).toBe(false);
    expect(validate(parse(text))).toBe(false);
  });
});
