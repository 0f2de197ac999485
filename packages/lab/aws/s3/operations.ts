import type * as model from '@aws-sdk/client-s3';
import { modelOnly, NotModelled } from '../../wire/not-modelled.ts';
import { cutPage } from '../../wire/paging.ts';
import { ServiceError } from '../../wire/service.ts';
import { type Bucket, keysInOrder, type ObjectHeaders, remove, type StoredObject, store } from './bucket.ts';
import { checkedChecksums, checkMd5 } from './checksums.ts';

const given = ['CacheControl', 'ContentDisposition', 'ContentEncoding', 'ContentLanguage', 'ContentType'] as const;
const checksums = ['ChecksumAlgorithm', 'ChecksumCRC32', 'ChecksumSHA1', 'ChecksumSHA256'] as const;
const conditions = ['IfMatch', 'IfNoneMatch'] as const;
const place = ['Bucket', 'Key', 'ExpectedBucketOwner'] as const;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html */
export function putObject(input: model.PutObjectCommandInput, bucket: Bucket, now: number) {
  const encryption = 'ServerSideEncryption';
  modelOnly(
    input,
    ...[...place, ...given, ...checksums, ...conditions],
    ...(['Body', 'ContentLength', 'ContentMD5', 'Metadata', encryption] as const),
  );
  if ((input[encryption] ?? bucket.encryption) !== bucket.encryption) {
    throw new NotModelled(`with another ${encryption} than that of the bucket`);
  }
  const key = writable(input.Key);
  const body = bytesOf(input.Body);
  checkMd5(input.ContentMD5, body);
  const checked = checkedChecksums(input, body);
  checkConditions(bucket, key, input);
  const { etag, checksums: kept } = store(
    bucket,
    { key, body, headers: headersOf(input), metadata: input.Metadata ?? {}, checksums: checked },
    now,
  );
  return { ETag: etag, ServerSideEncryption: bucket.encryption, ...kept };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html : the source is `bucket/key`, its key escaped. */
export function copyObject(
  input: model.CopyObjectCommandInput,
  bucket: Bucket,
  sourceBucket: (name: string) => Bucket,
  now: number,
) {
  const from = ['CopySource', 'CopySourceIfMatch', 'MetadataDirective', 'ExpectedSourceBucketOwner'] as const;
  modelOnly(input, ...place, ...given, ...conditions, ...from, 'Metadata');
  const key = writable(input.Key);
  const [, name = '', source = ''] = /^\/?([^/]+)\/([^?]+)$/.exec(input.CopySource ?? '') ?? [];
  const origin = sourceBucket(name);
  const object = find(origin, decodeURIComponent(source));
  if (input.CopySourceIfMatch !== undefined && unquoted(input.CopySourceIfMatch) !== unquoted(object.etag)) {
    throw failed('If-Match');
  }
  const replaced = input.MetadataDirective === 'REPLACE';
  if (!replaced && origin === bucket && object.key === key) {
    const message =
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.";
    throw new ServiceError('InvalidRequest', message);
  }
  checkConditions(bucket, key, input);
  const headers = replaced ? headersOf(input) : object.headers;
  const metadata = replaced ? (input.Metadata ?? {}) : object.metadata;
  const copy = store(bucket, { key, body: object.body, headers, metadata, checksums: object.checksums }, now);
  return {
    CopyObjectResult: { ETag: copy.etag, LastModified: new Date(now) },
    ServerSideEncryption: bucket.encryption,
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html */
export function getObject(input: model.GetObjectCommandInput, bucket: Bucket) {
  modelOnly(input, ...place, 'ChecksumMode', 'IfMatch');
  const object = find(bucket, input.Key ?? '');
  if (input.IfMatch !== undefined && unquoted(input.IfMatch) !== unquoted(object.etag)) throw failed('If-Match');
  return { ...described(object, input.ChecksumMode), Body: object.body, ServerSideEncryption: bucket.encryption };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html : an error has no body, only its status. */
export function headObject(input: model.HeadObjectCommandInput, bucket: Bucket) {
  modelOnly(input, ...place, 'ChecksumMode');
  const object = bucket.objects.get(input.Key ?? '');
  if (object === undefined) throw new ServiceError('NotFound', 'Not Found', 404);
  return { ...described(object, input.ChecksumMode), ServerSideEncryption: bucket.encryption };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html : 1,000 keys a page, whatever is asked. */
export function listObjects(input: model.ListObjectsV2CommandInput, bucket: Bucket) {
  modelOnly(
    input,
    ...([
      'Bucket',
      'ExpectedBucketOwner',
      'Prefix',
      'Delimiter',
      'ContinuationToken',
      'MaxKeys',
      'EncodingType',
    ] as const),
  );
  const { Prefix = '', Delimiter, ContinuationToken, MaxKeys = 1000, EncodingType } = input;
  const size = Math.min(MaxKeys, 1000);
  const entries = upToDelimiter(keysInOrder(bucket, Prefix), Prefix, Delimiter);
  const page = cutPage(entries, [bucket.name, Prefix, Delimiter], ContinuationToken, size);
  if (page === undefined) throw new ServiceError('InvalidArgument', 'The continuation token provided is incorrect');
  const name = (key: string) => (EncodingType === 'url' ? encodeURIComponent(key).replaceAll('%2F', '/') : key);
  return {
    Name: bucket.name,
    Prefix,
    MaxKeys: size,
    KeyCount: page.items.length,
    IsTruncated: page.next !== undefined,
    EncodingType,
    ContinuationToken,
    NextContinuationToken: page.next,
    Delimiter,
    ...prefixesOf(page.items.filter(key => !bucket.objects.has(key)).map(name)),
    Contents: page.items
      .filter(key => bucket.objects.has(key))
      .map(key => {
        const { etag, body, lastModified } = find(bucket, key);
        const LastModified = new Date(lastModified);
        return { Key: name(key), ETag: etag, Size: body.length, LastModified, StorageClass: 'STANDARD' as const };
      }),
  };
}

/** Keys with the delimiter behind the prefix come together as one entry that ends with it. */
function upToDelimiter(keys: readonly string[], prefix: string, delimiter: string | undefined): readonly string[] {
  if (delimiter === undefined || delimiter === '') return keys;
  const entries = keys.map(key => {
    const at = key.indexOf(delimiter, prefix.length);
    return at === -1 ? key : key.slice(0, at + delimiter.length);
  });
  return [...new Set(entries)];
}

function prefixesOf(prefixes: readonly string[]) {
  return prefixes.length === 0 ? {} : { CommonPrefixes: prefixes.map(Prefix => ({ Prefix })) };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html : of a key that is not there it is a success. */
export function deleteObject(input: model.DeleteObjectCommandInput, bucket: Bucket) {
  modelOnly(input, ...place);
  remove(bucket, input.Key ?? '');
  return {};
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html : a key that is not there counts as deleted. */
export function deleteObjects(input: model.DeleteObjectsCommandInput, bucket: Bucket) {
  modelOnly(input, 'Bucket', 'Delete', 'ChecksumAlgorithm', 'ExpectedBucketOwner');
  if (input.ChecksumAlgorithm === undefined) {
    throw new ServiceError('InvalidRequest', 'Missing required header for this request: Content-MD5');
  }
  const objects = input.Delete?.Objects ?? [];
  if (objects.length < 1 || objects.length > 1000) {
    const message = 'The XML you provided was not well-formed or did not validate against our published schema';
    throw new ServiceError('MalformedXML', message);
  }
  for (const object of objects) {
    modelOnly(object, 'Key');
    remove(bucket, object.Key ?? '');
  }
  return input.Delete?.Quiet === true ? {} : { Deleted: objects.map(({ Key }) => ({ Key })) };
}

function find({ objects }: Bucket, key: string): StoredObject {
  const object = objects.get(key);
  if (object !== undefined) return object;
  throw new ServiceError('NoSuchKey', 'The specified key does not exist.', 404, { Key: key });
}

/**
 * Conditional writes: https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html . `If-Match` on an object that
 * is not there is 404, everything else that does not hold 412.
 */
function checkConditions(
  bucket: Bucket,
  key: string,
  { IfMatch, IfNoneMatch }: { readonly IfMatch?: string | undefined; readonly IfNoneMatch?: string | undefined },
): void {
  const there = bucket.objects.get(key);
  if (IfNoneMatch !== undefined && IfNoneMatch !== '*') {
    throw new ServiceError('InvalidArgument', 'If-None-Match on a write takes * only.');
  }
  if (IfNoneMatch !== undefined && there !== undefined) throw failed('If-None-Match');
  if (IfMatch === undefined) return;
  if (unquoted(IfMatch) !== unquoted(find(bucket, key).etag)) throw failed('If-Match');
}

function failed(condition: string): ServiceError {
  const message = 'At least one of the pre-conditions you specified did not hold';
  return new ServiceError('PreconditionFailed', message, 412, { Condition: condition });
}

function unquoted(etag: string): string {
  return etag.replaceAll('"', '');
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html : 1,024 bytes at most. */
function writable(key = ''): string {
  if (Buffer.byteLength(key) > 1024) throw new ServiceError('KeyTooLongError', 'Your key is too long');
  return key;
}

function headersOf(input: ObjectHeaders): ObjectHeaders {
  // What nobody names is application/octet-stream, or binary/octet-stream for older clients.
  return Object.fromEntries(given.map(name => [name, input[name]]).filter(([, value]) => value !== undefined));
}

/** The wire hands over whole bodies. */
function bytesOf(body: unknown): Uint8Array {
  return body instanceof Uint8Array ? body : new Uint8Array();
}

function described({ body, etag, lastModified, headers, metadata, checksums: kept }: StoredObject, mode?: string) {
  return {
    ContentType: 'binary/octet-stream',
    ...headers,
    AcceptRanges: 'bytes',
    ContentLength: body.length,
    ETag: etag,
    LastModified: new Date(lastModified),
    Metadata: metadata,
    ...(mode === 'ENABLED' ? kept : {}),
  };
}
