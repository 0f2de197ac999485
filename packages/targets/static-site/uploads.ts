import { formatBytes } from '#core/bytes';
import type { Result } from '#core/outcome';
import type { LocalFile } from './files.ts';
import type { SiteFile } from './manifest.ts';
import { atOnce, untilHalted } from './pool.ts';
import { keyOf, recordKey, recordNames, type Site, subjectOf } from './site.ts';

/** Answers why the work has to stop here, where it has. */
export type Watch = () => Result | undefined;

interface Upload {
  readonly key: string;
  readonly file: LocalFile;
  /** Undefined for a content that is kept for the way back. */
  readonly path: string | undefined;
}

/** Between two lines about an upload, in ms. */
const reportEvery = 10_000;

/**
 * Puts assets in place, and contents where they are kept: nothing that a visitor can see yet. Answers the ETags of the assets, or why it
 * was broken off.
 */
export async function upload(
  site: Site,
  files: ReadonlyMap<string, LocalFile>,
  assets: readonly string[],
  contents: ReadonlyMap<string, string>,
  watch: Watch,
): Promise<{ readonly etags: ReadonlyMap<string, string>; readonly halt: Result | undefined }> {
  const { s3, place, clock } = site;
  const uploads: readonly Upload[] = [
    ...assets.map(path => ({ key: keyOf(place, path), file: fileAt(files, path), path })),
    ...[...contents].map(([content, path]) => ({
      key: recordKey(place, recordNames.content(content)),
      file: fileAt(files, path),
      path: undefined,
    })),
  ];
  const etags = new Map<string, string>();
  const total = uploads.length;
  let [done, bytes, told] = [0, 0, clock.now()];
  const halt = await untilHalted(uploads, atOnce, async ({ key, file, path }) => {
    const stop = watch();
    if (stop !== undefined) return stop;
    const written = await s3.put({
      key,
      body: await file.body(),
      size: file.size,
      sha256: Buffer.from(file.sha256, 'hex').toString('base64'),
      headers: headersOf(file),
    });
    if (path !== undefined && written !== 'otherwise') etags.set(path, written.etag);
    done += 1;
    bytes += file.size;
    if (clock.now() - told >= reportEvery && done < total) {
      told = clock.now();
      site.report({ subject: subjectOf(place), text: `${done} of ${total} files uploaded`, level: 'info' });
    }
    return undefined;
  });
  if (halt === undefined && total > 0) {
    const text = `${total} files uploaded (${formatBytes(bytes)}); no page refers to them yet`;
    site.report({ subject: subjectOf(place), text, level: 'info' });
  }
  return { etags, halt };
}

export function headersOf({ type, cacheControl, encoding }: SiteFile) {
  return { contentType: type, cacheControl, contentEncoding: encoding };
}

function fileAt(files: ReadonlyMap<string, LocalFile>, path: string): LocalFile {
  const file = files.get(path);
  if (file === undefined) throw new Error(`${path} is not of this build`);
  return file;
}
