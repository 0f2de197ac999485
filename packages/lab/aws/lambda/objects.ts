import type { StoredObject } from './engine.ts';

/** Archives in buckets, for as long as the lab has no S3 of its own behind Lambda. */
export interface CodeObjects {
  put(account: string, region: string, bucket: string, key: string, body: Uint8Array): void;
  get(account: string, region: string, bucket: string, key: string, version: string | undefined): StoredObject;
}

export function createCodeObjects(): CodeObjects {
  const buckets = new Map<string, { readonly region: string; readonly objects: Map<string, Uint8Array> }>();
  return {
    put(_account, region, bucket, key, body) {
      const held = buckets.get(bucket) ?? { region, objects: new Map<string, Uint8Array>() };
      buckets.set(bucket, held);
      held.objects.set(key, body);
    },
    get(_account, region, bucket, key) {
      const held = buckets.get(bucket);
      if (held === undefined) return { failure: 'NoSuchBucket' };
      if (held.region !== region) return { failure: 'PermanentRedirect', region: held.region };
      const body = held.objects.get(key);
      return body === undefined ? { failure: 'NoSuchKey' } : { body };
    },
  };
}
