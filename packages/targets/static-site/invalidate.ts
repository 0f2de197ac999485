import type { Result } from '#core/outcome';
import { callerReference } from './invalidation.ts';
import { type Site, subjectOf } from './site.ts';
import type { Watch } from './uploads.ts';

/** Between two looks, in ms: CloudFront takes from seconds to minutes. */
const beat = 5_000;

/** Until CloudFront is asked again to take one more, in ms. */
const pauseWhenFull = 20_000;

/**
 * Has CloudFront forget paths, and follows that very invalidation to its end. `wait: false` only asks. Answers why it did not end, where
 * it did not.
 */
export async function invalidate(
  site: Site,
  change: { readonly generation: number; readonly manifest: string; readonly paths: readonly string[] },
  watch: Watch,
  wait: boolean,
): Promise<Result | undefined> {
  const { distribution } = site.place;
  if (distribution === undefined || change.paths.length === 0) return undefined;
  const cloudfront = await site.cloudfront();
  const subject = subjectOf(site.place);
  const reference = callerReference(change.generation, change.manifest, change.paths);
  let full = false;
  for (;;) {
    const asked = await cloudfront.invalidate(distribution, reference, change.paths);
    if (asked !== 'too-many') return wait ? follow(site, asked.id, watch, asked.completed) : undefined;
    if (!full) {
      const text = 'too many invalidations are under way; waiting until CloudFront takes this one';
      site.report({ subject, text, level: 'warning' });
    }
    full = true;
    const halt = watch();
    if (halt !== undefined || !wait) return halt;
    await site.clock.sleep(pauseWhenFull, site.signal).catch(() => undefined);
  }
}

async function follow(site: Site, id: string, watch: Watch, done: boolean): Promise<Result | undefined> {
  const { distribution = '' } = site.place;
  const cloudfront = await site.cloudfront();
  const started = site.clock.now();
  const subject = subjectOf(site.place);
  site.report({ subject, text: `invalidation ${id} of ${distribution} is under way`, level: 'info' });
  let completed = done;
  while (!completed) {
    const halt = watch();
    if (halt !== undefined) return halt;
    await site.clock.sleep(beat, site.signal).catch(() => undefined);
    ({ completed } = await cloudfront.invalidation(distribution, id));
  }
  const seconds = Math.round((site.clock.now() - started) / 1000);
  site.report({ subject, text: `invalidation ${id} completed after ${seconds} s`, level: 'info' });
  return undefined;
}
