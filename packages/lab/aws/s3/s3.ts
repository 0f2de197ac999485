import * as model from '@aws-sdk/client-s3';
import type { LabClock } from '../../clock/clock.ts';
import { modelOnly } from '../../wire/not-modelled.ts';
import { type Call, type Service, ServiceError } from '../../wire/service.ts';
import { type Bucket, type ObjectHeaders, remove, type StoredObject, store } from './bucket.ts';
import {
  copyObject,
  deleteObject,
  deleteObjects,
  getObject,
  headObject,
  listObjects,
  putObject,
} from './operations.ts';

export interface BucketSpec {
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly encryption?: 'AES256' | 'aws:kms';
  readonly versioning?: 'Enabled' | 'Suspended';
}

export interface S3World {
  readonly service: Service;
  createBucket(spec: BucketSpec): void;
  hasBucket(name: string): boolean;
  find(name: string): Bucket | undefined;
  /** Takes it away with all that is in it. */
  removeBucket(name: string): void;
  /** Throws for a bucket that is not there. */
  bucket(name: string): Bucket;
  /** As somebody else would put it, past every check. */
  put(bucket: string, key: string, body: string | Uint8Array, headers?: ObjectHeaders): StoredObject;
  remove(bucket: string, key: string): void;
  setVersioning(bucket: string, versioning: 'Enabled' | 'Suspended'): void;
}

/**
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ . Names are global: a bucket is one of all accounts, and is met in its own region
 * only. Only its owner’s callers may use it: bucket policies, access points, versions, multipart uploads, ACLs, lifecycle and
 * ranges are not modelled. No throttling by itself (3,500 writes a second and prefix are more than one client makes): faults do that.
 */
export function createS3({ clock }: { readonly clock: Pick<LabClock, 'now'> }): S3World {
  const buckets = new Map<string, Bucket>();
  const opened = clock.now();

  /** The bucket that a call may work on; the refusals in the order of S3: there, here, whose. */
  function open(name: string | undefined, owner: string | undefined, call: Call): Bucket {
    const bucket = buckets.get(name ?? '');
    if (bucket === undefined) {
      throw new ServiceError('NoSuchBucket', 'The specified bucket does not exist', 404, { BucketName: name ?? '' });
    }
    if (bucket.region !== call.region) {
      const message =
        'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.';
      const endpoint = `${bucket.name}.s3.${bucket.region}.amazonaws.com`;
      throw new ServiceError('PermanentRedirect', message, 301, {
        Endpoint: endpoint,
        Bucket: bucket.name,
        BucketRegion: bucket.region,
      });
    }
    if (bucket.account !== call.account || (owner !== undefined && owner !== bucket.account)) {
      throw new ServiceError('AccessDenied', 'Access Denied', 403);
    }
    return bucket;
  }

  type Placed = { readonly Bucket?: string | undefined; readonly ExpectedBucketOwner?: string | undefined };
  const on =
    <Input extends Placed>(behave: (input: Input, bucket: Bucket, now: number) => unknown) =>
    (input: Input, call: Call) =>
      behave(input, open(input.Bucket, input.ExpectedBucketOwner, call), call.now);

  const service: Service = {
    id: 's3',
    model,
    resource: (_operation, { Bucket: name, Key: key }) =>
      `arn:aws:s3:::${String(name)}${typeof key === 'string' ? `/${key}` : ''}`,
    operations: {
      HeadBucket: on((input: model.HeadBucketCommandInput, bucket) => {
        modelOnly(input, 'Bucket', 'ExpectedBucketOwner');
        return { BucketRegion: bucket.region };
      }),
      /** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketVersioning.html : a bucket that never had any says nothing. */
      GetBucketVersioning: on((input: model.GetBucketVersioningCommandInput, bucket) => {
        modelOnly(input, 'Bucket', 'ExpectedBucketOwner');
        return { Status: bucket.versioning };
      }),
      PutObject: on(putObject),
      GetObject: on(getObject),
      HeadObject: on(headObject),
      ListObjectsV2: on(listObjects),
      DeleteObject: on(deleteObject),
      DeleteObjects: on(deleteObjects),
      /** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html */
      ListBuckets: (input: model.ListBucketsCommandInput, { account }: Call) => {
        modelOnly(input);
        const own = [...buckets.values()].filter(bucket => bucket.account === account).map(({ name }) => name);
        const CreationDate = new Date(opened);
        return { Buckets: own.toSorted().map(Name => ({ Name, CreationDate })), Owner: { ID: account } };
      },
      CopyObject: (input: model.CopyObjectCommandInput, call: Call) =>
        copyObject(
          input,
          open(input.Bucket, input.ExpectedBucketOwner, call),
          name => open(name, input.ExpectedSourceBucketOwner, call),
          call.now,
        ),
    },
  };

  function own(name: string): Bucket {
    const bucket = buckets.get(name);
    if (bucket === undefined) throw new Error(`There is no bucket ${name}`);
    return bucket;
  }

  return {
    service,
    createBucket({ account, region, name, encryption = 'AES256', versioning }) {
      if (buckets.has(name)) throw new Error(`There is a bucket ${name} already`);
      buckets.set(name, { account, region, name, encryption, versioning, objects: new Map(), watchers: new Set() });
    },
    hasBucket: name => buckets.has(name),
    find: name => buckets.get(name),
    removeBucket: name => void buckets.delete(name),
    bucket: own,
    put: (name, key, body, headers = {}) =>
      store(own(name), { key, body: typeof body === 'string' ? Buffer.from(body) : body, headers }, clock.now()),
    remove: (name, key) => remove(own(name), key),
    setVersioning(name, versioning) {
      own(name).versioning = versioning;
    },
  };
}
