import * as sdk from '@aws-sdk/client-s3';
import { account, region } from '../../server.ts';
import { comparison } from '../comparison.ts';

const Bucket = 'conformance-site';

export const s3 = comparison({
  service: 's3',
  lab: ({ aws }) => aws.s3.createBucket({ account, region, name: Bucket }),
  async moto(client) {
    const LocationConstraint = region;
    await new sdk.S3Client(client).send(
      new sdk.CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint } }),
    );
  },
  async play({ client, call }) {
    const s3 = new sdk.S3Client(client);
    const put = (Key: string, input: Partial<sdk.PutObjectCommandInput> = {}) =>
      s3.send(new sdk.PutObjectCommand({ Bucket, Key, Body: `the body of ${Key}`, ...input }));
    const get = async (Key: string) => {
      const { Body, ...rest } = await s3.send(new sdk.GetObjectCommand({ Bucket, Key }));
      return { ...rest, Text: await Body?.transformToString() };
    };
    const head = (Key: string) => s3.send(new sdk.HeadObjectCommand({ Bucket, Key }));
    const list = (input: Partial<sdk.ListObjectsV2CommandInput> = {}) =>
      s3.send(new sdk.ListObjectsV2Command({ Bucket, ...input }));
    const copy = (Key: string, from: string, input: Partial<sdk.CopyObjectCommandInput> = {}) =>
      s3.send(new sdk.CopyObjectCommand({ Bucket, Key, CopySource: `${Bucket}/${from}`, ...input }));

    await call('an object', () =>
      put('index.html', { ContentType: 'text/html', CacheControl: 'no-cache', Metadata: { release: '1.4.0' } }),
    );
    await call('its headers', () => head('index.html'));
    await call('its body', () => get('index.html'));
    await call('without a type', () => put('assets/plain'));
    await call('the type of that', () => head('assets/plain'));
    await call('compressed', () => put('assets/app.js', { ContentEncoding: 'gzip', ContentType: 'text/javascript' }));
    await call('its encoding', () => head('assets/app.js'));
    await call('only when there is none', () => put('index.html', { IfNoneMatch: '*' }));
    await call('only when it is another', () => put('index.html', { IfMatch: '"0123456789abcdef0123456789abcdef"' }));
    await call('headers of nothing', () => head('nothing'));
    await call('the body of nothing', () => get('nothing'));
    await call('a list', () => list());
    await call('a list by prefix', () => list({ Prefix: 'assets/' }));
    const page = await call('the first page', () => list({ MaxKeys: 2 }));
    await call('the second page', () => list({ MaxKeys: 2, ContinuationToken: page?.NextContinuationToken }));
    await call('a copy', () => copy('kept/index.html', 'index.html'));
    await call('its headers are those of the first', () => head('kept/index.html'));
    await call('a copy with other headers', () =>
      copy('kept/app.js', 'assets/app.js', { MetadataDirective: 'REPLACE', ContentType: 'text/plain' }),
    );
    await call('which it has', () => head('kept/app.js'));
    await call('a copy of nothing', () => copy('kept/nothing', 'nothing'));
    await call('deleted, what is there and what is not', () =>
      s3.send(
        new sdk.DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'kept/app.js' }, { Key: 'nothing' }] } }),
      ),
    );
    await call('what is left', () => list());
    await call('the bucket', () => s3.send(new sdk.HeadBucketCommand({ Bucket })));
    await call('a bucket that is not there', () => s3.send(new sdk.HeadBucketCommand({ Bucket: 'conformance-none' })));
    await call('a list of that', () => s3.send(new sdk.ListObjectsV2Command({ Bucket: 'conformance-none' })));
    await call('a bucket of somebody else', () => list({ ExpectedBucketOwner: '999999999999' }));
  },
});
