import type { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  DeleteObjectsCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { batches } from './batches.ts';
import { AwsCallError, callError } from './errors.ts';
import { unlessMissing } from './missing.ts';
import { withRetries } from './retry.ts';
import type { AwsSession } from './session.ts';

export interface ListedObject {
  readonly key: string;
  /** Without its quotes. */
  readonly etag: string;
  readonly size: number;
}

/** What S3 says of an object to whoever fetches it. */
export interface ObjectHeaders {
  readonly contentType: string;
  readonly cacheControl?: string | undefined;
  readonly contentEncoding?: string | undefined;
}

/** An object without its body; `modified` is epoch ms. */
export interface SeenObject extends ObjectHeaders {
  readonly etag: string;
  readonly size: number;
  readonly modified: number;
}

/**
 * A write that happens only while the object is what it was seen as: by its ETag, or `absent`. Undefined: whatever is there.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export type Expected = string | 'absent' | undefined;

export interface PutInput {
  readonly key: string;
  /** A stream is opened anew for every try. */
  readonly body: Uint8Array | (() => Readable);
  readonly size: number;
  /** Base64: S3 refuses a body that is another. */
  readonly sha256: string;
  readonly headers: ObjectHeaders;
  readonly expected?: Expected;
}

export interface CopyInput {
  readonly from: string;
  readonly key: string;
  readonly headers: ObjectHeaders;
  readonly expected?: Expected;
}

/** The ETag of what was written; `otherwise` when the object was not what was expected, which a lost reply also looks like. */
export type Written = { readonly etag: string } | 'otherwise';

/** The calls of S3 that the suite makes, on one bucket. Every method pages and retries; errors are `AwsCallError`. */
export interface S3 {
  list(prefix: string): Promise<readonly ListedObject[]>;
  /** Undefined when there is none. */
  get(key: string): Promise<{ readonly body: Uint8Array; readonly etag: string } | undefined>;
  head(key: string): Promise<SeenObject | undefined>;
  put(input: PutInput): Promise<Written>;
  copy(input: CopyInput): Promise<Written>;
  remove(keys: readonly string[]): Promise<void>;
  /** Whether what is overwritten or deleted in the bucket stays as an earlier version. */
  keepsVersions(): Promise<boolean>;
  /** Whether the bucket answers when nobody says whose it should be. */
  answersWithoutOwner(): Promise<boolean>;
}

export interface BucketName {
  readonly bucket: string;
  /** The account that has to own it: a bucket of that name that somebody else has made is refused by S3 itself. */
  readonly owner?: string | undefined;
}

