import * as model from '@aws-sdk/client-ecr';
import type { LabClock } from '../../clock/clock.ts';
import { modelOnly, NotModelled } from '../../wire/not-modelled.ts';
import { cutPage } from '../../wire/paging.ts';
import { createPlaces } from '../../wire/places.ts';
import { type Call, type Service, ServiceError } from '../../wire/service.ts';
import { completeUpload, createDownloads, type Downloads, findLayers, initiateUpload, uploadPart } from './layers.ts';
import { batchGetImage, describeImages, listImages, putImage, repositoryArn } from './operations.ts';
import { digestOf, makeImage, type Repository, storeImage } from './repository.ts';

export interface PushedImage {
  readonly account: string;
  readonly region: string;
  readonly repository: string;
  readonly tags?: readonly string[];
  /** Names what is in the image; the same content has the same digest. */
  readonly content: string;
}

export interface EcrWorld {
  readonly service: Service;
  /** Where layers are downloaded from: an address of its own, as S3’s is. */
  readonly downloads: Downloads;
  /** A repository policy that lets other accounts pull. */
  letRead(account: string, region: string, name: string, readers: readonly string[]): void;
  createRepository(account: string, region: string, name: string, mutability?: 'MUTABLE' | 'IMMUTABLE'): void;
  hasRepository(account: string, region: string, name: string): boolean;
  /** As `docker push` of each tag: moves tags of a mutable repository. Returns the digest. */
  push(image: PushedImage): string;
  /** Of every image that is there, in the order of the first push. */
  digests(account: string, region: string, repository: string): readonly string[];
  /** Takes an image and its tags away, as a life-cycle policy does. */
  remove(account: string, region: string, repository: string, digest: string): void;
  /**
   * What a pull of an image reference (`<registry>/<repository>:<tag>` or `@<digest>`) finds. The reference names the
   * registry; `account` and `region` are those of the puller. Policies between accounts are not modelled: all may pull.
   */
  resolve(account: string, region: string, imageReference: string): { readonly digest: string } | 'not-found';
}

