import type { ListedObject } from '#aws/s3';
import type { Ledger, LedgerObject } from './ledger.ts';
import type { SiteFile } from './manifest.ts';
import type { SitePlan } from './plan.ts';

/** What the books say of one change, before the pages and after them. */
export interface Change {
  readonly manifest: string;
  /** Manifest of what was shown before. */
  readonly before: string | null;
  readonly files: ReadonlyMap<string, SiteFile>;
  readonly plan: SitePlan;
  readonly listing: ReadonlyMap<string, Pick<ListedObject, 'etag'>>;
  /** Of what has been written by now, by path. */
  readonly etags: ReadonlyMap<string, string>;
  /** Contents that somebody else’s pages had, kept before they were written over. */
  readonly found: readonly string[];
}

/**
 * Before the first page is touched: assets are there, pages are about to be written (their ETag is not known, so whatever happens they count
 * as changed until it is).
 */
export function bookBefore(ledger: Ledger, change: Change): Ledger {
  const { files, plan, listing, etags } = change;
  const objects = new Map(ledger.objects);
  const switched = new Set(plan.switches);
  for (const [path, file] of files) {
    const etag = switched.has(path) ? '' : (etags.get(path) ?? listing.get(path)?.etag ?? '');
    objects.set(path, plain(file, etag));
  }
  const contents = new Map(ledger.contents);
  for (const content of [...plan.contents.keys(), ...change.found]) contents.set(content, null);
  const manifests = new Map(ledger.manifests).set(change.manifest, null);
  if (change.before !== null) manifests.set(change.before, null);
  return { objects, contents, manifests };
}

/** When the pages are in place: whatever this release does not refer to is left over from now on. */
export function bookAfter(ledger: Ledger, change: Change, now: number): Ledger {
  const { files, plan, etags, manifest } = change;
  const removed = new Set(plan.removals);
  const objects = new Map<string, LedgerObject>();
  for (const [path, object] of ledger.objects) {
    if (removed.has(path)) continue;
    const file = files.get(path);
    objects.set(
      path,
      file === undefined ? { ...object, since: object.since ?? now } : plain(file, etags.get(path) ?? object.etag),
    );
  }
  const wanted = new Set([...files.values()].map(({ content }) => content));
  const since = (needed: (name: string) => boolean) => (entry: readonly [string, number | null]) =>
    [entry[0], needed(entry[0]) ? null : (entry[1] ?? now)] as const;
  return {
    objects,
    contents: new Map([...ledger.contents].map(since(content => wanted.has(content)))),
    manifests: new Map([...ledger.manifests].map(since(digest => digest === manifest))),
  };
}

export interface Leftovers {
  /** Paths of the site, names of contents and of manifests. */
  readonly paths: readonly string[];
  readonly contents: readonly string[];
  readonly manifests: readonly string[];
  /** The books without them. */
  readonly ledger: Ledger;
}

/**
 * What may be cleared away: nothing refers to it for longer than `keep`, counted from the last time something did, not from its own
 * age. What somebody else has put in its place is theirs.
 */
export function leftovers(
  { objects, contents, manifests }: Ledger,
  listing: ReadonlyMap<string, Pick<ListedObject, 'etag'>>,
  keep: number,
  now: number,
): Leftovers {
  const isOver = (since: number | null | undefined) => since !== undefined && since !== null && since + keep <= now;
  const old = [...objects].filter(([, { since }]) => isOver(since));
  const over = (entries: ReadonlyMap<string, number | null>) =>
    [...entries].filter(([, since]) => isOver(since)).map(([name]) => name);
  const without = <V>(entries: ReadonlyMap<string, V>, names: readonly string[]) => {
    const left = new Map(entries);
    for (const name of names) left.delete(name);
    return left;
  };
  const [oldContents, oldManifests] = [over(contents), over(manifests)];
  return {
    paths: old.filter(([path, { etag }]) => listing.get(path)?.etag === etag).map(([path]) => path),
    contents: oldContents,
    manifests: oldManifests,
    ledger: {
      objects: without(
        objects,
        old.map(([path]) => path),
      ),
      contents: without(contents, oldContents),
      manifests: without(manifests, oldManifests),
    },
  };
}

function plain({ content, size, kind, type, cacheControl, encoding }: SiteFile, etag: string): LedgerObject {
  return {
    content,
    size,
    kind,
    type,
    ...(cacheControl === undefined ? {} : { cacheControl }),
    ...(encoding === undefined ? {} : { encoding }),
    etag,
  };
}
