import { NotModelled } from '../../wire/not-modelled.ts';
import type { S3World } from '../s3/s3.ts';
import type { LambdaPorts } from './engine.ts';

/** Archives in buckets: Lambda reads them as its caller, in its own region. */
export function objectsIn(s3: Pick<S3World, 'hasBucket' | 'bucket'>): LambdaPorts['objects'] {
  return {
    get(account, region, name, key, version) {
      if (version !== undefined) throw new NotModelled('with S3ObjectVersion');
      if (!s3.hasBucket(name)) return { failure: 'NoSuchBucket' };
      const bucket = s3.bucket(name);
      if (bucket.region !== region) return { failure: 'PermanentRedirect', region: bucket.region };
      if (bucket.account !== account) return { failure: 'AccessDenied' };
      const object = bucket.objects.get(key);
      return object === undefined ? { failure: 'NoSuchKey' } : { body: object.body };
    },
  };
}