const reference =
  /^(?<account>\d{12})\.dkr\.ecr\.(?<region>[a-z0-9-]+)\.amazonaws\.com\/(?<name>[^:@]+)(?::(?<tag>[^@]+))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/;

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/ */
export function createEcr({ clock }: { readonly clock: LabClock }): EcrWorld {
  const registries = createPlaces((account, region) => ({
    account,
    region,
    repositories: new Map<string, Repository>(),
  }));

  function find(
    { region, account, principal }: Call,
    registryId: string | undefined,
    name: string | undefined,
  ): Repository {
    const registry = registryId ?? account;
    const repository = registries.at(registry, region).repositories.get(name ?? '');
    if (registry !== account && repository?.readers.has(account) !== true) throw notAllowed(principal, registry, name);
    if (repository !== undefined) return repository;
    const message = `The repository with name '${name}' does not exist in the registry with id '${registry}'`;
    throw new ServiceError('RepositoryNotFoundException', message);
  }

  function own(account: string, region: string, name: string): Repository {
    const repository = registries.at(account, region).repositories.get(name);
    if (repository === undefined) throw new Error(`There is no repository ${name} in ${account} ${region}`);
    return repository;
  }

  /** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeRepositories.html */
  function describeRepositories(input: model.DescribeRepositoriesCommandInput, call: Call) {
    modelOnly(input, 'registryId', 'repositoryNames', 'nextToken', 'maxResults');
    const { nextToken, maxResults, ...query } = input;
    const all = input.repositoryNames?.map(name => find(call, input.registryId, name)) ?? [
      ...registries.at(call.account, call.region).repositories.values(),
    ];
    const page = cutPage(all, query, nextToken, maxResults ?? 100);
    if (page === undefined) throw new ServiceError('InvalidParameterException', 'Invalid parameter: nextToken');
    return { repositories: page.items.map(describeRepository), nextToken: page.next };
  }

  /** A repository policy that lets others write is not modelled. */
  function findOwn(call: Call, registryId: string | undefined, name: string | undefined): Repository {
    if (registryId !== undefined && registryId !== call.account) throw new NotModelled('writing to another account');
    return find(call, registryId, name);
  }

  const downloads = createDownloads(clock);
  const service: Service = {
    id: 'ecr',
    model,
    resource: (_operation, input, { account, region }) =>
      typeof input.repositoryName === 'string' ? repositoryArn(account, region, input.repositoryName) : undefined,
    operations: {
      DescribeRepositories: describeRepositories,
      DescribeImages: (input: model.DescribeImagesCommandInput, call: Call) =>
        describeImages(input, find(call, input.registryId, input.repositoryName)),
      ListImages: (input: model.ListImagesCommandInput, call: Call) =>
        listImages(input, find(call, input.registryId, input.repositoryName)),
      BatchGetImage: (input: model.BatchGetImageCommandInput, call: Call) =>
        batchGetImage(input, find(call, input.registryId, input.repositoryName)),
      PutImage: (input: model.PutImageCommandInput, call: Call) =>
        putImage(input, findOwn(call, input.registryId, input.repositoryName), call.now),
      BatchCheckLayerAvailability: (input: model.BatchCheckLayerAvailabilityCommandInput, call: Call) =>
        findLayers(input, find(call, input.registryId, input.repositoryName)),
      GetDownloadUrlForLayer: (input: model.GetDownloadUrlForLayerCommandInput, call: Call) =>
        downloads.address(input, find(call, input.registryId, input.repositoryName)),
      InitiateLayerUpload: (input: model.InitiateLayerUploadCommandInput, call: Call) =>
        initiateUpload(findOwn(call, input.registryId, input.repositoryName)),
      UploadLayerPart: (input: model.UploadLayerPartCommandInput, call: Call) =>
        uploadPart(input, findOwn(call, input.registryId, input.repositoryName)),
      CompleteLayerUpload: (input: model.CompleteLayerUploadCommandInput, call: Call) =>
        completeUpload(input, findOwn(call, input.registryId, input.repositoryName)),
    },
  };

  return {
    service,
    downloads,
    letRead(account, region, name, readers) {
      for (const reader of readers) own(account, region, name).readers.add(reader);
    },
    createRepository(account, region, name, mutability = 'MUTABLE') {
      const { repositories } = registries.at(account, region);
      if (repositories.has(name)) throw new Error(`There is a repository ${name} in ${account} ${region} already`);
      const empty = {
        images: new Map(),
        tags: new Map(),
        layers: new Map(),
        uploads: new Map(),
        uploadsBegun: 0,
        readers: new Set<string>(),
      };
      repositories.set(name, { account, region, name, mutability, createdAt: clock.now(), ...empty });
    },
    hasRepository: (account, region, name) => registries.at(account, region).repositories.has(name),
    push({ account, region, repository: name, tags = [], content }) {
      const repository = own(account, region, name);
      const { manifest, layers } = makeImage(content);
      for (const layer of layers) repository.layers.set(digestOf(layer), layer);
      const digests = [...(tags.length > 0 ? tags : [undefined])].map(tag =>
        pushOne(repository, manifest, tag, clock.now()),
      );
      return digests[0] ?? '';
    },
    digests: (account, region, name) => [...own(account, region, name).images.keys()],
    remove(account, region, name, digest) {
      const repository = own(account, region, name);
      if (!repository.images.delete(digest)) throw new Error(`There is no image ${digest} in ${name}`);
      for (const [tag, each] of [...repository.tags]) if (each === digest) repository.tags.delete(tag);
    },
    resolve(_account, _region, imageReference) {
      const {
        account = '',
        region = '',
        name = '',
        tag = 'latest',
        digest,
      } = reference.exec(imageReference)?.groups ?? {};
      const repository = account === '' ? undefined : registries.at(account, region).repositories.get(name);
      // With both, the digest decides and the tag is a remark.
      const found = digest ?? repository?.tags.get(tag);
      return found !== undefined && repository?.images.has(found) === true ? { digest: found } : 'not-found';
    },
  };
}

/** IAM’s words for a repository policy that does not let the caller in. */
function notAllowed(principal: string, registry: string, name: string | undefined): ServiceError {
  const message = `User: ${principal} is not authorized to perform this action on resource: repository ${name} in registry ${registry} because no resource-based policy allows it`;
  return new ServiceError('AccessDeniedException', message);
}

/** A push of what is there already changes nothing and is no error. */
function pushOne(repository: Repository, manifest: string, tag: string | undefined, now: number): string {
  try {
    return storeImage(repository, manifest, undefined, tag, now).digest;
  } catch (error) {
    const there = error instanceof ServiceError && error.code === 'ImageAlreadyExistsException';
    const image = [...repository.images.values()].find(each => each.manifest === manifest);
    if (!there || image === undefined) throw error;
    return image.digest;
  }
}

function describeRepository({ account, region, name, createdAt, mutability }: Repository): model.Repository {
  return {
    repositoryArn: repositoryArn(account, region, name),
    registryId: account,
    repositoryName: name,
    repositoryUri: `${account}.dkr.ecr.${region}.amazonaws.com/${name}`,
    createdAt: new Date(createdAt),
    imageTagMutability: mutability,
    imageScanningConfiguration: { scanOnPush: false },
    encryptionConfiguration: { encryptionType: 'AES256' },
  };
}
