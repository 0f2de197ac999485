import type * as model from '@aws-sdk/client-cloudfront';
import type { LabClock } from '../../clock/clock.ts';
import { ServiceError } from '../../wire/service.ts';
import type { Distribution, Invalidation } from './distribution.ts';

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-invalidations */
const limits = { files: 3000, wildcards: 15 } as const;

/**
 * https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CreateInvalidation.html : the same reference with the same paths is
 * the same invalidation, with others it is refused.
 */
export function createInvalidation(
  input: model.CreateInvalidationCommandInput,
  distribution: Distribution,
  clock: LabClock,
  newId: () => string,
): Invalidation {
  const { CallerReference = '', Paths } = input.InvalidationBatch ?? {};
  const paths = Paths?.Items ?? [];
  if (CallerReference === '') throw new ServiceError('InvalidArgument', 'The parameter CallerReference is required.');
  if (Paths?.Quantity !== paths.length || paths.length === 0) {
    throw new ServiceError('InconsistentQuantities', 'The value of Quantity and the size of Items do not match.');
  }
  if (!paths.every(isPath)) {
    throw new ServiceError('InvalidArgument', 'Your request contains one or more invalid invalidation paths.');
  }
  const all = [...distribution.invalidations.values()];
  const known = all.find(each => each.callerReference === CallerReference);
  if (known !== undefined) {
    if (JSON.stringify([...known.paths].sort()) === JSON.stringify([...paths].sort())) return known;
    const message = 'Invalidation batch already exists with the same caller reference but different paths.';
    throw new ServiceError('InvalidationBatchAlreadyExists', message);
  }
  const open = [...all.filter(each => each.status === 'InProgress').flatMap(each => each.paths), ...paths];
  const wildcards = open.filter(path => path.endsWith('*')).length;
  if (wildcards > limits.wildcards || open.length - wildcards > limits.files) {
    const message = 'Processing your request will cause you to exceed the maximum number of in-progress invalidations.';
    throw new ServiceError('TooManyInvalidationsInProgress', message);
  }
  const made: Invalidation = {
    id: newId(),
    callerReference: CallerReference,
    paths,
    createdAt: clock.now(),
    status: 'InProgress',
  };
  distribution.invalidations.set(made.id, made);
  spread(distribution, made, clock);
  return made;
}

/** Edges hear of it one after the other; it is Completed when all have. */
function spread(distribution: Distribution, invalidation: Invalidation, clock: LabClock): void {
  const { caches, invalidationTakes } = distribution;
  for (const [index, cache] of caches.entries()) {
    const last = index === caches.length - 1;
    clock.at(clock.now() + (invalidationTakes * (index + 1)) / caches.length, () => {
      for (const path of [...cache.keys()]) if (invalidation.paths.some(each => covers(each, path))) cache.delete(path);
      if (last) invalidation.status = 'Completed';
    });
  }
}

/** `*` stands for anything at the end, and for itself elsewhere. */
function covers(pattern: string, path: string): boolean {
  const wanted = decodeURIComponent(pattern);
  const found = decodeURIComponent(path);
  return wanted.endsWith('*') ? found.startsWith(wanted.slice(0, -1)) : found === wanted;
}

/** Begins with /, and unsafe and other than ASCII characters are escaped, as in RFC 1738. */
function isPath(path: string): boolean {
  return /^\/[!-~]*$/.test(path) && !/[<>"{}|\\^`]/.test(path);
}
