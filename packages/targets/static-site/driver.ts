import type { Finding } from '#core/finding';
import type { Snapshot } from '#core/receipt';
import type { Applied, Driver, Preparation } from '#core/target';
import { unreadable } from '../unreadable.ts';
import { changeRows } from './change-rows.ts';
import { claim } from './claim.ts';
import type { LocalFile } from './files.ts';
import { describeFound, sameHeaders } from './found.ts';
import { digestOf, type SiteFile } from './manifest.ts';
import { observeSite } from './observe.ts';
import { isInPlace, planSite, type SitePlan, uncertain } from './plan.ts';
import type { Found, Prepared } from './prepared.ts';
import { loadManifest } from './records.ts';
import { createRollout } from './rollout.ts';
import { recordKey, recordNames, type Site, type SitePlace, shortOf, subjectOf } from './site.ts';
import { readSiteSnapshot, siteSnapshot } from './snapshot.ts';

export interface SiteSources {
  /** The build that is deployed. */
  readonly build: () => Promise<ReadonlyMap<string, LocalFile>>;
  readonly site: Site;
}

/** The driver of one static site. `siteAt` opens the one that a snapshot is of. */
export function createSiteDriver(sources: SiteSources | undefined, siteAt: (place: SitePlace) => Site): Driver {
  return {
    async prepare() {
      if (sources === undefined) throw new Error('a driver that only restores was asked to deploy');
      return prepareWanted(sources.site, await sources.build(), { wait: true, done: 'deployed' });
    },
    restore: snapshot => prepareRestore(siteAt, snapshot, true),
  };
}

async function prepareWanted(
  site: Site,
  wanted: ReadonlyMap<string, SiteFile | LocalFile>,
  way: Pick<Prepared, 'wait' | 'done'>,
): Promise<Preparation> {
  const observation = await observeSite(site);
  if (!observation.ok) return { kind: 'refused', findings: observation.findings };
  const { observed } = observation;
  const scene = { ...observed, wanted };
  const plan = planSite({ ...scene, same: await sameHeaders(site, wanted, uncertain(scene)) });
  const findings = [...clashFindings(site, plan), ...goneFindings(site, plan)];
  if (findings.length > 0) return { kind: 'refused', findings };

  const manifest = digestOf(wanted);
  const after = snapshotOf(site, manifest);
  const { state } = observed.held;
  if (state.current === manifest && state.pending === null && isInPlace(plan)) {
    const message = `${subjectOf(site.place)} shows release ${shortOf(manifest)} already.`;
    return {
      kind: 'no-op',
      snapshot: after,
      result: { outcome: 'no-op', reason: 'nothing-to-change', message, evidence: { manifest } },
    };
  }
  const known = state.current ?? state.pending?.before ?? null;
  const found = known === null ? await foundAt(site, plan, wanted) : undefined;
  const before = known ?? found?.manifest ?? null;
  const snapshot = before === null ? null : snapshotOf(site, before);
  const prepared: Prepared = {
    observed,
    plan,
    wanted,
    manifest,
    before: { manifest: before, snapshot },
    after,
    found,
    ...way,
  };
  warnOf(site, prepared);
  return {
    kind: 'change',
    before: snapshot,
    changes: changeRows(site, prepared),
    notes: [],
    apply: () => apply(site, prepared),
  };
}

async function foundAt(
  site: Site,
  { foreign }: SitePlan,
  wanted: ReadonlyMap<string, SiteFile>,
): Promise<Found | undefined> {
  return describeFound(site, foreign, path => wanted.get(path)?.kind ?? 'file');
}

function snapshotOf({ place }: Site, manifest: string): Snapshot {
  return siteSnapshot({ ...place, manifest });
}

async function apply(site: Site, prepared: Prepared): Promise<Applied> {
  const deadline = site.clock.now() + site.timeout;
  const { manifest, before, observed } = prepared;
  const claimed = await claim(site, observed.held, manifest, before.manifest);
  if ('outcome' in claimed) return { kind: 'ended', ending: claimed };
  if (claimed.adopted) {
    const text = `going on with release ${shortOf(manifest)}, which an earlier run has begun`;
    site.report({ subject: subjectOf(site.place), text, level: 'info' });
  }
  const rollout = createRollout(site, prepared, claimed, deadline, () => goBack(site, before.snapshot));
  return { kind: 'started', rollout, changes: changeRows(site, prepared) };
}

/** For a run that is being cancelled: the earlier pages are put back at once, and caches are asked to forget, which nobody waits for. */
async function goBack(site: Site, before: Snapshot | null): Promise<readonly string[]> {
  const subject = subjectOf(site.place);
  if (before === null) return [`Some pages of ${subject} are of the new release; there was none before.`];
  const unhurried = { ...site, signal: new AbortController().signal };
  const back = await prepareRestore(() => unhurried, before, false);
  if (back.kind === 'refused') return back.findings.map(finding => finding.message);
  if (back.kind === 'no-op') return [`${subject} shows the earlier release.`];
  const applied = await back.apply();
  const ended = applied.kind === 'ended' ? applied.ending : await applied.rollout.follow();
  return ended.outcome === 'succeeded'
    ? [`The pages of the earlier release are back in ${subject}; caches may show the new ones for some minutes.`]
    : [ended.message];
}

async function prepareRestore(
  siteAt: (place: SitePlace) => Site,
  snapshot: Snapshot,
  wait: boolean,
): Promise<Preparation> {
  const place = readSiteSnapshot(snapshot);
  if (place === undefined) return { kind: 'refused', findings: [unreadable(snapshot)] };
  const { manifest, ...where } = place;
  const site = siteAt(where);
  const files = await loadManifest(site, manifest);
  if (files === undefined || files === 'unreadable')
    return { kind: 'refused', findings: [manifestGone(site, manifest)] };
  return prepareWanted(site, files, { wait, done: 'restored' });
}

function warnOf(site: Site, { observed }: Prepared): void {
  const { pending } = observed.held.state;
  if (pending === null) return;
  const text = `an earlier change to release ${shortOf(pending.manifest)} (${pending.by}) has not ended`;
  site.report({ subject: subjectOf(site.place), text, level: 'warning' });
}

function clashFindings({ place }: Site, { clashing }: SitePlan): readonly Finding[] {
  const [first, ...others] = clashing;
  if (first === undefined) return [];
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  const message = `${first}${more} is in ${place.bucket} with another content, and browsers may hold that for a year.`;
  return [{ reason: 'site-asset-changed', message, evidence: { bucket: place.bucket, paths: clashing.slice(0, 20) } }];
}

function goneFindings({ place }: Site, { gone }: SitePlan): readonly Finding[] {
  if (gone.length === 0) return [];
  const message = `${gone.length} files of that release are no longer in ${place.bucket} as they were: ${gone.slice(0, 5).join(', ')}.`;
  return [{ reason: 'site-files-gone', message, evidence: { bucket: place.bucket, paths: gone.slice(0, 20) } }];
}

function manifestGone({ place }: Site, manifest: string): Finding {
  const key = recordKey(place, recordNames.manifest(manifest));
  const message = `The record of release ${shortOf(manifest)} is not in the bucket: s3://${place.bucket}/${key}.`;
  return { reason: 'site-files-gone', message, evidence: { bucket: place.bucket, key } };
}
