import {
  BatchCheckLayerAvailabilityCommand,
  BatchGetImageCommand,
  CompleteLayerUploadCommand,
  ECRClient,
  GetDownloadUrlForLayerCommand,
  InitiateLayerUploadCommand,
  PutImageCommand,
  UploadLayerPartCommand,
} from '@aws-sdk/client-ecr';
import { AwsCallError } from './errors.ts';
import { withRetries } from './retry.ts';
import type { AwsSession } from './session.ts';

/** A repository of ECR. Without `registry`, in the account of the credentials. */
export interface EcrRepository {
  readonly registry?: string;
  readonly name: string;
}

/** An image as a registry keeps it: its digest is that of the manifest’s very bytes. */
export interface Manifest {
  readonly digest: string;
  readonly mediaType: string;
  readonly text: string;
}

/** The calls of ECR that the suite makes. Errors are `AwsCallError`. */
export interface Ecr {
  /** By digest or by tag; undefined when there is none. */
  image(repository: EcrRepository, reference: string): Promise<Manifest | undefined>;
  /** Of these layers, those that the repository has. */
  layersThere(repository: EcrRepository, digests: readonly string[]): Promise<ReadonlySet<string>>;
  /** A signed address that needs no credentials. */
  downloadUrl(repository: EcrRepository, digest: string): Promise<string>;
  /** Stores a layer, part by part as it arrives. */
  uploadLayer(repository: EcrRepository, digest: string, bytes: AsyncIterable<Uint8Array>): Promise<void>;
  /** Stores exactly this manifest, under a tag if there is one; storing it again changes nothing. */
  putImage(repository: EcrRepository, manifest: Manifest, tag?: string): Promise<void>;
}

/** What the suite can copy and tag: images, and indexes over images of several platforms, as Docker and OCI name them. */
const mediaTypes = [
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.oci.image.index.v1+json',
];

export function createEcr(session: AwsSession): Ecr {
  const { region, credentials, retry } = session;
  const client = new ECRClient({ region, maxAttempts: 1, ...(credentials === undefined ? {} : { credentials }) });
  const call = <T>(operation: string, send: () => Promise<T>) =>
    withRetries(retry, `ecr:${operation}`, 'any-number', send);

  return {
    async image(repository, reference) {
      const imageIds = [reference.startsWith('sha256:') ? { imageDigest: reference } : { imageTag: reference }];
      const command = new BatchGetImageCommand({ ...place(repository), imageIds, acceptedMediaTypes: mediaTypes });
      const { images = [] } = await call('BatchGetImage', () => client.send(command));
      const [{ imageId, imageManifest, imageManifestMediaType } = {}] = images;
      if (imageId?.imageDigest === undefined || imageManifest === undefined) return undefined;
      const mediaType = imageManifestMediaType ?? mediaTypeOf(imageManifest);
      return { digest: imageId.imageDigest, mediaType, text: imageManifest };
    },

    async layersThere(repository, digests) {
      const command = new BatchCheckLayerAvailabilityCommand({ ...place(repository), layerDigests: [...digests] });
      const { layers = [] } = await call('BatchCheckLayerAvailability', () => client.send(command));
      const there = layers.filter(({ layerAvailability }) => layerAvailability === 'AVAILABLE');
      return new Set(there.flatMap(({ layerDigest }) => layerDigest ?? []));
    },

    async downloadUrl(repository, layerDigest) {
      const command = new GetDownloadUrlForLayerCommand({ ...place(repository), layerDigest });
      const { downloadUrl = '' } = await call('GetDownloadUrlForLayer', () => client.send(command));
      return downloadUrl;
    },

    async uploadLayer(repository, digest, bytes) {
      const initiate = new InitiateLayerUploadCommand(place(repository));
      const { uploadId, partSize = 10 << 20 } = await call('InitiateLayerUpload', () => client.send(initiate));
      let first = 0;
      for await (const layerPartBlob of cut(bytes, partSize)) {
        const last = first + layerPartBlob.length - 1;
        const part = { ...place(repository), uploadId, partFirstByte: first, partLastByte: last, layerPartBlob };
        await call('UploadLayerPart', () => client.send(new UploadLayerPartCommand(part)));
        first = last + 1;
      }
      const complete = new CompleteLayerUploadCommand({ ...place(repository), uploadId, layerDigests: [digest] });
      await unlessThere('LayerAlreadyExistsException', () => call('CompleteLayerUpload', () => client.send(complete)));
    },

    async putImage(repository, { text, mediaType, digest }, imageTag) {
      const command = new PutImageCommand({
        ...place(repository),
        imageManifest: text,
        imageManifestMediaType: mediaType,
        imageDigest: digest,
        imageTag,
      });
      await unlessThere('ImageAlreadyExistsException', () => call('PutImage', () => client.send(command)));
    },
  };
}

function place({ registry, name }: EcrRepository) {
  return { repositoryName: name, ...(registry === undefined ? {} : { registryId: registry }) };
}

/** What is wanted is there: another run, or a call of ours without an answer, has done it. */
async function unlessThere(code: string, send: () => Promise<unknown>): Promise<void> {
  try {
    await send();
  } catch (error) {
    if (!(error instanceof AwsCallError) || error.code !== code) throw error;
  }
}

/** Parts of exactly `size` bytes, but for the last. */
async function* cut(bytes: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  let held = Buffer.alloc(0);
  for await (const chunk of bytes) {
    held = Buffer.concat([held, chunk]);
    while (held.length >= size) {
      yield held.subarray(0, size);
      held = held.subarray(size);
    }
  }
  if (held.length > 0) yield held;
}

function mediaTypeOf(manifest: string): string {
  const { mediaType } = JSON.parse(manifest) as { readonly mediaType?: string };
  return mediaType ?? 'application/vnd.oci.image.manifest.v1+json';
}
