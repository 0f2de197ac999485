import type { Class } from './classify.ts';
import { digestOf, type SiteFile } from './manifest.ts';
import { atOnce, untilHalted } from './pool.ts';
import type { Found } from './prepared.ts';
import { saveManifest } from './records.ts';
import { keyOf, recordKey, recordNames, type Site } from './site.ts';
import { headersOf } from './uploads.ts';

/**
 * The first release onto a site that somebody else has put there: what it writes over is described as a release of its own, so that
 * there is a way back. Its contents are known by their ETags. Undefined when nothing is written over.
 */
export async function describeFound(
  site: Site,
  paths: readonly string[],
  kindOf: (path: string) => Class['kind'],
): Promise<Found | undefined> {
  const files = new Map<string, SiteFile>();
  await untilHalted(paths, atOnce, async path => {
    const object = await site.s3.head(keyOf(site.place, path));
    if (object === undefined) return undefined;
    const { etag, size, contentType, cacheControl, contentEncoding } = object;
    files.set(path, {
      content: `etag-${etag}`,
      size,
      kind: kindOf(path),
      type: contentType,
      ...(cacheControl === undefined ? {} : { cacheControl }),
      ...(contentEncoding === undefined ? {} : { encoding: contentEncoding }),
    });
    return undefined;
  });
  return files.size === 0 ? undefined : { manifest: digestOf(files), files };
}

/** Keeps what was found where a way back will look for it. */
export async function keepFound(site: Site, { manifest, files }: Found): Promise<void> {
  await untilHalted(files, atOnce, async ([path, file]) => {
    const from = keyOf(site.place, path);
    const key = recordKey(site.place, recordNames.content(file.content));
    // One that was changed since is somebody’s newest work: it is kept under the name of the one that was seen.
    await site.s3.copy({ from, key, headers: headersOf(file) });
    return undefined;
  });
  await saveManifest(site, manifest, files);
}

/** Whether S3 says of assets of others just what is wanted: then they need not be sent again. */
export async function sameHeaders(
  site: Site,
  wanted: ReadonlyMap<string, SiteFile>,
  paths: readonly string[],
): Promise<ReadonlySet<string>> {
  const same = new Set<string>();
  await untilHalted(paths, atOnce, async path => {
    const [object, file] = [await site.s3.head(keyOf(site.place, path)), wanted.get(path)];
    const { type, cacheControl = '', encoding = '' } = file ?? {};
    const { contentType, cacheControl: cached = '', contentEncoding = '' } = object ?? {};
    if (type === contentType && cacheControl === cached && encoding === contentEncoding) same.add(path);
    return undefined;
  });
  return same;
}
