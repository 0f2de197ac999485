import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import * as s3 from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createS3, type S3World } from '../../../packages/lab/aws/s3/s3.ts';
import { failureOf, manualClock, sendRaw, startLab, type TestLab } from '../wire/harness.ts';

const account = '111111111111';
const region = 'ap-southeast-2';
const Bucket = 'shop-web';
let lab: TestLab;
let world: S3World;
let client: s3.S3Client;

beforeEach(async () => {
  const manual = manualClock();
  world = createS3({ clock: manual });
  world.createBucket({ account, region, name: Bucket });
  world.createBucket({ account: '222222222222', region, name: 'others' });
  world.createBucket({ account, region: 'eu-west-1', name: 'abroad' });
  world.createBucket({ account, region, name: 'secret', encryption: 'aws:kms' });
  world.createBucket({ account, region, name: 'versioned', versioning: 'Enabled' });
  lab = await startLab({ services: [world.service], manual });
  client = new s3.S3Client(lab.client);
});
afterEach(async () => {
  await lab.close();
  expect(lab.defects).toEqual([]);
});

const put = (input: Omit<s3.PutObjectCommandInput, 'Bucket'>) =>
  client.send(new s3.PutObjectCommand({ Bucket, ...input }));
const get = async (Key: string) => {
  const answer = await client.send(new s3.GetObjectCommand({ Bucket, Key }));
  return { ...answer, text: await answer.Body?.transformToString() };
};
const md5 = (text: string) => `"${createHash('md5').update(text).digest('hex')}"`;
const sha256 = (text: string) => createHash('sha256').update(text).digest('base64');

test('a bucket says whether it keeps versions, and nothing where it never did', async () => {
  const of = (name: string) => client.send(new s3.GetBucketVersioningCommand({ Bucket: name }));
  expect((await of('versioned')).Status).toBe('Enabled');
  expect((await of(Bucket)).Status).toBeUndefined();
  expect(await failureOf(of('others'))).toMatchObject({ name: 'AccessDenied' });
});

describe('an object', () => {
  test.each(['a.html', 'a b/ü+x.js', 'folder/', '//double', '.well-known/x', 'q?x&y=%20'])(
    'comes back: %s',
    async Key => {
      await put({ Key, Body: 'hello', ContentType: 'text/plain', CacheControl: 'no-cache', Metadata: { who: 'me' } });
      const found = await get(Key);
      expect(found).toMatchObject({
        text: 'hello',
        ContentType: 'text/plain',
        CacheControl: 'no-cache',
        ContentLength: 5,
        ETag: md5('hello'),
        Metadata: { who: 'me' },
      });
      expect([...world.bucket(Bucket).objects.keys()]).toEqual([Key]);
      const head = await client.send(new s3.HeadObjectCommand({ Bucket, Key }));
      expect(head).toMatchObject({ ContentLength: 5, ETag: md5('hello'), ContentType: 'text/plain' });
    },
  );

  test('keeps its encoding: gzip is not taken off', async () => {
    await put({ Key: 'x', Body: Buffer.from([31, 139, 1, 2]), ContentEncoding: 'gzip' });
    expect(Buffer.from(world.bucket(Bucket).objects.get('x')?.body ?? [])).toEqual(Buffer.from([31, 139, 1, 2]));
    expect((await get('x')).ContentEncoding).toBe('gzip');
  });

  test('may be empty', async () => {
    await put({ Key: 'x', Body: '' });
    expect((await get('x')).text).toBe('');
  });

  test('comes as a stream with the checksum behind it', async () => {
    const Body = Readable.from([Buffer.from('hel'), Buffer.from('lo')]);
    await put({ Key: 'x', Body, ContentLength: 5, ContentEncoding: 'br' });
    expect(await get('x')).toMatchObject({ text: 'hello', ContentEncoding: 'br', ETag: md5('hello') });
  });

  test('comes as a stream with its SHA-256 before it', async () => {
    await put({ Key: 'x', Body: Readable.from(['hello']), ContentLength: 5, ChecksumSHA256: sha256('hello') });
    const found = await client.send(new s3.GetObjectCommand({ Bucket, Key: 'x', ChecksumMode: 'ENABLED' }));
    expect(found.ChecksumSHA256).toBe(sha256('hello'));
    expect(await found.Body?.transformToString()).toBe('hello');
  });

  test('with KMS has an ETag that is no MD5', async () => {
    const one = await client.send(new s3.PutObjectCommand({ Bucket: 'secret', Key: 'x', Body: 'hello' }));
    expect(one.ETag).not.toBe(md5('hello'));
    expect(one.ServerSideEncryption).toBe('aws:kms');
  });

  test('is copied with other headers', async () => {
    await put({ Key: 'a b', Body: 'hello', ContentType: 'text/plain' });
    const copy = { Bucket, Key: 'y', CopySource: `${Bucket}/a%20b` };
    await client.send(new s3.CopyObjectCommand(copy));
    expect(await get('y')).toMatchObject({ text: 'hello', ContentType: 'text/plain' });
    const replaced = { ...copy, MetadataDirective: 'REPLACE', ContentType: 'text/html' } as const;
    const answer = await client.send(new s3.CopyObjectCommand(replaced));
    expect(answer.CopyObjectResult?.ETag).toBe(md5('hello'));
    expect(await get('y')).toMatchObject({ text: 'hello', ContentType: 'text/html' });
  });
});

