import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Finding, FindingError } from '#core/finding';
import { recordsFolder, type SiteSettings, type StaticSiteComponent } from '#core/flow/targets/static-site';
import { classifierOf } from './classify.ts';
import type { SiteFile } from './manifest.ts';
import { matcherOf } from './pattern.ts';
import { atOnce, untilHalted } from './pool.ts';

/** A file of the build, with what S3 will make of it. */
export interface LocalFile extends SiteFile {
  /** Hex: the ETag of an object that was put in one piece, unless it is encrypted with KMS. */
  readonly md5: string;
  /** Hex, of the bytes that are sent. */
  readonly sha256: string;
  readonly body: () => Promise<Uint8Array | (() => Readable)>;
}

/** Files up to this size are held in memory while they are sent, in bytes. */
const inMemory = 8 * 1024 * 1024;

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/upload-objects.html : what one PutObject takes, in bytes. */
const largest = 5 * 1024 ** 3;

/** Reads the build: every file with its digests. Throws a `FindingError` for a build that cannot be deployed. */
export async function readBuild(
  folder: string,
  component: StaticSiteComponent,
): Promise<ReadonlyMap<string, LocalFile>> {
  const excluded = matcherOf(component.exclude);
  const paths = (await pathsIn(folder)).filter(path => !excluded(path));
  const { settings } = component;
  const all = new Set([...paths, ...(settings === undefined ? [] : [settings.file])]);
  if (all.size === 0) {
    throw refused('site-empty', `There are no files in ${folder} to deploy.`, { folder });
  }
  const classOf = classifierOf(component, all);
  const files = new Map<string, LocalFile>();
  await untilHalted([...all].sort(), atOnce, async path => {
    const made = settings?.file === path ? written(settings) : undefined;
    const content = made ?? (await digested(join(folder, path), path));
    files.set(path, { ...classOf(path), ...content });
    return undefined;
  });
  return new Map([...files].map(([path, file]) => [path, compressed(file, path, files)]));
}

/**
 * Compressing the same file twice gives other bytes: gzip writes the time down. A compressed asset is what it is compressed from, or each
 * build would send it again, and put another content under a name that promises the same.
 */
function compressed(file: LocalFile, path: string, files: ReadonlyMap<string, LocalFile>): LocalFile {
  if (file.kind !== 'asset' || file.encoding === undefined) return file;
  const plain = files.get(path.replace(/\.[^.]+$/, ''));
  return plain === undefined ? file : { ...file, content: `${plain.content}.${file.encoding}` };
}

/** Regular files below the folder, with slashes. A link may lead out of the build, to what nobody wants in public. */
async function pathsIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw refused('site-empty', `The folder of the site cannot be read: ${why}`, { folder });
  });
  const pathOf = (entry: (typeof entries)[number]) =>
    relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/');
  const link = entries.find(entry => entry.isSymbolicLink());
  if (link !== undefined) {
    throw refused('input-invalid', `${pathOf(link)} is a symbolic link; only files are deployed.`, {
      path: pathOf(link),
    });
  }
  const paths = entries.filter(entry => entry.isFile()).map(pathOf);
  const ours = paths.find(path => path.split('/')[0] === recordsFolder);
  if (ours !== undefined) {
    throw refused('input-invalid', `${ours} is where the suite keeps its records of the bucket.`, { path: ours });
  }
  return paths;
}

type Content = Pick<LocalFile, 'content' | 'md5' | 'sha256' | 'size' | 'body'>;

async function digested(file: string, path: string): Promise<Content> {
  const { size } = await stat(file);
  if (size > largest) {
    throw refused('input-invalid', `${path} is larger than the 5 GB that S3 takes at once.`, { path, size });
  }
  const [sha256, md5] = [createHash('sha256'), createHash('md5')];
  await pipeline(createReadStream(file), async function digest(chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      sha256.update(chunk);
      md5.update(chunk);
    }
  });
  const body = async () => (size > inMemory ? () => createReadStream(file) : readFile(file));
  const content = sha256.digest('hex');
  return { content, sha256: content, md5: md5.digest('hex'), size, body };
}

/** Keys in their order: the same settings are the same file. */
function written({ file, values }: SiteSettings): Content {
  const json = JSON.stringify(Object.fromEntries(Object.entries(values).sort(byName)), null, 2);
  const text = file.endsWith('.js') ? `globalThis.settings = ${json};\n` : `${json}\n`;
  const body = Buffer.from(text);
  const hash = (algorithm: string) => createHash(algorithm).update(body).digest('hex');
  return {
    content: hash('sha256'),
    sha256: hash('sha256'),
    md5: hash('md5'),
    size: body.length,
    body: async () => body,
  };
}

function byName([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}

function refused(reason: 'site-empty' | 'input-invalid', message: string, evidence: Finding['evidence']): FindingError {
  return new FindingError([{ reason, message, evidence }]);
}
