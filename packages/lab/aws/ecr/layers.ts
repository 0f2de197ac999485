import { createHash } from 'node:crypto';
import type { RequestListener } from 'node:http';
import type * as model from '@aws-sdk/client-ecr';
import type { LabClock } from '../../clock/clock.ts';
import { ServiceError } from '../../wire/service.ts';
import { digestOf, type Repository } from './repository.ts';

/** Parts are of this size but for the last, in bytes. The real one is 10 MiB; layers of the lab are small, and shall have parts too. */
const partSize = 16;

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchCheckLayerAvailability.html : what is missing comes with HTTP 200. */
export function findLayers(input: model.BatchCheckLayerAvailabilityCommandInput, repository: Repository) {
  const layers = (input.layerDigests ?? []).map(layerDigest => {
    const layer = repository.layers.get(layerDigest);
    return layer === undefined
      ? { layerDigest, layerAvailability: 'UNAVAILABLE' as const }
      : { layerDigest, layerAvailability: 'AVAILABLE' as const, layerSize: layer.length };
  });
  return { layers, failures: [] };
}

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_InitiateLayerUpload.html */
export function initiateUpload(repository: Repository) {
  repository.uploadsBegun += 1;
  const uploadId = `00000000-0000-4000-8000-${String(repository.uploadsBegun).padStart(12, '0')}`;
  repository.uploads.set(uploadId, Buffer.alloc(0));
  return { uploadId, partSize };
}

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_UploadLayerPart.html : each part begins where the last one ended. */
export function uploadPart(input: model.UploadLayerPartCommandInput, repository: Repository) {
  const { uploadId = '', partFirstByte = 0, partLastByte = 0, layerPartBlob = new Uint8Array() } = input;
  const soFar = uploadOf(repository, uploadId);
  const last = soFar.length - 1;
  if (partFirstByte !== soFar.length || partLastByte - partFirstByte + 1 !== layerPartBlob.length) {
    const message = `Layer part bytes are not valid: the last valid byte received is ${last}`;
    throw new ServiceError('InvalidLayerPartException', message, 400, { uploadId, lastValidByteReceived: last });
  }
  repository.uploads.set(uploadId, Buffer.concat([soFar, layerPartBlob]));
  return { uploadId, repositoryName: repository.name, registryId: repository.account, lastByteReceived: partLastByte };
}

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CompleteLayerUpload.html */
export function completeUpload(input: model.CompleteLayerUploadCommandInput, repository: Repository) {
  const { uploadId = '', layerDigests = [] } = input;
  const layer = uploadOf(repository, uploadId);
  if (layer.length === 0) throw new ServiceError('EmptyUploadException', 'The upload has no parts');
  const layerDigest = digestOf(layer);
  if (!layerDigests.includes(layerDigest)) {
    throw new ServiceError('InvalidLayerException', `Layer digests do not match: ${layerDigest} was uploaded`);
  }
  if (repository.layers.has(layerDigest)) {
    throw new ServiceError('LayerAlreadyExistsException', `Layer with digest '${layerDigest}' already exists`);
  }
  repository.uploads.delete(uploadId);
  repository.layers.set(layerDigest, layer);
  return { uploadId, layerDigest, repositoryName: repository.name, registryId: repository.account };
}

function uploadOf(repository: Repository, uploadId: string): Buffer {
  const upload = repository.uploads.get(uploadId);
  if (upload !== undefined) return upload;
  throw new ServiceError('UploadNotFoundException', `The upload with id '${uploadId}' could not be found`);
}

export interface Downloads {
  readonly handle: RequestListener;
  /** Where `handle` is served; known once it is. */
  servedAt(url: string): void;
  address(input: model.GetDownloadUrlForLayerCommandInput, repository: Repository): { downloadUrl: string };
}

/** An address is good for an hour. Source: the lifetime that ECR signs its own with; the documentation gives none. */
const addressLives = 3_600_000;

/** Signed addresses, in front of the bucket that ECR keeps layers in: no credentials, and none are wanted. */
export function createDownloads(clock: LabClock): Downloads {
  const layers = new Map<string, { readonly layer: Buffer; readonly until: number }>();
  let base = '';
  return {
    servedAt(url) {
      base = url;
    },
    address({ layerDigest = '' }, repository) {
      const layer = repository.layers.get(layerDigest);
      if (layer === undefined) {
        throw new ServiceError('LayersNotFoundException', `Layers with digests '[${layerDigest}]' do not exist`);
      }
      const until = clock.now() + addressLives;
      const path = `/${layerDigest.replace(':', '-')}?X-Amz-Signature=${createHash('sha256').update(`${layerDigest} ${until}`).digest('hex')}`;
      layers.set(path, { layer, until });
      return { downloadUrl: `${base}${path}`, layerDigest };
    },
    handle(request, response) {
      response.once('close', clock.hold(`layer ${request.url}`));
      const found = layers.get(request.url ?? '');
      const good = found !== undefined && clock.now() <= found.until && request.headers.authorization === undefined;
      response.sendDate = false;
      response.writeHead(good ? 200 : 403, { connection: 'close', date: new Date(clock.now()).toUTCString() });
      response.end(good ? found.layer : '<Error><Code>AccessDenied</Code></Error>');
    },
  };
}
