/**
 * Works on all items, so many at a time, and stops taking new ones at the first answer that is not undefined, which it returns. What is
 * under way by then is waited for. An error does the same, and is thrown.
 */
export async function untilHalted<T, H>(
  items: Iterable<T>,
  atOnce: number,
  work: (item: T) => Promise<H | undefined>,
): Promise<H | undefined> {
  const queue = items[Symbol.iterator]();
  let halt: { readonly value: H } | { readonly error: unknown } | undefined;
  const worker = async () => {
    for (let next = queue.next(); next.done !== true && halt === undefined; next = queue.next()) {
      try {
        const answer = await work(next.value);
        if (answer !== undefined) halt ??= { value: answer };
      } catch (error) {
        halt ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  if (halt === undefined) return undefined;
  if ('error' in halt) throw halt.error;
  return halt.value;
}

/** S3 takes 3,500 writes a second for each prefix; this many keep a runner’s line busy and its memory small. */
export const atOnce = 32;
