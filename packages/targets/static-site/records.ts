import { createHash } from 'node:crypto';
import type { Expected, Written } from '#aws/s3';
import { emptyLedger, type Ledger, readLedger, writeLedger } from './ledger.ts';
import { readManifest, type SiteFiles, writeManifest } from './manifest.ts';
import { recordKey, recordNames, type Site } from './site.ts';
import { noState, readState, type SiteState, writeState } from './state.ts';

/** The records of a site in its bucket. Those that cannot be read are told apart from those that are not there. */
export type Read<T> = T | 'unreadable';

export interface HeldState {
  readonly state: SiteState;
  /** What it has to be still when it is written. */
  readonly expected: Exclude<Expected, undefined>;
}

export async function loadState({ s3, place }: Site): Promise<Read<HeldState>> {
  const found = await s3.get(recordKey(place, recordNames.state));
  if (found === undefined) return { state: noState, expected: 'absent' };
  const state = readState(found.body);
  return state === undefined ? 'unreadable' : { state, expected: found.etag };
}

export async function saveState(site: Site, state: SiteState, expected: Expected): Promise<Written> {
  return put(site, recordNames.state, writeState(state), 'application/json', expected);
}

export async function loadLedger({ s3, place }: Site): Promise<Read<Ledger>> {
  const found = await s3.get(recordKey(place, recordNames.ledger));
  return found === undefined ? emptyLedger : (readLedger(found.body) ?? 'unreadable');
}

export async function saveLedger(site: Site, ledger: Ledger): Promise<void> {
  await put(site, recordNames.ledger, writeLedger(ledger), 'application/gzip');
}

export async function loadManifest({ s3, place }: Site, digest: string): Promise<Read<SiteFiles> | undefined> {
  const found = await s3.get(recordKey(place, recordNames.manifest(digest)));
  return found === undefined ? undefined : (readManifest(found.body, digest) ?? 'unreadable');
}

export async function saveManifest(site: Site, digest: string, files: SiteFiles): Promise<void> {
  await put(site, recordNames.manifest(digest), writeManifest(files), 'application/gzip');
}

async function put(
  { s3, place }: Site,
  name: string,
  body: Uint8Array,
  contentType: string,
  expected?: Expected,
): Promise<Written> {
  return s3.put({
    key: recordKey(place, name),
    body,
    size: body.length,
    sha256: createHash('sha256').update(body).digest('base64'),
    headers: { contentType, cacheControl: 'no-store' },
    ...(expected === undefined ? {} : { expected }),
  });
}
