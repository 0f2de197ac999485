import type { CloudFront } from '#aws/cloudfront';
import type { S3 } from '#aws/s3';
import type { Clock } from '#core/clock';
import { recordsFolder, type StaticSiteComponent } from '#core/flow/targets/static-site';
import type { Progress } from '#core/target';

/** Where a site is, with nothing left to look up. */
export interface SitePlace {
  readonly bucket: string;
  readonly owner?: string | undefined;
  readonly prefix: string;
  readonly distribution?: string | undefined;
  readonly invalidate: 'changed' | 'all';
}

/** What the parts of the driver share while they work on one site. */
export interface Site {
  readonly place: SitePlace;
  readonly s3: S3;
  /** Loaded only where there is a distribution. */
  readonly cloudfront: () => Promise<CloudFront>;
  readonly clock: Clock;
  readonly report: (progress: Progress) => void;
  /** Aborted when the run is cancelled. */
  readonly signal: AbortSignal;
  /** Run id and attempt. */
  readonly runToken: string;
  /** How long files stay after a release last referred to them, ms; absent where nothing is cleared away. */
  readonly keep?: number | undefined;
  /** For the whole change, in ms. */
  readonly timeout: number;
}

export function placeOf({ bucket, prefix, distribution, invalidate, ...component }: StaticSiteComponent): SitePlace {
  const owner = component.owner ?? accountOf(component.role);
  return {
    bucket,
    prefix,
    invalidate,
    ...(owner === undefined ? {} : { owner }),
    ...(distribution === undefined ? {} : { distribution }),
  };
}

/** `arn:aws:iam::123456789012:role/release` → the account whose buckets are meant unless somebody says otherwise. */
function accountOf(role: string | undefined): string | undefined {
  return /^arn:[^:]+:iam::(\d{12}):/.exec(role ?? '')?.[1];
}

/** The key of a file of the site. */
export function keyOf({ prefix }: SitePlace, path: string): string {
  return prefix === '' ? path : `${prefix}/${path}`;
}

/** The key of a record. They are outside of the site’s own folder, where there is one, so that nothing serves them. */
export function recordKey({ prefix }: SitePlace, name: string): string {
  return prefix === '' ? `${recordsFolder}/${name}` : `${recordsFolder}/${prefix}/${name}`;
}

export const recordNames = {
  state: 'state.json',
  ledger: 'ledger.json.gz',
  manifest: (digest: string) => `manifests/${digest}.json.gz`,
  /** A file’s bytes as they were, so that a page comes back without its build. */
  content: (content: string) => `contents/${content}`,
} as const;

/** Said in every line: the bucket, and the folder where the site is only a part of it. */
export function subjectOf({ bucket, prefix }: SitePlace): string {
  return prefix === '' ? bucket : `${bucket}/${prefix}`;
}

export function shortOf(digest: string | null): string {
  return digest === null ? 'nothing of ours' : digest.slice(0, 12);
}
