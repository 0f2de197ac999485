import * as ecr from '@aws-sdk/client-ecr';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createEcr, type EcrWorld } from '../../../packages/lab/aws/ecr/ecr.ts';
import { failureOf, manualClock, startLab, type TestLab } from '../wire/harness.ts';

let lab: TestLab;
let world: EcrWorld;
let client: ecr.ECRClient;
const account = '111111111111';
const region = 'ap-southeast-2';
const registry = `${account}.dkr.ecr.${region}.amazonaws.com`;

beforeEach(async () => {
  const manual = manualClock();
  world = createEcr({ clock: manual });
  world.createRepository(account, region, 'api');
  lab = await startLab({ services: [world.service], manual });
  client = new ecr.ECRClient(lab.client);
});
afterEach(() => lab.close());

function push(content: string, ...tags: string[]): string {
  return world.push({ account, region, repository: 'api', content, tags });
}
const repositoryName = 'api';

test('the same content has the same digest, in every repository and registry', () => {
  world.createRepository('222222222222', 'eu-west-1', 'copy');
  const digest = push('v1', 'v1');
  expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(push('v1', 'again')).toBe(digest);
  expect(push('v2', 'v2')).not.toBe(digest);
  expect(world.push({ account: '222222222222', region: 'eu-west-1', repository: 'copy', content: 'v1' })).toBe(digest);
});

describe('what a pull finds', () => {
  test('a tag that moves, a digest that does not, and nothing', () => {
    const [one, two] = [push('one', 'v1', 'latest'), push('two', 'v2')];
    expect(world.resolve(account, region, `${registry}/api:v1`)).toEqual({ digest: one });
    expect(world.resolve(account, region, `${registry}/api`)).toEqual({ digest: one });
    push('two', 'v1');
    expect(world.resolve(account, region, `${registry}/api:v1`)).toEqual({ digest: two });
    expect(world.resolve(account, region, `${registry}/api@${one}`)).toEqual({ digest: one });
    expect(world.resolve(account, region, `${registry}/api:v1@${one}`)).toEqual({ digest: one });
    world.remove(account, region, 'api', one);
    expect(world.resolve(account, region, `${registry}/api@${one}`)).toBe('not-found');
    expect(world.resolve(account, region, `${registry}/api`)).toBe('not-found');
  });

  test.each([
    'nginx:1',
    `${registry}/web:v1`,
    `${registry}/api:v9`,
    `222222222222.dkr.ecr.${region}.amazonaws.com/api:v1`,
  ])('nothing: %s', reference => {
    push('one', 'v1');
    expect(world.resolve(account, region, reference)).toBe('not-found');
  });
});

describe('DescribeImages', () => {
  test('by tag and by digest', async () => {
    const digest = push('one', 'v1', 'stable');
    const pushedAt = new Date(lab.clock.now());
    const byTag = await client.send(new ecr.DescribeImagesCommand({ repositoryName, imageIds: [{ imageTag: 'v1' }] }));
    expect(byTag.imageDetails).toEqual([
      expect.objectContaining({
        imageDigest: digest,
        imageTags: ['v1', 'stable'],
        imagePushedAt: pushedAt,
        registryId: account,
      }),
    ]);
    const byDigest = await client.send(
      new ecr.DescribeImagesCommand({ repositoryName, imageIds: [{ imageDigest: digest }] }),
    );
    expect(byDigest.imageDetails).toEqual(byTag.imageDetails);
  });

  test('one missing image fails the whole call', async () => {
    push('one', 'v1');
    const imageIds = [{ imageTag: 'v1' }, { imageTag: 'v9' }];
    const error = await failureOf(client.send(new ecr.DescribeImagesCommand({ repositoryName, imageIds })));
    expect(error).toBeInstanceOf(ecr.ImageNotFoundException);
    expect(error.message).toBe(
      `The image with imageId {imageDigest:'null', imageTag:'v9'} does not exist within the repository with name 'api' in the registry with id '${account}'`,
    );
  });

  test('a tag and a digest that do not belong together are no image', async () => {
    const one = push('one', 'v1');
    push('two', 'v2');
    const imageIds = [{ imageTag: 'v2', imageDigest: one }];
    const error = await failureOf(client.send(new ecr.DescribeImagesCommand({ repositoryName, imageIds })));
    expect(error.name).toBe('ImageNotFoundException');
  });

  test('pages, filters, and refuses a token that is not its own', async () => {
    const digests = [push('1', 'a'), push('2'), push('3', 'c')];
    const first = await client.send(new ecr.DescribeImagesCommand({ repositoryName, maxResults: 2 }));
    const nextToken = first.nextToken;
    const second = await client.send(new ecr.DescribeImagesCommand({ repositoryName, maxResults: 2, nextToken }));
    expect([first, second].map(page => page.imageDetails?.map(image => image.imageDigest))).toEqual([
      digests.slice(0, 2),
      digests.slice(2),
    ]);
    expect(second.nextToken).toBeUndefined();
    const filter = { tagStatus: 'UNTAGGED' } as const;
    const untagged = await client.send(new ecr.DescribeImagesCommand({ repositoryName, filter }));
    expect(untagged.imageDetails?.map(image => image.imageDigest)).toEqual([digests[1]]);
    const other = await failureOf(client.send(new ecr.DescribeImagesCommand({ repositoryName, filter, nextToken })));
    expect(other.name).toBe('InvalidParameterException');
    const imageIds = [{ imageTag: 'a' }];
    const both = await failureOf(
      client.send(new ecr.DescribeImagesCommand({ repositoryName, imageIds, maxResults: 2 })),
    );
    expect(both.name).toBe('InvalidParameterException');
  });

  test('of a repository that is not there, and of another registry', async () => {
    const error = await failureOf(client.send(new ecr.DescribeImagesCommand({ repositoryName: 'web' })));
    expect(error.message).toBe(`The repository with name 'web' does not exist in the registry with id '${account}'`);
    const elsewhere = new ecr.DescribeImagesCommand({ repositoryName, registryId: '222222222222' });
    world.createRepository('222222222222', region, 'api');
    expect((await failureOf(client.send(elsewhere))).name).toBe('AccessDeniedException');
    world.letRead('222222222222', region, 'api', [account]);
    expect((await client.send(elsewhere)).imageDetails).toEqual([]);
  });
});

