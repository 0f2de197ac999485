import { describe, expect, test } from '@jest/globals';
import { neededArtifact } from '#core/flow/artifacts';
import { componentFor } from '#core/flow/resolve';
import { flowOf, problemsOf, small } from './fixture.ts';

const STACK = 'target: cloudformation\nstack: "shop-{env}"\ntemplate: infra/shop.yml';

test('a component with its defaults', () => {
  expect(componentFor(flowOf(small({ component: STACK })), 'dev', 'api', {})).toMatchObject({
    ok: true,
    component: {
      stack: 'shop-dev',
      template: 'infra/shop.yml',
      parameters: {},
      onDrift: 'warn',
      capabilities: [],
      timeout: 1_800_000,
    },
  });
});

test('parameters are values, digests of the build, or secrets; numbers and booleans are text', () => {
  const parameters =
    'parameters: { Size: 3, Public: false, Stage: "{env}", Image: { from-build: image, prefix: "repo@" }, Password: { secret: DB } }';
  expect(componentFor(flowOf(small({ component: `${STACK}\n${parameters}` })), 'dev', 'api', {})).toMatchObject({
    component: {
      parameters: {
        Size: { from: 'value', value: '3' },
        Public: { from: 'value', value: 'false' },
        Stage: { from: 'value', value: 'dev' },
        Image: { from: 'build', prefix: 'repo@' },
        Password: { from: 'secret', variable: 'DB' },
      },
    },
  });
});

test('what comes from the build is asked of it', () => {
  expect(neededArtifact({ target: 'cloudformation', parameters: { Image: { 'from-build': 'image' } } })).toEqual({
    kind: 'image',
  });
  expect(neededArtifact({ target: 'cloudformation', parameters: { Size: 'large' } })).toBeUndefined();
});

describe('mistakes', () => {
  test.each([
    ['preview: [a]', /preview/],
    ['stack: 1shop', /`1shop` is not a name of a stack/],
    ['template: infra/shop.txt', /is not a template/],
    ['template: ../shop.yml', /leaves the repository/],
    ['tags: { "aws:x": y }', /belongs to AWS/],
    ['capabilities: [IAM]', /capabilities/],
    ['allow-replacement: [Data/]', /`Data\/` is not a logical id/],
    [
      'import: [{ resource: A, type: T, identifier: { N: a } }, { resource: A, type: T, identifier: { N: a } }]',
      /`A` is listed twice/,
    ],
    ['parametres: { A: b }', /parameters/],
  ])('%s', (line, message) => {
    const [key = ''] = line.split(':');
    const kept = STACK.split('\n').filter(each => !each.startsWith(`${key}:`));
    expect(problemsOf(small({ component: [...kept, line].join('\n') })).join('\n')).toMatch(message);
  });
});