export function createS3(session: AwsSession, { bucket, owner }: BucketName): S3 {
  const { region, credentials, retry } = session;
  const client = new S3Client({ region, maxAttempts: 1, ...(credentials === undefined ? {} : { credentials }) });
  const place = { Bucket: bucket, ...(owner === undefined ? {} : { ExpectedBucketOwner: owner }) };

  const call = <T>(action: string, send: () => Promise<T>): Promise<T> =>
    withRetries(retry, `s3:${action}`, 'any-number', () =>
      send().catch((thrown: unknown) => {
        throw spoken(`s3:${action}`, bucket, thrown);
      }),
    );

  const written = async (expected: Expected, send: () => Promise<string | undefined>): Promise<Written> => {
    try {
      return { etag: bare(await send()) };
    } catch (error) {
      if (error instanceof AwsCallError && isOtherwise(error.code, expected)) return 'otherwise';
      throw error;
    }
  };

  return {
    async list(prefix) {
      const found: ListedObject[] = [];
      let ContinuationToken: string | undefined;
      do {
        const command = new ListObjectsV2Command({ ...place, Prefix: prefix, ContinuationToken });
        const answer = await call('ListBucket', () => client.send(command));
        for (const { Key = '', ETag, Size = 0 } of answer.Contents ?? []) {
          found.push({ key: Key, etag: bare(ETag), size: Size });
        }
        ContinuationToken = answer.NextContinuationToken;
      } while (ContinuationToken !== undefined);
      return found;
    },

    async get(key) {
      const asked = call('GetObject', async () => {
        const { Body, ETag } = await client.send(new GetObjectCommand({ ...place, Key: key }));
        return { body: (await Body?.transformToByteArray()) ?? new Uint8Array(), etag: bare(ETag) };
      });
      return unlessMissing('NoSuchKey', asked);
    },

    async head(key) {
      const asked = call('GetObject', () => client.send(new HeadObjectCommand({ ...place, Key: key })));
      const answer = await unlessMissing('NotFound', asked);
      if (answer === undefined) return undefined;
      return {
        etag: bare(answer.ETag),
        size: answer.ContentLength ?? 0,
        modified: answer.LastModified?.getTime() ?? 0,
        contentType: answer.ContentType ?? '',
        cacheControl: answer.CacheControl,
        contentEncoding: answer.ContentEncoding,
      };
    },

    put: ({ key, body, size, sha256, headers, expected }) =>
      written(expected, async () => {
        const answer = await call('PutObject', () =>
          client.send(
            new PutObjectCommand({
              ...place,
              ...conditionOf(expected),
              ...headersOf(headers),
              Key: key,
              Body: typeof body === 'function' ? body() : body,
              ContentLength: size,
              ChecksumSHA256: sha256,
            }),
          ),
        );
        return answer.ETag;
      }),

    copy: ({ from, key, headers, expected }) =>
      written(expected, async () => {
        const answer = await call('PutObject', () =>
          client.send(
            new CopyObjectCommand({
              ...place,
              ...(owner === undefined ? {} : { ExpectedSourceBucketOwner: owner }),
              ...conditionOf(expected),
              ...headersOf(headers),
              Key: key,
              CopySource: `${bucket}/${from.split('/').map(encodeURIComponent).join('/')}`,
              MetadataDirective: 'REPLACE',
            }),
          ),
        );
        return answer.CopyObjectResult?.ETag;
      }),

    async remove(keys) {
      for (const batch of batches(keys, 1000)) {
        const command = new DeleteObjectsCommand({
          ...place,
          Delete: { Objects: batch.map(Key => ({ Key })), Quiet: true },
        });
        const { Errors = [] } = await call('DeleteObject', () => client.send(command));
        const [first] = Errors;
        if (first === undefined) continue;
        const { Code = 'Unknown', Key, Message = '' } = first;
        const kind = Code === 'AccessDenied' ? 'denied' : 'refused';
        throw new AwsCallError(kind, Code, 's3:DeleteObject', `${Key}: ${Message}`);
      }
    },

    async keepsVersions() {
      const command = new GetBucketVersioningCommand(place);
      const { Status } = await call('GetBucketVersioning', () => client.send(command));
      return Status === 'Enabled';
    },

    async answersWithoutOwner() {
      try {
        await call('ListBucket', () => client.send(new HeadBucketCommand({ Bucket: bucket })));
        return true;
      } catch (error) {
        if (error instanceof AwsCallError && error.kind === 'denied') return false;
        throw error;
      }
    },
  };
}

/** 409 is another write of the same object at the same time; 404 an object that was expected to be there. */
function isOtherwise(code: string, expected: Expected): boolean {
  if (code === 'NoSuchKey') return expected !== undefined && expected !== 'absent';
  return code === 'PreconditionFailed' || code === 'ConditionalRequestConflict';
}

function conditionOf(expected: Expected): { readonly IfMatch?: string; readonly IfNoneMatch?: string } {
  if (expected === undefined) return {};
  return expected === 'absent' ? { IfNoneMatch: '*' } : { IfMatch: `"${expected}"` };
}

function headersOf({ contentType, cacheControl, contentEncoding }: ObjectHeaders) {
  return {
    ContentType: contentType,
    ...(cacheControl === undefined ? {} : { CacheControl: cacheControl }),
    ...(contentEncoding === undefined ? {} : { ContentEncoding: contentEncoding }),
  };
}

function bare(etag = ''): string {
  return etag.replaceAll('"', '');
}

/**
 * Says what S3 leaves to headers and statuses: the region of a bucket that is elsewhere, and a HEAD that is refused, whose answer
 * has no body that could say so.
 */
function spoken(action: string, bucket: string, thrown: unknown): AwsCallError {
  const error = callError(action, thrown);
  const { status, region } = answerOf(thrown);
  if (status === 301 || error.code === 'PermanentRedirect') {
    const where = region === undefined ? 'another region' : `the region ${region}`;
    return new AwsCallError('refused', 'PermanentRedirect', action, `The bucket ${bucket} is in ${where}.`, {
      cause: thrown,
    });
  }
  if (status === 403 && error.kind === 'refused') {
    return new AwsCallError('denied', 'AccessDenied', action, 'Access Denied', { cause: thrown });
  }
  return error;
}

function answerOf(thrown: unknown): { readonly status: number | undefined; readonly region: string | undefined } {
  const metadata = member(thrown, '$metadata');
  const headers = member(member(thrown, '$response'), 'headers');
  const [status, region] = [member(metadata, 'httpStatusCode'), member(headers, 'x-amz-bucket-region')];
  return {
    status: typeof status === 'number' ? status : undefined,
    region: typeof region === 'string' ? region : undefined,
  };
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