describe('what is wrong is refused', () => {
  const other = sha256('other');
  test.each<[string, () => Promise<unknown>, string, number]>([
    ['another checksum', () => put({ Key: 'x', Body: 'hello', ChecksumSHA256: other }), 'BadDigest', 400],
    ['another MD5', () => put({ Key: 'x', Body: 'a', ContentMD5: '1B2M2Y8AsgTpgAmY7PhCfg==' }), 'BadDigest', 400],
    ['an object that is not there', () => get('x'), 'NoSuchKey', 404],
    ['no such bucket', () => client.send(new s3.ListObjectsV2Command({ Bucket: 'none' })), 'NoSuchBucket', 404],
    ['a bucket of others', () => client.send(new s3.ListObjectsV2Command({ Bucket: 'others' })), 'AccessDenied', 403],
    [
      'not the owner that is expected',
      () => client.send(new s3.ListObjectsV2Command({ Bucket, ExpectedBucketOwner: '222222222222' })),
      'AccessDenied',
      403,
    ],
    ['a bucket abroad', () => client.send(new s3.ListObjectsV2Command({ Bucket: 'abroad' })), 'PermanentRedirect', 301],
    ['a key too long', () => put({ Key: 'k'.repeat(1025), Body: '' }), 'KeyTooLongError', 400],
    ['If-Match, nothing there', () => put({ Key: 'x', Body: '', IfMatch: '"a"' }), 'NoSuchKey', 404],
    [
      'a wrong token',
      () => client.send(new s3.ListObjectsV2Command({ Bucket, ContinuationToken: 'x' })),
      'InvalidArgument',
      400,
    ],
  ])('%s', async (_what, act, code, status) => {
    const failure = await failureOf(act());
    expect(failure.name).toBe(code);
    expect(failure.$metadata).toMatchObject({ httpStatusCode: status });
  });

  test('the redirect names the region', async () => {
    const failure = await failureOf(client.send(new s3.ListObjectsV2Command({ Bucket: 'abroad' })));
    expect(failure.Endpoint).toBe('abroad.s3.eu-west-1.amazonaws.com');
    const raw = await sendRaw(lab, 's3', {}, '', { method: 'GET', path: '/abroad?list-type=2' });
    expect(raw.headers['x-amz-bucket-region']).toBe('eu-west-1');
  });

  test('HEAD tells by its status alone', async () => {
    const failure = await failureOf(client.send(new s3.HeadObjectCommand({ Bucket, Key: 'x' })));
    expect(failure.name).toBe('NotFound');
  });

  test('a body that is not what was signed', async () => {
    const headers = { 'x-amz-content-sha256': 'ab'.repeat(32) };
    const raw = await sendRaw(lab, 's3', headers, 'hello', { method: 'PUT', path: '/shop-web/x' });
    expect([raw.status, raw.body]).toEqual([400, expect.stringContaining('XAmzContentSHA256Mismatch')]);
  });

  test('a trailer that does not come', async () => {
    const headers = {
      'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      'x-amz-decoded-content-length': '5',
      'x-amz-trailer': 'x-amz-checksum-crc32',
      'content-encoding': 'aws-chunked',
    };
    const raw = await sendRaw(lab, 's3', headers, '5\r\nhello\r\n0\r\n\r\n', { method: 'PUT', path: '/shop-web/x' });
    expect(raw.status).toBe(400);
    expect(world.bucket(Bucket).objects.size).toBe(0);
  });

  test('what is not modelled', async () => {
    const failure = await failureOf(put({ Key: 'x', Body: '', ACL: 'public-read' }));
    expect(failure.$metadata).toMatchObject({ httpStatusCode: 501 });
  });
});

