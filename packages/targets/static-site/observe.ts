import type { DistributionFacts } from '#aws/cloudfront';
import { AwsCallError } from '#aws/errors';
import type { ListedObject } from '#aws/s3';
import type { Finding } from '#core/finding';
import { recordsFolder } from '#core/flow/targets/static-site';
import type { Ledger } from './ledger.ts';
import type { SiteFiles } from './manifest.ts';
import { type HeldState, loadLedger, loadManifest, loadState } from './records.ts';
import { keyOf, recordKey, recordNames, type Site, type SitePlace } from './site.ts';

/** A site as it is. */
export interface Observed {
  /** By path below the site’s folder. */
  readonly listing: ReadonlyMap<string, ListedObject>;
  readonly held: HeldState;
  readonly ledger: Ledger;
  /** What the present release consists of. */
  readonly base: SiteFiles | undefined;
}

export type Observation =
  | { readonly ok: true; readonly observed: Observed }
  | { readonly ok: false; readonly findings: readonly Finding[] };

/** Looks at bucket, records and distribution; everything that is wrong with them is told at once. */
export async function observeSite(site: Site): Promise<Observation> {
  const [bucket, distribution] = await Promise.all([observeBucket(site), checkDistribution(site)]);
  const findings = [...('observed' in bucket ? [] : bucket.findings), ...distribution];
  return findings.length > 0 || !('observed' in bucket) ? { ok: false, findings } : { ok: true, ...bucket };
}

async function observeBucket(
  site: Site,
): Promise<{ readonly observed: Observed } | { readonly findings: readonly Finding[] }> {
  const listing = await listOrMiss(site);
  if ('reason' in listing) return { findings: [listing] };
  const [held, ledger] = await Promise.all([loadState(site), loadLedger(site)]);
  if (held === 'unreadable') return { findings: [unreadable(site.place, recordNames.state)] };
  if (ledger === 'unreadable') return { findings: [unreadable(site.place, recordNames.ledger)] };
  const shown = held.state.current ?? held.state.pending?.before ?? null;
  const base = shown === null ? undefined : await loadManifest(site, shown);
  if (base === 'unreadable') return { findings: [unreadable(site.place, recordNames.manifest(shown ?? ''))] };
  return { observed: { listing, held, ledger, base } };
}

async function listOrMiss(site: Site): Promise<ReadonlyMap<string, ListedObject> | Finding> {
  const { s3, place } = site;
  const start = keyOf(place, '');
  try {
    const objects = await s3.list(start);
    return new Map(
      objects
        .filter(({ key }) => !key.startsWith(`${recordsFolder}/`))
        .map(object => [object.key.slice(start.length), object] as const),
    );
  } catch (error) {
    if (!(error instanceof AwsCallError)) throw error;
    const finding = await bucketFinding(site, error);
    if (finding === undefined) throw error;
    return finding;
  }
}

/** S3 refuses a bucket of others in the words of a missing permission: without an owner said, it shows which of the two it is. */
export async function bucketFinding(
  { s3, place }: Pick<Site, 's3' | 'place'>,
  error: AwsCallError,
): Promise<Finding | undefined> {
  const { bucket, owner } = place;
  const where = { kind: 'call', call: error.action } as const;
  if (error.code === 'NoSuchBucket') {
    const message = `There is no bucket ${bucket}.`;
    const next = 'Correct the name, or create the bucket: the suite makes none.';
    return { reason: 'not-found', message, evidence: { bucket }, next, where };
  }
  if (error.code === 'PermanentRedirect') {
    const next = 'Give that region for the component, its environment, or as the input `region`.';
    return { reason: 'bucket-elsewhere', message: error.message, evidence: { bucket }, next, where };
  }
  if (error.kind !== 'denied' || owner === undefined || !(await s3.answersWithoutOwner())) return undefined;
  const message = `The bucket ${bucket} does not belong to the account ${owner}. Nothing was put into it.`;
  return { reason: 'bucket-not-ours', message, evidence: { bucket, owner }, where };
}

function unreadable(place: SitePlace, name: string): Finding {
  const key = recordKey(place, name);
  const message = `The record s3://${place.bucket}/${key} is not one that this version can read.`;
  return { reason: 'site-records-unreadable', message, evidence: { bucket: place.bucket, key } };
}

export async function checkDistribution(site: Pick<Site, 'place' | 'cloudfront'>): Promise<readonly Finding[]> {
  const { distribution: id } = site.place;
  if (id === undefined) return [];
  const found = await (await site.cloudfront()).distribution(id);
  const where = { kind: 'call', call: 'cloudfront:GetDistribution' } as const;
  if (found === undefined) {
    const message = `There is no CloudFront distribution ${id} in this account.`;
    const next = 'Correct the id, or check that the role is of the account of the distribution.';
    return [{ reason: 'not-found', message, evidence: { distribution: id }, next, where }];
  }
  const finding = judgeOrigins(site.place, found);
  return finding === undefined ? [] : [{ ...finding, where }];
}

/**
 * A distribution of other buckets only is a mistake of the id: it would be invalidated in vain, and visitors go on seeing the old
 * pages. One whose origins are no buckets may reach ours in ways that cannot be seen from here.
 */
export function judgeOrigins({ bucket }: SitePlace, { id, origins }: DistributionFacts): Finding | undefined {
  const hosts = origins.map(({ host }) => host);
  const buckets = hosts.filter(host => /\.s3[.-].*amazonaws\.com/.test(host));
  if (buckets.length === 0 || buckets.length < hosts.length) return undefined;
  if (buckets.some(host => /^(.+?)\.s3[.-]/.exec(host)?.[1] === bucket)) return undefined;
  const message = `The distribution ${id} gets its files from ${hosts.join(', ')}, not from the bucket ${bucket}.`;
  return { reason: 'distribution-of-another', message, evidence: { distribution: id, bucket, origins: hosts } };
}
