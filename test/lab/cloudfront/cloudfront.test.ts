import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as cloudfront from '@aws-sdk/client-cloudfront';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type CloudFrontWorld, createCloudFront } from '../../../packages/lab/aws/cloudfront/cloudfront.ts';
import { answerAt, ttlOf } from '../../../packages/lab/aws/cloudfront/edge.ts';
import { createSiteHandler } from '../../../packages/lab/aws/cloudfront/site-handler.ts';
import { createS3, type S3World } from '../../../packages/lab/aws/s3/s3.ts';
import { failureOf, type ManualClock, manualClock, startLab, type TestLab } from '../wire/harness.ts';

const account = '111111111111';
const region = 'ap-southeast-2';
const DistributionId = 'E1SHOP';
let lab: TestLab;
let clock: ManualClock;
let s3: S3World;
let world: CloudFrontWorld;
let client: cloudfront.CloudFrontClient;

beforeEach(async () => {
  clock = manualClock();
  s3 = createS3({ clock });
  s3.createBucket({ account, region, name: 'shop-web' });
  world = createCloudFront({ clock });
  const bucket = s3.bucket('shop-web');
  world.create({ account, id: DistributionId, hosts: ['www.shop'], bucket, defaultRootObject: 'index.html' });
  world.create({ account: '222222222222', id: 'E2OTHERS', hosts: [], bucket });
  lab = await startLab({ services: [world.service], manual: clock });
  client = new cloudfront.CloudFrontClient(lab.client);
});
afterEach(async () => {
  await lab.close();
  expect(lab.defects).toEqual([]);
});

const create = (CallerReference: string, ...Items: string[]) =>
  client.send(
    new cloudfront.CreateInvalidationCommand({
      DistributionId,
      InvalidationBatch: { CallerReference, Paths: { Quantity: Items.length, Items } },
    }),
  );
const see = (path: string, edge = 0) => {
  const { status, body, headers } = answerAt(world.distribution(DistributionId), edge, path, clock.now());
  return { status, text: Buffer.from(body).toString(), cache: headers['x-cache'] };
};

test('a distribution says where its files come from', async () => {
  const { Distribution } = await client.send(new cloudfront.GetDistributionCommand({ Id: DistributionId }));
  expect(Distribution?.DistributionConfig?.Origins?.Items?.[0]?.DomainName).toBe(
    'shop-web.s3.ap-southeast-2.amazonaws.com',
  );
  expect(Distribution?.DistributionConfig).toMatchObject({ DefaultRootObject: 'index.html', Enabled: true });
});

test.each(['ENONE', 'E2OTHERS'])('%s is not there for this account', async Id => {
  const failure = await failureOf(client.send(new cloudfront.GetDistributionCommand({ Id })));
  expect([failure.name, failure.$metadata]).toEqual([
    'NoSuchDistribution',
    expect.objectContaining({ httpStatusCode: 404 }),
  ]);
});

describe('an edge', () => {
  test('keeps what it was told to keep, and nobody else’s copy', () => {
    s3.put('shop-web', 'index.html', 'one', { CacheControl: 'max-age=60' });
    expect(see('/')).toEqual({ status: 200, text: 'one', cache: 'Miss from cloudfront' });
    s3.put('shop-web', 'index.html', 'two', { CacheControl: 'max-age=60' });
    expect(see('/index.html')).toEqual({ status: 200, text: 'one', cache: 'Hit from cloudfront' });
    expect(see('/', 1).text).toBe('two');
    clock.advance(60_000);
    expect(see('/').text).toBe('two');
  });

  test('keeps an error for ten seconds', () => {
    expect(see('/app.js').status).toBe(403);
    s3.put('shop-web', 'app.js', 'there');
    expect(see('/app.js').status).toBe(403);
    clock.advance(10_000);
    expect(see('/app.js')).toMatchObject({ status: 200, text: 'there' });
  });

  const policy = { minTtl: 1, defaultTtl: 100, maxTtl: 1000 };
  test.each([
    [undefined, 100],
    ['public', 100],
    ['public, max-age=50', 50],
    ['max-age=0, must-revalidate', 1],
    ['max-age=0, s-maxage=70', 70],
    ['no-cache', 1],
    ['private, max-age=50', 1],
    ['max-age=99999', 1000],
  ])('%s: %d s', (header, ttl) => expect(ttlOf(header, policy)).toBe(ttl));
});

