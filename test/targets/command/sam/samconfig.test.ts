import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readSamConfig } from '#targets/command/sam/samconfig';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'samconfig-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const read = (text: string, file = 'samconfig.toml') => {
  writeFileSync(join(folder, file), text);
  return readSamConfig(folder, 'app', 'prod');
};

test('what deploy says goes before what is global; what changes nothing is not read', () => {
  const text = `
version = 0.1
[prod.global.parameters]
stack_name = "shop"
region = "eu-west-1"
[prod.deploy.parameters]
region = "ap-southeast-2"
s3_bucket = "artifacts"
capabilities = "CAPABILITY_IAM CAPABILITY_AUTO_EXPAND"
parameter_overrides = "Size=512"
tags = ["team=shop"]
confirm_changeset = true
`;
  expect(read(text)).toEqual({
    ok: true,
    config: {
      stack: 'shop',
      bucket: 'artifacts',
      prefix: undefined,
      region: 'ap-southeast-2',
      parameters: { Size: '512' },
      tags: { team: 'shop' },
      capabilities: ['CAPABILITY_IAM', 'CAPABILITY_AUTO_EXPAND'],
    },
  });
});

test('samconfig.yaml says the same', () => {
  const text = 'prod: { deploy: { parameters: { stack_name: shop, parameter_overrides: { Size: 512 } } } }';
  expect(read(text, 'samconfig.yaml')).toMatchObject({
    ok: true,
    config: { stack: 'shop', parameters: { Size: '512' } },
  });
});

describe('what cannot be taken is refused with its file', () => {
  test.each([
    ['no TOML', '[prod', /app\/samconfig.toml cannot be read/],
    ['another environment', '[dev.deploy.parameters]\nstack_name = "x"', /has no environment `prod`/],
    ['a setting that nobody here does', '[prod.deploy.parameters]\nrole_arn = "r"', /says role_arn/],
    ['a name that is none', '[prod.deploy.parameters]\nstack_name = 7', /stack_name that is not a text/],
    [
      'parameters that are none',
      '[prod.deploy.parameters]\nparameter_overrides = "file://x"',
      /parameter_overrides that are not/,
    ],
  ])('%s', (_, text, message) => {
    expect(read(text)).toMatchObject({ ok: false, finding: { message: expect.stringMatching(message) } });
  });

  test('no file at all', () => {
    expect(readSamConfig(folder, 'app', 'prod')).toMatchObject({
      finding: { message: 'app/samconfig.toml is not there.' },
    });
  });
});
