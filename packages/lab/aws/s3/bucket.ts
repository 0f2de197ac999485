import { createHash } from 'node:crypto';

/** An object as S3 holds it: bytes, and what it says of them to whoever asks. */
export interface StoredObject {
  readonly key: string;
  readonly body: Uint8Array;
  /** With its quotes, as on the wire. */
  readonly etag: string;
  /** Lab time, epoch ms. */
  readonly lastModified: number;
  readonly headers: ObjectHeaders;
  readonly metadata: Readonly<Record<string, string>>;
  /** `ChecksumSHA256` and the like, base64. */
  readonly checksums: Readonly<Record<string, string>>;
}

/** System metadata that a caller gives: https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html */
export interface ObjectHeaders {
  readonly ContentType?: string | undefined;
  readonly CacheControl?: string | undefined;
  readonly ContentEncoding?: string | undefined;
  readonly ContentDisposition?: string | undefined;
  readonly ContentLanguage?: string | undefined;
}

export interface Bucket {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** With `aws:kms` an ETag is no MD5: https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html */
  readonly encryption: 'AES256' | 'aws:kms';
  /** Said by GetBucketVersioning alone: no earlier version is kept here. */
  versioning: 'Enabled' | 'Suspended' | undefined;
  readonly objects: Map<string, StoredObject>;
  /** Called after each change of an object. */
  readonly watchers: Set<(key: string) => void>;
}

export function store(
  bucket: Bucket,
  object: Pick<StoredObject, 'key' | 'body' | 'headers'> & Partial<StoredObject>,
  now: number,
): StoredObject {
  const { key, body, headers, metadata = {}, checksums = {} } = object;
  const stored = { key, body, headers, metadata, checksums, lastModified: now, etag: etagOf(bucket, key, body) };
  bucket.objects.set(key, stored);
  changed(bucket, key);
  return stored;
}

export function remove(bucket: Bucket, key: string): void {
  if (bucket.objects.delete(key)) changed(bucket, key);
}

function changed({ watchers }: Bucket, key: string): void {
  for (const watch of [...watchers]) watch(key);
}

/** Keys in the order of their UTF-8 bytes, as S3 lists them. */
export function keysInOrder({ objects }: Bucket, prefix: string): readonly string[] {
  const found = [...objects.keys()].filter(key => key.startsWith(prefix));
  // Without surrogates the order of UTF-16 is that of the bytes.
  const plain = found.every(key => !/[\ud800-\udfff]/.test(key));
  return plain ? found.sort() : found.sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
}

/** The MD5 of what was put in one piece; with KMS something else, which also changes with the content. */
function etagOf({ encryption, name }: Bucket, key: string, body: Uint8Array): string {
  const hash = createHash('md5').update(body);
  if (encryption === 'aws:kms') hash.update(`${name}/${key}`);
  return `"${hash.digest('hex')}"`;
}
