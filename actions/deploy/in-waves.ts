import { concurrently } from '#core/concurrently';

/** How a component is worked on: looked at first, and changed when all of its wave are known to be right. */
export interface Worker<Item, Ready, Ended> {
  prepare(item: Item): Promise<{ readonly ready: Ready } | { readonly ended: Ended }>;
  change(ready: Ready): Promise<Ended>;
  /** Takes away what was prepared, where nothing comes of it. */
  discard(ready: Ready): Promise<void>;
  isGood(ended: Ended): boolean;
}

/** How many at the same time: looking makes many calls, waiting makes few. Past that, several jobs are the way. */
export interface AtOnce {
  readonly looking: number;
  readonly changing: number;
}

/**
 * Works on one wave after the other, in each on many at a time. None is changed before all of its wave are known to be right, and as soon
 * as one has failed nothing more is begun; what is under way is followed to its end. Answers whatever was worked on.
 */
export async function inWaves<Item, Ready, Ended>(
  waves: readonly (readonly Item[])[],
  atOnce: AtOnce,
  worker: Worker<Item, Ready, Ended>,
): Promise<readonly Ended[]> {
  const all: Ended[] = [];
  for (const wave of waves) {
    const ended = await oneWave(wave, atOnce, worker);
    all.push(...ended);
    if (!ended.every(worker.isGood)) break;
  }
  return all;
}

async function oneWave<Item, Ready, Ended>(
  wave: readonly Item[],
  atOnce: AtOnce,
  worker: Worker<Item, Ready, Ended>,
): Promise<readonly Ended[]> {
  const prepared = await concurrently(wave, atOnce.looking, item => worker.prepare(item));
  const wrong = prepared.flatMap(one => ('ended' in one ? [one.ended] : []));
  const ready = prepared.flatMap(one => ('ready' in one ? [one.ready] : []));
  if (wrong.length > 0) {
    for (const one of ready) await worker.discard(one);
    return wrong;
  }
  let failed = false;
  const ended = await concurrently(ready, atOnce.changing, async one => {
    if (failed) {
      await worker.discard(one);
      return [];
    }
    const result = await worker.change(one);
    failed ||= !worker.isGood(result);
    return [result];
  });
  return ended.flat();
}
