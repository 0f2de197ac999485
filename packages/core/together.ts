/**
 * Work that many ask for at the same time and that serves all of them: whoever asks while it is under way shares the next time with all
 * who ask meanwhile, because what is under way may have begun too early for them. Never two at a time.
 */
export function shared<T>(work: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<unknown> = Promise.resolve();
  let next: Promise<T> | undefined;
  return () => {
    next ??= underWay.then(() => {
      next = undefined;
      const now = work();
      underWay = now.catch(() => undefined);
      return now;
    });
    return next;
  };
}
