import type * as model from '@aws-sdk/client-ecr';
import { modelOnly, NotModelled } from '../../wire/not-modelled.ts';
import { cutPage, type Page } from '../../wire/paging.ts';
import { ServiceError } from '../../wire/service.ts';
import { digestOf, type Repository, type StoredImage, storeImage, tagsOf } from './repository.ts';

export function repositoryArn(account: string, region: string, name: string): string {
  return `arn:aws:ecr:${region}:${account}:repository/${name}`;
}

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImages.html */
export function describeImages(input: model.DescribeImagesCommandInput, repository: Repository) {
  modelOnly(input, 'registryId', 'repositoryName', 'imageIds', 'nextToken', 'maxResults', 'filter');
  const { nextToken, maxResults, ...query } = input;
  if (input.imageIds !== undefined) {
    if (nextToken !== undefined || maxResults !== undefined) {
      throw invalid("nextToken and maxResults cannot be used with 'imageIds'");
    }
    return { imageDetails: input.imageIds.map(id => detail(repository, mustFind(repository, id))) };
  }
  const images = filtered(repository, input.filter).map(image => detail(repository, image));
  const page = pageOf(images, query, nextToken, maxResults);
  return { imageDetails: [...page.items], nextToken: page.next };
}

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ListImages.html : one entry for each tag. */
export function listImages(input: model.ListImagesCommandInput, repository: Repository) {
  modelOnly(input, 'registryId', 'repositoryName', 'nextToken', 'maxResults', 'filter');
  const { nextToken, maxResults, ...query } = input;
  const ids = filtered(repository, input.filter).flatMap((image): model.ImageIdentifier[] => {
    const imageDigest = image.digest;
    const tags = tagsOf(repository, imageDigest);
    return tags.length === 0 ? [{ imageDigest }] : tags.map(imageTag => ({ imageDigest, imageTag }));
  });
  const page = pageOf(ids, query, nextToken, maxResults);
  return { imageIds: [...page.items], nextToken: page.next };
}

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchGetImage.html : failures come with HTTP 200. */
export function batchGetImage(input: model.BatchGetImageCommandInput, repository: Repository) {
  modelOnly(input, 'registryId', 'repositoryName', 'imageIds', 'acceptedMediaTypes');
  const ids = input.imageIds ?? [];
  if (ids.length < 1 || ids.length > 100) throw invalid("Invalid parameter at 'imageIds': 1 to 100 items");
  const images: model.Image[] = [];
  const failures: model.ImageFailure[] = [];
  for (const id of ids) {
    const image = find(repository, id);
    if (image === undefined) {
      failures.push({ imageId: id, failureCode: 'ImageNotFound', failureReason: 'Requested image not found' });
    } else if (input.acceptedMediaTypes?.includes(image.mediaType) === false) {
      throw new NotModelled(`of a manifest that is not one of acceptedMediaTypes`);
    } else {
      images.push(describeImage(repository, image, id.imageTag));
    }
  }
  return { images, failures };
}

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImage.html */
export function putImage(input: model.PutImageCommandInput, repository: Repository, now: number) {
  const { imageManifest = '', imageManifestMediaType, imageTag, imageDigest } = input;
  if (imageDigest !== undefined && imageDigest !== digestOf(imageManifest)) {
    const message = 'The specified image digest does not match the digest that Amazon ECR calculated for the image.';
    throw new ServiceError('ImageDigestDoesNotMatchException', message);
  }
  const image = storeImage(repository, imageManifest, imageManifestMediaType, imageTag, now);
  return { image: describeImage(repository, image, imageTag) };
}

function find(repository: Repository, { imageDigest, imageTag }: model.ImageIdentifier): StoredImage | undefined {
  const tagged = imageTag === undefined ? undefined : repository.tags.get(imageTag);
  if (imageDigest !== undefined && imageTag !== undefined && tagged !== imageDigest) return undefined;
  return repository.images.get(imageDigest ?? tagged ?? '');
}

function mustFind(repository: Repository, id: model.ImageIdentifier): StoredImage {
  const image = find(repository, id);
  if (image !== undefined) return image;
  const named = `{imageDigest:'${id.imageDigest ?? 'null'}', imageTag:'${id.imageTag ?? 'null'}'}`;
  const message = `The image with imageId ${named} does not exist within the repository with name '${repository.name}' in the registry with id '${repository.account}'`;
  throw new ServiceError('ImageNotFoundException', message);
}

function filtered(
  repository: Repository,
  filter: { readonly tagStatus?: string | undefined; readonly imageStatus?: string | undefined } | undefined,
): StoredImage[] {
  if (filter?.imageStatus !== undefined && filter.imageStatus !== 'ACTIVE') throw new NotModelled('of archived images');
  const tagStatus = filter?.tagStatus ?? 'ANY';
  return [...repository.images.values()].filter(
    ({ digest }) => tagStatus === 'ANY' || (tagStatus === 'TAGGED') === tagsOf(repository, digest).length > 0,
  );
}

function detail(repository: Repository, image: StoredImage): model.ImageDetail {
  const tags = tagsOf(repository, image.digest);
  return {
    registryId: repository.account,
    repositoryName: repository.name,
    imageDigest: image.digest,
    ...(tags.length > 0 ? { imageTags: tags } : {}),
    imageSizeInBytes: image.size,
    imagePushedAt: new Date(image.pushedAt),
    imageManifestMediaType: image.mediaType,
    artifactMediaType: 'application/vnd.docker.container.image.v1+json',
    imageStatus: 'ACTIVE',
  };
}

function describeImage(repository: Repository, image: StoredImage, imageTag: string | undefined): model.Image {
  return {
    registryId: repository.account,
    repositoryName: repository.name,
    imageId: { imageDigest: image.digest, ...(imageTag === undefined ? {} : { imageTag }) },
    imageManifest: image.manifest,
    imageManifestMediaType: image.mediaType,
  };
}

function pageOf<T>(items: readonly T[], query: unknown, token: string | undefined, size = 100): Page<T> {
  if (size < 1 || size > 1000) throw invalid("Invalid parameter at 'maxResults': 1 to 1000");
  const page = cutPage(items, query, token, size);
  if (page === undefined) throw invalid("Invalid parameter at 'nextToken'");
  return page;
}

function invalid(message: string): ServiceError {
  return new ServiceError('InvalidParameterException', message);
}
