import { createHash } from 'node:crypto';
import { ServiceError } from '../../wire/service.ts';

export interface StoredImage {
  readonly digest: string;
  readonly manifest: string;
  readonly mediaType: string;
  readonly pushedAt: number;
  readonly size: number;
}

export interface Repository {
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly createdAt: number;
  readonly mutability: 'MUTABLE' | 'IMMUTABLE';
  /** By digest, in the order of the first push. */
  readonly images: Map<string, StoredImage>;
  /** Tag to digest. */
  readonly tags: Map<string, string>;
  /** By digest; the configuration of an image is one too. */
  readonly layers: Map<string, Buffer>;
  /** Other accounts that a repository policy lets pull. */
  readonly readers: Set<string>;
  /** Uploads that are under way, by their id: the parts so far. */
  readonly uploads: Map<string, Buffer>;
  /** How many there have ever been: no two have the same id. */
  uploadsBegun: number;
}

const manifestType = 'application/vnd.docker.distribution.manifest.v2+json';

export function digestOf(text: string | Buffer): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

/** An image whose layers say nothing but where they came from: the same content has the same digest. */
export function makeImage(content: string): { readonly manifest: string; readonly layers: readonly Buffer[] } {
  const config = Buffer.from(`config ${content}`);
  const layer = Buffer.from(`layer ${content}`);
  const part = (mediaType: string, blob: Buffer) => ({ mediaType, size: blob.length, digest: digestOf(blob) });
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: manifestType,
    config: part('application/vnd.docker.container.image.v1+json', config),
    layers: [part('application/vnd.docker.image.rootfs.diff.tar.gzip', layer)],
  });
  return { manifest, layers: [config, layer] };
}

interface Manifest {
  readonly mediaType: string | undefined;
  readonly parts: readonly { readonly digest: string; readonly size: number }[];
}

/** Undefined when it is no image manifest. */
export function readManifest(text: string): Manifest | undefined {
  try {
    const { mediaType, config, layers } = JSON.parse(text);
    const parts = [config, ...layers].map(({ digest, size }) => ({ digest: String(digest), size: Number(size) }));
    return { mediaType: typeof mediaType === 'string' ? mediaType : undefined, parts };
  } catch {
    return undefined;
  }
}

/** Stores a manifest whose layers are there, and moves its tag. Errors as PutImage's. */
export function storeImage(
  repository: Repository,
  manifest: string,
  mediaType: string | undefined,
  tag: string | undefined,
  now: number,
): StoredImage {
  const { account, name, images, tags } = repository;
  const read = readManifest(manifest);
  if (read === undefined || (read.mediaType ?? mediaType) === undefined) {
    throw new ServiceError(
      'InvalidParameterException',
      "Invalid parameter at 'ImageManifest' failed to satisfy constraint: 'Invalid JSON syntax'",
    );
  }
  const missing = read.parts.filter(part => !repository.layers.has(part.digest)).map(part => part.digest);
  if (missing.length > 0) {
    throw new ServiceError('LayersNotFoundException', `Layers with digests '[${missing.join(', ')}]' do not exist`);
  }
  const digest = digestOf(manifest);
  const there = images.get(digest);
  if (there !== undefined && (tag === undefined || tags.get(tag) === digest)) {
    const tagged = tag === undefined ? '' : ` and tag '${tag}'`;
    const message = `Image with digest '${digest}'${tagged} already exists in the repository with name '${name}' in registry with id '${account}'`;
    throw new ServiceError('ImageAlreadyExistsException', message);
  }
  if (tag !== undefined && tags.has(tag) && repository.mutability === 'IMMUTABLE') {
    const message = `The image tag '${tag}' already exists in the '${name}' repository and cannot be overwritten because the tag is immutable.`;
    throw new ServiceError('ImageTagAlreadyExistsException', message);
  }
  const size = read.parts.reduce((total, part) => total + part.size, 0);
  const image = there ?? {
    digest,
    manifest,
    mediaType: read.mediaType ?? mediaType ?? manifestType,
    pushedAt: now,
    size,
  };
  images.set(digest, image);
  if (tag !== undefined) tags.set(tag, digest);
  return image;
}

export function tagsOf(repository: Repository, digest: string): string[] {
  return [...repository.tags].filter(([, each]) => each === digest).map(([tag]) => tag);
}
