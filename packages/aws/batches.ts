import { concurrently } from '#core/concurrently';

/** Cuts a list into runs of at most `size`, as the describe calls of AWS want them. */
export function batches<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

/** How many batches are under way at the same time: hundreds of services answer with megabytes, and none of it is urgent. */
const atOnce = 4;

/** Makes one call for each batch; the answers come in the order of the batches. */
export async function callInBatches<T, R>(
  items: readonly T[],
  size: number,
  call: (batch: T[]) => Promise<R>,
): Promise<readonly R[]> {
  return concurrently(batches(items, size), atOnce, call);
}