describe('an invalidation', () => {
  beforeEach(() => {
    for (const name of ['index.html', 'docs/a.html', 'docs/b c.html']) s3.put('shop-web', name, 'old');
    for (const path of ['/', '/docs/a.html', '/docs/b%20c.html']) for (const edge of [0, 1, 2]) see(path, edge);
    for (const name of ['index.html', 'docs/a.html', 'docs/b c.html']) s3.put('shop-web', name, 'new');
  });

  test('reaches one edge after the other, and is Completed at the last', async () => {
    const { Invalidation } = await create('one', '/index.html');
    expect(Invalidation?.Status).toBe('InProgress');
    clock.advance(10_000);
    expect([see('/', 0).text, see('/', 1).text, see('/', 2).text]).toEqual(['new', 'old', 'old']);
    clock.advance(20_000);
    expect([see('/', 1).text, see('/', 2).text, see('/docs/a.html').text]).toEqual(['new', 'new', 'old']);
    const Id = Invalidation?.Id;
    const after = await client.send(new cloudfront.GetInvalidationCommand({ DistributionId, Id }));
    expect(after.Invalidation?.Status).toBe('Completed');
  });

  test.each([
    ['/docs/*', 'old', 'new', 'new'],
    ['/*', 'new', 'new', 'new'],
    ['/docs/b%20c.html', 'old', 'old', 'new'],
    ['/docs', 'old', 'old', 'old'],
  ])('%s', async (path, root, a, b) => {
    await create('x', path);
    clock.advance(30_000);
    expect([see('/').text, see('/docs/a.html').text, see('/docs/b%20c.html').text]).toEqual([root, a, b]);
  });

  test('is the same one for the same reference, and refused for other paths', async () => {
    const one = await create('r', '/a', '/b');
    const two = await create('r', '/b', '/a');
    expect(two.Invalidation?.Id).toBe(one.Invalidation?.Id);
    expect((await failureOf(create('r', '/c'))).name).toBe('InvalidationBatchAlreadyExists');
    const listed = await client.send(new cloudfront.ListInvalidationsCommand({ DistributionId }));
    expect(listed.InvalidationList?.Items).toHaveLength(1);
  });

  test('fifteen wildcards may be under way', async () => {
    for (let n = 0; n < 15; n += 1) await create(`w${n}`, `/${n}/*`);
    expect((await failureOf(create('w15', '/15/*'))).name).toBe('TooManyInvalidationsInProgress');
    clock.advance(30_000);
    await create('w15', '/15/*');
  });

  test('3,000 files may be under way', async () => {
    const paths = (count: number, from: string) => Array.from({ length: count }, (_, n) => `/${from}${n}`);
    await create('a', ...paths(3000, 'a'));
    expect((await failureOf(create('b', '/b'))).name).toBe('TooManyInvalidationsInProgress');
  });

  test.each(['index.html', '/a b', '/ü'])('%s is no path', async path => {
    expect((await failureOf(create('x', path))).name).toBe('InvalidArgument');
  });
});

test('a site answers over HTTP, by its host and by its path, at one edge after the other', async () => {
  s3.put('shop-web', 'index.html', '<h1>shop</h1>', { ContentType: 'text/html', CacheControl: 'max-age=60' });
  const handler = createSiteHandler({
    world,
    clock,
    otherwise: (_request, response) => response.writeHead(418, { connection: 'close' }).end(),
  });
  const server = createServer(handler);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const seen = [];
  for (let n = 0; n < 4; n += 1) seen.push((await fetch(`${origin}/www.shop/`)).headers.get('x-cache'));
  expect(seen.map(text => text?.slice(0, 4))).toEqual(['Miss', 'Miss', 'Miss', 'Hit ']);
  const page = await fetch(`${origin}/www.shop/index.html`);
  expect([page.headers.get('content-type'), await page.text()]).toEqual(['text/html', '<h1>shop</h1>']);
  expect((await fetch(`${origin}/elsewhere`)).status).toBe(418);
  await new Promise<void>(resolve => server.close(() => resolve()));
});
