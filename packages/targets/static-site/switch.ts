import type { ListedObject, Written } from '#aws/s3';
import type { Result } from '#core/outcome';
import type { SiteFile } from './manifest.ts';
import { atOnce, untilHalted } from './pool.ts';
import { keyOf, recordKey, recordNames, type Site } from './site.ts';
import { headersOf } from './uploads.ts';

export interface Switch {
  readonly files: ReadonlyMap<string, SiteFile>;
  readonly paths: readonly string[];
  readonly listing: ReadonlyMap<string, Pick<ListedObject, 'etag'>>;
  /** Whether this change is still the one that the site waits for; answers why not. */
  readonly stillOurs: () => Promise<Result | undefined>;
}

/** How often a page is put again over what somebody else has put there meanwhile. */
const tries = 5;

/**
 * Puts files and pages in place: pages last, those that the root answers at the very end. Each is a copy within S3 of a content that is
 * there already, so the old and the new release are side by side for as short as can be; and each is written only while the object is
 * what was last seen, so that of two releases at once the older one stops at its first page.
 */
export async function switchPages(
  site: Site,
  { files, paths, listing, stillOurs }: Switch,
  etags: Map<string, string>,
): Promise<Result | undefined> {
  const place = async (path: string): Promise<Result | undefined> => {
    const file = files.get(path);
    if (file === undefined) throw new Error(`${path} is not of this release`);
    const key = keyOf(site.place, path);
    let expected = listing.get(path)?.etag ?? 'absent';
    for (let tried = 1; ; tried += 1) {
      const from = recordKey(site.place, recordNames.content(file.content));
      // The last one without a condition: by then it is known that nobody else’s release is under way.
      const condition = tried < tries ? { expected } : {};
      const written: Written = await site.s3.copy({ from, key, headers: headersOf(file), ...condition });
      if (written !== 'otherwise') {
        etags.set(path, written.etag);
        return undefined;
      }
      const halt = await stillOurs();
      if (halt !== undefined) return halt;
      expected = (await site.s3.head(key))?.etag ?? 'absent';
    }
  };
  for (const group of inOrder(files, paths)) {
    const halt = await untilHalted(group, atOnce, place);
    if (halt !== undefined) return halt;
  }
  return undefined;
}

/** Files that pages refer to, pages, and the page that the root answers. */
export function inOrder(
  files: ReadonlyMap<string, Pick<SiteFile, 'kind'>>,
  paths: readonly string[],
): readonly (readonly string[])[] {
  const isPage = (path: string) => files.get(path)?.kind === 'document';
  const isRoot = (path: string) => path === 'index.html';
  return [
    paths.filter(path => !isPage(path)),
    paths.filter(path => isPage(path) && !isRoot(path)),
    paths.filter(path => isPage(path) && isRoot(path)),
  ].filter(group => group.length > 0);
}
