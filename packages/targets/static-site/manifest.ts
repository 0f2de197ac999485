import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Kind } from './classify.ts';

/** One file of a release: its content, and what S3 says of it. */
export interface SiteFile {
  /**
   * SHA-256, hex; with `.br` or `.gzip` for a compressed asset, of what it is compressed from; `etag-…` for what was there before the
   * suite and was never read by it.
   */
  readonly content: string;
  readonly size: number;
  readonly kind: Kind;
  readonly type: string;
  readonly cacheControl?: string | undefined;
  readonly encoding?: string | undefined;
}

/** What a release consists of, by path below the site’s folder. Its digest is its name. */
export type SiteFiles = ReadonlyMap<string, SiteFile>;

const schema = 1;

/** The same files with the same headers have the same digest, whenever and wherever they were built. */
export function digestOf(files: SiteFiles): string {
  return createHash('sha256').update(canonical(files)).digest('hex');
}

function canonical(files: SiteFiles): string {
  const names = [...files.keys()].sort();
  return JSON.stringify({
    schema,
    files: names.map(name => {
      const { content, size, kind, type, cacheControl, encoding } = files.get(name) ?? missing(name);
      return [name, content, size, kind, type, cacheControl ?? null, encoding ?? null];
    }),
  });
}

export function writeManifest(files: SiteFiles): Uint8Array {
  return gzipSync(canonical(files));
}

/** Undefined for what is none, is newer than this version, or is not what its name says. */
export function readManifest(body: Uint8Array, digest: string): SiteFiles | undefined {
  const value = parse(body);
  if (!isRecord(value) || value.schema !== schema || !Array.isArray(value.files)) return undefined;
  const files = new Map<string, SiteFile>();
  for (const entry of value.files as readonly unknown[]) {
    if (!Array.isArray(entry)) return undefined;
    const [name, content, size, kind, type, cacheControl, encoding]: readonly unknown[] = entry;
    if (typeof name !== 'string' || typeof content !== 'string' || typeof size !== 'number') return undefined;
    if ((kind !== 'asset' && kind !== 'file' && kind !== 'document') || typeof type !== 'string') return undefined;
    files.set(name, {
      content,
      size,
      kind,
      type,
      ...(typeof cacheControl === 'string' ? { cacheControl } : {}),
      ...(typeof encoding === 'string' ? { encoding } : {}),
    });
  }
  return digestOf(files) === digest ? files : undefined;
}

/** JSON that may be compressed; undefined for anything else. */
export function parse(body: Uint8Array): unknown {
  try {
    const plain = body[0] === 0x1f && body[1] === 0x8b ? gunzipSync(body) : Buffer.from(body);
    return JSON.parse(plain.toString('utf8'));
  } catch {
    return undefined;
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function sameFile(one: SiteFile, other: SiteFile): boolean {
  return (
    one.content === other.content &&
    one.type === other.type &&
    (one.cacheControl ?? '') === (other.cacheControl ?? '') &&
    (one.encoding ?? '') === (other.encoding ?? '')
  );
}

function missing(name: string): never {
  throw new Error(`no file ${name}`);
}
