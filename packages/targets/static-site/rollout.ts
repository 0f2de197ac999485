import { findingOf } from '#aws/denied';
import { AwsCallError } from '#aws/errors';
import type { Result } from '#core/outcome';
import type { Snapshot } from '#core/receipt';
import { sentence } from '#core/report/sentence';
import type { Ending, Rollout } from '#core/target';
import { bookAfter, bookBefore, type Change } from './accounts.ts';
import { type Claim, giveBack, settle, whyNotOurs } from './claim.ts';
import { clearAway } from './clear-away.ts';
import type { LocalFile } from './files.ts';
import { keepFound } from './found.ts';
import { invalidate } from './invalidate.ts';
import { invalidationPaths } from './invalidation.ts';
import type { Prepared } from './prepared.ts';
import { saveLedger, saveManifest } from './records.ts';
import { keyOf, type Site, shortOf, subjectOf } from './site.ts';
import { switchPages } from './switch.ts';
import { upload, type Watch } from './uploads.ts';

/** What the parts of a rollout have come to. */
interface Progress {
  /** Whether a visitor may have seen something of it. */
  touched: boolean;
  readonly etags: Map<string, string>;
}

/** A release on its way into a bucket. `back` brings the earlier one again, without waiting for anything. */
export function createRollout(
  site: Site,
  prepared: Prepared,
  claimed: Claim,
  deadline: number,
  back: () => Promise<readonly string[]>,
): Rollout {
  const progress: Progress = { touched: false, etags: new Map() };
  const subject = subjectOf(site.place);

  return {
    identity: [`${site.place.bucket}: ${claimed.by}`],
    adopted: claimed.adopted,

    async follow() {
      try {
        const halt = await bring(site, prepared, claimed, deadline, progress);
        return ending(prepared, halt ?? succeeded(subject, prepared), progress.touched);
      } catch (error) {
        if (!(error instanceof AwsCallError)) throw error;
        return ending(prepared, failed(subject, error), progress.touched);
      }
    },

    async takeBack() {
      if (progress.touched) return ending(prepared, interrupted(subject, progress), true);
      try {
        await giveBack(site, claimed);
      } catch (error) {
        if (!(error instanceof AwsCallError)) throw error;
        return ending(prepared, failed(subject, error), false);
      }
      return ending(prepared, { ...interrupted(subject, progress), outcome: 'rolled-back' }, false);
    },

    async letGo() {
      if (!progress.touched) return ['No page was changed: what was uploaded stays, and nothing refers to it.'];
      try {
        return await back();
      } catch (error) {
        if (!(error instanceof AwsCallError)) throw error;
        return [`The earlier release could not be brought back: ${sentence(findingOf(error).message)}`];
      }
    },
  };
}

/** In the order in which nobody ever meets a page whose files are missing. */
async function bring(
  site: Site,
  prepared: Prepared,
  claimed: Claim,
  deadline: number,
  progress: Progress,
): Promise<Result | undefined> {
  const { plan, observed, wanted, manifest, found } = prepared;
  const watch = watchOf(site, deadline);
  const stillOurs = () => whyNotOurs(site, claimed);
  const change = (): Change => ({
    manifest,
    before: prepared.before.manifest,
    files: wanted,
    plan,
    listing: observed.listing,
    etags: progress.etags,
    found: [...(found?.files.values() ?? [])].map(({ content }) => content),
  });

  const uploaded = await upload(site, localOnly(wanted), plan.assets, plan.contents, watch);
  for (const [path, etag] of uploaded.etags) progress.etags.set(path, etag);
  const early = uploaded.halt ?? watch();
  if (early !== undefined) return early;
  if (found !== undefined) await keepFound(site, found);
  await saveManifest(site, manifest, wanted);
  const late = watch();
  if (late !== undefined) return late;
  const books = bookBefore(observed.ledger, change());
  await saveLedger(site, books);
  const halt = watch() ?? (await stillOurs());
  if (halt !== undefined) return halt;

  progress.touched = plan.switches.length + plan.removals.length > 0;
  const { listing } = observed;
  const lost = await switchPages(site, { files: wanted, paths: plan.switches, listing, stillOurs }, progress.etags);
  if (lost !== undefined) return lost;
  if (plan.removals.length > 0) await site.s3.remove(plan.removals.map(path => keyOf(site.place, path)));
  const after = bookAfter(books, change(), site.clock.now());
  await saveLedger(site, after);
  site.report({ subject: subjectOf(site.place), text: pagesText(prepared), level: 'info' });

  const paths = invalidationPaths(plan.changed, site.place.invalidate);
  const { generation } = claimed;
  const stopped = await invalidate(site, { generation, manifest, paths }, watch, prepared.wait);
  if (stopped !== undefined || !prepared.wait) return stopped;
  const settled = await settle(site, claimed, manifest);
  if (settled !== undefined) return settled;
  await clearAway(site, after, observed.listing);
  return undefined;
}

/** What has bytes: all of a build, nothing of a release that comes back. */
function localOnly(wanted: Prepared['wanted']): ReadonlyMap<string, LocalFile> {
  return new Map([...wanted].flatMap(([path, file]) => ('body' in file ? [[path, file] as const] : [])));
}

function watchOf({ clock, signal, place }: Site, deadline: number): Watch {
  const subject = subjectOf(place);
  return () => {
    if (signal.aborted) {
      const message = `Cancelled while ${subject} was being changed.`;
      return { outcome: 'stopped', reason: 'cancelled', message, evidence: { bucket: place.bucket } };
    }
    if (clock.now() < deadline) return undefined;
    const message = `The deployment of ${subject} had not ended when the time was up.`;
    return { outcome: 'timed-out', reason: 'timed-out', message, evidence: { bucket: place.bucket } };
  };
}

function pagesText({ plan, manifest }: Prepared): string {
  const removed = plan.removals.length === 0 ? '' : `, ${plan.removals.length} removed`;
  return `${plan.switches.length} pages and files put in place${removed}: release ${shortOf(manifest)}`;
}

function succeeded(subject: string, { plan, manifest, wanted, done }: Prepared): Result {
  const pages = plan.switches.length + plan.removals.length;
  return {
    outcome: 'succeeded',
    reason: done,
    message: `${subject} shows release ${shortOf(manifest)}: ${plan.assets.length} new assets, ${pages} pages and files changed.`,
    evidence: {
      manifest,
      files: wanted.size,
      uploaded: plan.assets.length + plan.contents.size,
      changed: plan.switches.length,
      removed: plan.removals.length,
    },
  };
}

function failed(subject: string, error: AwsCallError): Result {
  const finding = findingOf(error);
  const message = `The deployment of ${subject} broke off. ${sentence(finding.message)}`;
  return { ...finding, outcome: 'failed', message };
}

function interrupted(subject: string, { touched }: Progress): Result {
  const message = touched
    ? `Some pages of ${subject} are of the new release.`
    : `No page of ${subject} was changed: what was uploaded stays, and nothing refers to it.`;
  return { outcome: 'failed', reason: 'deployment-failed', message, evidence: {} };
}

/** What is shown now: the new release when it is there, the earlier one while no page was touched, else nobody knows. */
function ending({ before, after }: Prepared, result: Result, touched: boolean): Ending {
  const shown: Snapshot | null = result.outcome === 'succeeded' ? after : touched ? null : before.snapshot;
  return { ...result, after: shown, explanation: [] };
}
