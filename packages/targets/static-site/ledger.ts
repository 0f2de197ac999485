import { gzipSync } from 'node:zlib';
import { isRecord, parse, type SiteFile } from './manifest.ts';

/** An object of the site that this suite has put, or is about to put. */
export interface LedgerObject extends SiteFile {
  /** As S3 answered when it was written; empty when that is not known: the object is then taken for changed. */
  readonly etag: string;
  /** Since when no release refers to it, epoch ms; absent while the present one does. */
  readonly since?: number | undefined;
}

/** What the suite knows of the bucket besides its releases: what it has put there, and what may go. */
export interface Ledger {
  /** By path below the site’s folder. */
  readonly objects: ReadonlyMap<string, LedgerObject>;
  /** Contents kept for the way back, and manifests: since when no release needs them, or null. */
  readonly contents: ReadonlyMap<string, number | null>;
  readonly manifests: ReadonlyMap<string, number | null>;
}

export const emptyLedger: Ledger = { objects: new Map(), contents: new Map(), manifests: new Map() };

const schema = 1;

export function writeLedger({ objects, contents, manifests }: Ledger): Uint8Array {
  return gzipSync(
    JSON.stringify({
      schema,
      objects: Object.fromEntries(objects),
      contents: Object.fromEntries(contents),
      manifests: Object.fromEntries(manifests),
    }),
  );
}

/** Undefined for what this version cannot read. */
export function readLedger(body: Uint8Array): Ledger | undefined {
  const value = parse(body);
  if (!isRecord(value) || value.schema !== schema) return undefined;
  const { objects, contents, manifests } = value;
  if (!isRecord(objects) || !isRecord(contents) || !isRecord(manifests)) return undefined;
  if (!Object.values(objects).every(isLedgerObject)) return undefined;
  return {
    objects: new Map(Object.entries(objects as Readonly<Record<string, LedgerObject>>)),
    contents: new Map(Object.entries(contents as Readonly<Record<string, number | null>>)),
    manifests: new Map(Object.entries(manifests as Readonly<Record<string, number | null>>)),
  };
}

function isLedgerObject(value: unknown): value is LedgerObject {
  return isRecord(value) && typeof value.content === 'string' && typeof value.etag === 'string';
}
