import { createHook } from 'node:async_hooks';

export interface Activity {
  /** How many callbacks of the process have run so far. */
  count(): number;
  /** Jobs of crypto and zlib on the thread pool, which process.getActiveResourcesInfo() does not list. */
  poolJobs(): Iterable<string>;
  /** What `create` starts belongs to the clock, and does not count. */
  unseen<T>(create: () => T): T;
}

/**
 * Sees every callback of the process through async_hooks (not promises: whatever settles one is a callback) and
 * calls `wake` as it begins. The clock's own callbacks are known by their ids, and so is all that they start.
 */
export function watchActivity(channelId: number, wake: () => void): Activity {
  const own = new Set([channelId]);
  const jobs = new Map<number, string>();
  let creating = false;
  let count = 0;

  const hook = createHook({
    trackPromises: false,
    init(id, type, trigger, resource) {
      if (creating || own.has(trigger)) own.add(id);
      // A compressing stream is one resource, and each write a job; a crypto job runs once.
      else if (type === 'ZLIB') watchJobs(id, type, resource, 'write');
      else if (type.endsWith('REQUEST')) watchJobs(id, type, resource, 'run');
    },
    before(id) {
      if (own.has(id)) return;
      count++;
      jobs.delete(id);
      wake();
    },
    destroy(id) {
      if (id !== channelId) own.delete(id);
      jobs.delete(id);
    },
  });

  /** From the call of `method` until the callback of its resource, a job is on the thread pool. */
  function watchJobs(id: number, type: string, resource: object, method: 'write' | 'run'): void {
    const start: unknown = Reflect.get(resource, method);
    if (typeof start !== 'function') return;
    const started = (...args: unknown[]) => {
      jobs.set(id, type);
      const result: unknown = Reflect.apply(start, resource, args);
      // A synchronous job has its result at once, and no callback.
      if (Array.isArray(result)) jobs.delete(id);
      return result;
    };
    Reflect.set(resource, method, started);
  }

  hook.enable();
  return {
    count: () => count,
    poolJobs: () => jobs.values(),
    unseen(create) {
      creating = true;
      try {
        return create();
      } finally {
        creating = false;
      }
    },
  };
}
