import { findingOf } from '#aws/denied';
import { AwsCallError } from '#aws/errors';
import type { Clock, Random } from '#core/clock';
import { type CheckView, isDecided, type Moment } from '#core/watch/check';
import { lag } from '#core/watch/signal';
import type { Observer } from './observer.ts';

export interface WatchOptions {
  readonly observers: readonly Observer[];
  /** How long to watch, in ms. It takes three minutes more: only then the numbers of the last minute are known. */
  readonly duration: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly signal: AbortSignal;
  readonly progress: (views: readonly CheckView[], moment: Moment) => void;
}

export interface WatchEnd {
  readonly views: readonly CheckView[];
  readonly cancelled: boolean;
  /** Milliseconds, without the lag. */
  readonly watched: number;
}

/** Often enough to notice early, seldom enough for DescribeAlarms, whose nine calls a second everybody in the region shares. */
const interval = 30_000;

/** Watches until something is wrong for good, or until the stated time and the lag of its evidence have passed. */
export async function watch(options: WatchOptions): Promise<WatchEnd> {
  const { clock, random, signal, observers, duration } = options;
  const start = clock.now();
  const end = start + duration;
  const until = end + lag;
  for (;;) {
    const moment: Moment = { now: clock.now(), start, end, final: clock.now() >= until };
    const failures = await lookAll(observers, moment);
    const views = [...failures, ...observers.flatMap(observer => observer.judge(moment))];
    const cancelled = signal.aborted;
    options.progress(views, moment);
    const over = { views, cancelled, watched: Math.min(moment.now - start, duration) };
    if (cancelled || moment.final || views.some(isDecided)) return over;
    try {
      await clock.sleep(Math.min(interval * (0.9 + 0.2 * random()), until - clock.now()), signal);
    } catch (error) {
      if (!signal.aborted) throw error;
      return { ...over, cancelled: true };
    }
  }
}

/** What can no longer be read, after all tries, ends the watch as an error of its own: the rest is still told. */
async function lookAll(observers: readonly Observer[], moment: Moment): Promise<readonly CheckView[]> {
  const looks = await Promise.allSettled(observers.map(observer => observer.look(moment)));
  return looks.flatMap((look): readonly CheckView[] => {
    if (look.status === 'fulfilled') return [];
    if (!(look.reason instanceof AwsCallError)) throw look.reason;
    const { action } = look.reason;
    const finding = findingOf(look.reason);
    return [
      { rule: { rule: action, verdict: 'error', ...finding }, limit: 'can be read', worst: 'not read', samples: 0 },
    ];
  });
}
