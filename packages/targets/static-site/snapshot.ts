import type { Snapshot } from '#core/receipt';

/** Which release a site showed: the manifest in its bucket says the rest. */
export interface SiteSnapshot {
  readonly bucket: string;
  readonly owner?: string | undefined;
  readonly prefix: string;
  readonly distribution?: string | undefined;
  readonly invalidate: 'changed' | 'all';
  /** Digest of the manifest. */
  readonly manifest: string;
}

const schema = 1;

export function siteSnapshot(site: SiteSnapshot): Snapshot {
  return { target: 'static-site', schema, state: { ...site } };
}

/** Undefined where it is of another target, or newer than this version understands. */
export function readSiteSnapshot({ target, schema: written, state }: Snapshot): SiteSnapshot | undefined {
  const { bucket, owner, prefix, distribution, invalidate, manifest } = state;
  if (target !== 'static-site' || written !== schema) return undefined;
  if (typeof bucket !== 'string' || typeof prefix !== 'string' || typeof manifest !== 'string') return undefined;
  return {
    bucket,
    prefix,
    manifest,
    invalidate: invalidate === 'all' ? 'all' : 'changed',
    ...(typeof owner === 'string' ? { owner } : {}),
    ...(typeof distribution === 'string' ? { distribution } : {}),
  };
}
