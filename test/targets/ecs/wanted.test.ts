import { describe, expect, test } from '@jest/globals';
import { AwsCallError } from '#aws/errors';
import type { JsonObject } from '#aws/raw-json';
import type { DefinitionBase, ImageSource } from '#targets/ecs/spec';
import { familyOf, type WantedResult, wantedDefinition, wantedOfSnapshot } from '#targets/ecs/wanted';
import { stubEcs } from './stub-ecs.ts';

const tags = [
  { key: 'team', value: 'web' },
  { key: 'aws:cloudformation:stack-id', value: 's' },
];
const arnOf = (name: string) => `arn:aws:ecs:eu-west-1:1:task-definition/${name}`;

/** Revisions by `family:n`; a family alone is its newest one. */
function ecsWith(revisions: Readonly<Record<string, JsonObject>>) {
  return stubEcs({
    async describeTaskDefinition(reference) {
      const name = reference.split('/').at(-1) ?? '';
      const newest = Object.keys(revisions)
        .filter(key => key.startsWith(`${name}:`))
        .at(-1);
      const found = revisions[name] ?? revisions[newest ?? ''];
      const key = revisions[name] === undefined ? newest : name;
      if (found === undefined)
        throw new AwsCallError(
          'refused',
          'ClientException',
          'ecs:DescribeTaskDefinition',
          'Unable to describe task definition.',
        );
      return {
        definition: { taskDefinitionArn: arnOf(key ?? ''), status: 'ACTIVE', family: familyOf(name), ...found },
        tags,
      };
    },
  });
}

const revision = (image: string, change: JsonObject = {}): JsonObject => ({
  containerDefinitions: [
    { name: 'api', image },
    { name: 'proxy', image: 'proxy@sha256:9' },
  ],
  ...change,
});

const service = {
  serviceArn: 'arn:aws:ecs:eu-west-1:111111111111:service/main/api',
  taskDefinition: arnOf('api:1'),
};

function wanted(
  revisions: Readonly<Record<string, JsonObject>>,
  image: string,
  base: DefinitionBase = { kind: 'running' },
  container = 'api',
): Promise<WantedResult> {
  const source = { kind: 'image', container, image: { kind: 'reference', reference: image }, base } as const;
  return wantedDefinition(ecsWith(revisions), source, service);
}

const reference = (result: WantedResult) =>
  result.ok
    ? result.wanted.kind === 'existing'
      ? result.wanted.arn.split('/').at(-1)
      : 'a new one'
    : result.finding.reason;

describe('the definition that a service is to run', () => {
  const revisions = { 'api:1': revision('api@sha256:1'), 'api:2': revision('api@sha256:2') };

  test.each<[string, Readonly<Record<string, JsonObject>>, string, DefinitionBase, string]>([
    ['a new image on what runs', revisions, 'api@sha256:3', { kind: 'running' }, 'a new one'],
    [
      'what runs already says so, tags and all: nothing is registered',
      revisions,
      'api@sha256:1',
      { kind: 'running' },
      'api:1',
    ],
    ['a run that was killed after registering left it behind', revisions, 'api@sha256:2', { kind: 'running' }, 'api:2'],
    [
      'it was left behind, but deregistered since',
      { ...revisions, 'api:2': revision('api@sha256:2', { status: 'INACTIVE' }) },
      'api@sha256:2',
      { kind: 'running' },
      'a new one',
    ],
    [
      'built on the newest of the family, which says more than what runs',
      { ...revisions, 'api:2': revision('x', { cpu: '512' }) },
      'api@sha256:1',
      { kind: 'latest' },
      'a new one',
    ],
    ['a family that does not exist', revisions, 'api@sha256:3', { kind: 'latest', family: 'nothing' }, 'not-found'],
  ])('%s', async (_name, known, image, base, expected) => {
    expect(reference(await wanted(known, image, base))).toBe(expected);
  });

  test('a new one keeps its tags but those of AWS, and every other container', async () => {
    const result = await wanted(revisions, 'api@sha256:3');
    expect(result.ok && result.wanted.definition).toEqual({
      family: 'api',
      tags: [{ key: 'team', value: 'web' }],
      containerDefinitions: [
        { name: 'api', image: 'api@sha256:3' },
        { name: 'proxy', image: 'proxy@sha256:9' },
      ],
    });
  });

  test('a container that is not there is named with those that are', async () => {
    const result = await wanted(revisions, 'i', { kind: 'running' }, 'web');
    expect(result.ok ? '' : result.finding.message).toMatch(/has no container web; it has api, proxy\./);
  });

  test.each<[string, string]>([
    ['unifocus-prod-api', '111111111111.dkr.ecr.eu-west-1.amazonaws.com/unifocus-prod-api@sha256:5'],
    ['acme/api.v2', '111111111111.dkr.ecr.eu-west-1.amazonaws.com/acme/api.v2@sha256:5'],
    ['api.v2', '111111111111.dkr.ecr.eu-west-1.amazonaws.com/api.v2@sha256:5'],
    ['222222222222.dkr.ecr.eu-west-1.amazonaws.com/api', '222222222222.dkr.ecr.eu-west-1.amazonaws.com/api@sha256:5'],
    ['registry:5000/api', 'registry:5000/api@sha256:5'],
  ])('the repository %s means %s', async (repository, expected) => {
    const image: ImageSource = { kind: 'digest', repository, digest: 'sha256:5' };
    const source = { kind: 'image', container: 'api', image, base: { kind: 'running' } } as const;
    const result = await wantedDefinition(ecsWith(revisions), source, service);
    expect(result.ok && result.wanted.definition.containerDefinitions).toMatchObject([{ image: expected }, {}]);
  });

  test.each<[string, string, string]>([
    ['deployed as it is (amazon-ecs-deploy-task-definition#882)', 'api:2', 'api:2'],
    ['INACTIVE: UpdateService would refuse it', 'api:3', 'not-found'],
    ['not there', 'api:4', 'not-found'],
  ])('an existing revision, %s', async (_name, asked, expected) => {
    const known = { ...revisions, 'api:3': revision('x', { status: 'INACTIVE' }) };
    expect(reference(await wantedDefinition(ecsWith(known), { kind: 'revision', reference: asked }, service))).toBe(
      expected,
    );
  });
});

describe('the definition of a way back', () => {
  const pinned = { api: 'api@sha256:1' };
  test.each<[string, JsonObject, string]>([
    ['as it is, while it says which digest it means', revision('api@sha256:1'), 'api:1'],
    ['pinned anew, when it means a tag that may have moved', revision('api:v1.3.0'), 'a new one'],
    ['registered again, when it is INACTIVE', revision('api@sha256:1', { status: 'INACTIVE' }), 'a new one'],
  ])('%s', async (_name, known, expected) => {
    expect(reference(await wantedOfSnapshot(ecsWith({ 'api:1': known }), arnOf('api:1'), pinned))).toBe(expected);
  });

  test('a definition that was deleted is said to be gone', async () => {
    expect(reference(await wantedOfSnapshot(ecsWith({}), arnOf('api:1'), pinned))).toBe('not-found');
  });
});

test('a failure of the call itself is not taken for "not there"', async () => {
  const denied = new AwsCallError('denied', 'AccessDenied', 'ecs:DescribeTaskDefinition', 'no');
  const ecs = stubEcs({ describeTaskDefinition: () => Promise.reject(denied) });
  await expect(wantedOfSnapshot(ecs, 'api:1', {})).rejects.toBe(denied);
});
