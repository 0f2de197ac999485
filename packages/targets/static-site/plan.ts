import type { ListedObject } from '#aws/s3';
import type { Ledger, LedgerObject } from './ledger.ts';
import { type SiteFile, type SiteFiles, sameFile } from './manifest.ts';

/** A file that a release wants. With an MD5 where its bytes are at hand. */
export type WantedFile = SiteFile & { readonly md5?: string };

export interface Scene {
  readonly wanted: ReadonlyMap<string, WantedFile>;
  /** What is in the bucket, by path below the site’s folder. */
  readonly listing: ReadonlyMap<string, Pick<ListedObject, 'etag' | 'size'>>;
  readonly ledger: Ledger;
  /** What the present release consists of; undefined before the first. */
  readonly base: SiteFiles | undefined;
  /** Assets that somebody else has put, and of which S3 says just what is wanted. */
  readonly same?: ReadonlySet<string>;
}

/** What has to happen to a bucket, as paths below the site’s folder. */
export interface SitePlan {
  /** Assets that are not there yet: nothing refers to them before the pages do. */
  readonly assets: readonly string[];
  /** Contents that are to be kept for the way back, by the first path that has them. */
  readonly contents: ReadonlyMap<string, string>;
  /** Files and pages that are not as they should be. */
  readonly switches: readonly string[];
  /** Pages of the present release that the wanted one does not have. */
  readonly removals: readonly string[];
  /** Those among the switches that somebody else has put: nobody has kept their content. */
  readonly foreign: readonly string[];
  /** Whatever the caches may hold in another version, or hold and should not. */
  readonly changed: readonly string[];
  /** Without bytes at hand: files that can no longer be put in place. */
  readonly gone: readonly string[];
  /** Assets whose name is there with another content. */
  readonly clashing: readonly string[];
}

/** Pure: what is there, and what is wanted, give what has to be done. */
export function planSite(scene: Scene): SitePlan {
  const { wanted, listing, ledger, base } = scene;
  const files = [...wanted];
  const mutable = files.filter(([, file]) => file.kind !== 'asset');
  const assets = files
    .filter(([path, file]) => file.kind === 'asset' && !isPlaced(scene, path, file) && scene.same?.has(path) !== true)
    .map(([path]) => path);
  const switches = mutable.filter(([path, file]) => !isPlaced(scene, path, file)).map(([path]) => path);
  const contents = new Map<string, string>();
  for (const [path, { content }] of mutable) {
    if (!ledger.contents.has(content) && !contents.has(content)) contents.set(content, path);
  }
  const removals = pagesOf(ledger.objects, base).filter(path => !wanted.has(path) && listing.has(path));
  const differing = mutable
    .filter(([path, file]) => {
      const before = base?.get(path);
      return before === undefined || !sameFile(before, file);
    })
    .map(([path]) => path);
  const dropped = [...(base ?? [])].filter(([path, { kind }]) => kind === 'document' && !wanted.has(path));
  const atHand = (path: string) => wanted.get(path)?.md5 !== undefined;
  return {
    assets: assets.filter(atHand),
    contents: new Map([...contents].filter(([, path]) => atHand(path))),
    switches,
    removals,
    foreign: switches.filter(path => listing.has(path) && !ledger.objects.has(path)),
    changed: [...new Set([...differing, ...dropped.map(([path]) => path), ...switches, ...removals])].sort(),
    gone: [...assets, ...contents.values()].filter(path => !atHand(path)),
    clashing: assets.filter(path => clashes(scene, path)),
  };
}

/** Assets that are there with the right bytes, put by nobody knows whom: S3 has to be asked what it says of them. */
export function uncertain({ wanted, listing, ledger }: Scene): readonly string[] {
  return [...wanted]
    .filter(([path, { kind, md5 }]) => {
      const [there, known] = [listing.get(path), ledger.objects.get(path)];
      return kind === 'asset' && there !== undefined && there.etag === md5 && known?.etag !== there.etag;
    })
    .map(([path]) => path);
}

/** Whether the object is as this suite has put it, and has put it so as it is wanted now. */
function isPlaced({ listing, ledger }: Scene, path: string, file: SiteFile): boolean {
  const [there, known] = [listing.get(path), ledger.objects.get(path)];
  return known !== undefined && there !== undefined && there.etag === known.etag && sameFile(known, file);
}

/** Browsers may hold the other content for a year: the name does not say which one it is. */
function clashes({ wanted, listing, ledger }: Scene, path: string): boolean {
  const [there, known, file] = [listing.get(path), ledger.objects.get(path), wanted.get(path)];
  return known?.kind === 'asset' && there?.etag === known.etag && known.content !== file?.content;
}

function pagesOf(objects: ReadonlyMap<string, LedgerObject>, base: SiteFiles | undefined): readonly string[] {
  const put = [...objects].filter(([, { kind, since }]) => kind === 'document' && since === undefined);
  const shown = [...(base ?? [])].filter(([, { kind }]) => kind === 'document');
  return [...new Set([...put, ...shown].map(([path]) => path))].sort();
}

/** Whether the release that is wanted is shown, and all of it is in place. */
export function isInPlace(plan: SitePlan): boolean {
  return plan.assets.length + plan.contents.size + plan.switches.length + plan.removals.length === 0;
}