test('ListImages has an entry for each tag, and one for an image without', async () => {
  const [one, two] = [push('one', 'a', 'b'), push('two')];
  const { imageIds } = await client.send(new ecr.ListImagesCommand({ repositoryName }));
  expect(imageIds).toEqual([
    { imageDigest: one, imageTag: 'a' },
    { imageDigest: one, imageTag: 'b' },
    { imageDigest: two },
  ]);
});

test('BatchGetImage tells failures under HTTP 200', async () => {
  const digest = push('one', 'v1');
  const imageIds = [{ imageTag: 'v1' }, { imageTag: 'v9' }];
  const { images, failures } = await client.send(new ecr.BatchGetImageCommand({ repositoryName, imageIds }));
  expect(images).toEqual([expect.objectContaining({ imageId: { imageDigest: digest, imageTag: 'v1' } })]);
  expect(failures).toEqual([
    { imageId: { imageTag: 'v9' }, failureCode: 'ImageNotFound', failureReason: 'Requested image not found' },
  ]);
});

describe('PutImage', () => {
  async function manifestOf(imageTag: string): Promise<string> {
    const { images } = await client.send(new ecr.BatchGetImageCommand({ repositoryName, imageIds: [{ imageTag }] }));
    return images?.[0]?.imageManifest ?? '';
  }

  test('gives an image another tag, or moves one', async () => {
    const [one] = [push('one', 'v1'), push('two', 'v2')];
    const imageManifest = await manifestOf('v1');
    await client.send(new ecr.PutImageCommand({ repositoryName, imageManifest, imageTag: 'prod' }));
    await client.send(new ecr.PutImageCommand({ repositoryName, imageManifest, imageTag: 'v2', imageDigest: one }));
    for (const tag of ['prod', 'v2']) {
      expect(world.resolve(account, region, `${registry}/api:${tag}`)).toEqual({ digest: one });
    }
  });

  test.each([
    ['what is there', { imageTag: 'v1' }, 'ImageAlreadyExistsException'],
    ['another digest', { imageTag: 'x', imageDigest: `sha256:${'0'.repeat(64)}` }, 'ImageDigestDoesNotMatchException'],
    ['no manifest', { imageTag: 'x', imageManifest: 'hello' }, 'InvalidParameterException'],
  ])('refuses %s', async (_, change, name) => {
    push('one', 'v1');
    const imageManifest = await manifestOf('v1');
    const input = { repositoryName, imageManifest, ...change };
    expect((await failureOf(client.send(new ecr.PutImageCommand(input)))).name).toBe(name);
  });

  test('refuses an image whose layers were never pushed here, and to move a tag that is immutable', async () => {
    push('one', 'v1');
    const imageManifest = await manifestOf('v1');
    world.createRepository(account, region, 'fixed', 'IMMUTABLE');
    const copy = { repositoryName: 'fixed', imageManifest, imageTag: 'v1' };
    expect((await failureOf(client.send(new ecr.PutImageCommand(copy)))).name).toBe('LayersNotFoundException');
    const fixed = { account, region, repository: 'fixed', tags: ['v1'] };
    world.push({ ...fixed, content: 'one' });
    expect(() => world.push({ ...fixed, content: 'two' })).toThrow('the tag is immutable');
  });
});

test('DescribeRepositories lists, and fails for one that is not there', async () => {
  const { repositories } = await client.send(new ecr.DescribeRepositoriesCommand({}));
  expect(repositories?.map(each => each.repositoryUri)).toEqual([`${registry}/api`]);
  const missing = client.send(new ecr.DescribeRepositoriesCommand({ repositoryNames: ['api', 'web'] }));
  expect((await failureOf(missing)).name).toBe('RepositoryNotFoundException');
});