describe('conditional writes', () => {
  test('one of two wins', async () => {
    const first = await put({ Key: 'x', Body: '1', IfNoneMatch: '*' });
    expect((await failureOf(put({ Key: 'x', Body: '2', IfNoneMatch: '*' }))).name).toBe('PreconditionFailed');
    await put({ Key: 'x', Body: '2', IfMatch: first.ETag });
    expect((await failureOf(put({ Key: 'x', Body: '3', IfMatch: first.ETag }))).name).toBe('PreconditionFailed');
    expect((await get('x')).text).toBe('2');
  });

  test('a copy, too', async () => {
    await put({ Key: 'x', Body: '1' });
    await put({ Key: 'y', Body: '2' });
    const copy = { Bucket, Key: 'y', CopySource: `${Bucket}/x`, IfMatch: md5('other') };
    expect((await failureOf(client.send(new s3.CopyObjectCommand(copy)))).name).toBe('PreconditionFailed');
    await client.send(new s3.CopyObjectCommand({ ...copy, IfMatch: md5('2') }));
    expect((await get('y')).text).toBe('1');
  });
});

test('2,100 keys come in three pages, in the order of their bytes', async () => {
  for (let n = 0; n < 2100; n += 1) world.put(Bucket, `p/${n}`, '');
  for (const key of ['p/\u{1f600}', 'p/￮', 'q']) world.put(Bucket, key, 'abc');
  const keys: string[] = [];
  const sizes: (number | undefined)[] = [];
  for await (const page of s3.paginateListObjectsV2({ client }, { Bucket, Prefix: 'p/' })) {
    sizes.push(page.KeyCount);
    keys.push(...(page.Contents ?? []).map(({ Key = '' }) => Key));
  }
  expect(sizes).toEqual([1000, 1000, 102]);
  expect(keys.slice(-2)).toEqual(['p/￮', 'p/\u{1f600}']);
  expect(keys.slice(0, 3)).toEqual(['p/0', 'p/1', 'p/10']);
});

test('keys are deleted together, a missing one too', async () => {
  for (const key of ['a', 'b&c', 'd']) world.put(Bucket, key, '');
  const Objects = ['a', 'b&c', 'none'].map(Key => ({ Key }));
  const answer = await client.send(new s3.DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
  expect(answer.Deleted?.map(({ Key }) => Key)).toEqual(['a', 'b&c', 'none']);
  expect([...world.bucket(Bucket).objects.keys()]).toEqual(['d']);
});

test('other clients name no operation: the method and the sub-resource decide', async () => {
  const headers = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
  await sendRaw(lab, 's3', headers, 'hi', { method: 'PUT', path: '/shop-web/x' });
  const raw = await sendRaw(lab, 's3', headers, '', { method: 'GET', path: '/shop-web/x' });
  expect(raw.body).toBe('hi');
});
