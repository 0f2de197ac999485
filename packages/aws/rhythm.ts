import { setFlagsFromString } from 'node:v8';
import type { Clock, Random } from '#core/clock';

/**
 * Reads the state of many things in one steady beat: everybody who waits for the next beat is answered by the same batch
 * of calls, so that 500 rollouts cost 25 describe calls a beat and not 500 loops of their own.
 */
export interface Rhythm<V> {
  /** The state at the next beat; undefined when the service does not know it (yet). */
  next(key: string): Promise<V | undefined>;
}

export interface RhythmOptions<V> {
  readonly clock: Clock;
  readonly random: Random;
  /**
   * Between two beats, in ms; jittered by a tenth so that several runs do not march in step. A function says it anew for each beat, by what
   * the one before has shown, and jitters itself.
   */
  readonly interval: number | ((seen: ReadonlyMap<string, V>) => number);
  readonly load: (keys: readonly string[]) => Promise<ReadonlyMap<string, V>>;
  /** Ends the pause before a beat at once and unasked: a cancelled run has seconds, and its timers would outlive it. */
  readonly signal?: AbortSignal;
}

export function createRhythm<V>({ clock, random, interval, load, signal }: RhythmOptions<V>): Rhythm<V> {
  settleMemory();
  let beat: { readonly keys: Set<string>; readonly values: Promise<ReadonlyMap<string, V>> } | undefined;
  let seen: ReadonlyMap<string, V> = new Map();

  /** Answers whether it was broken off. A rhythm that goes on after that keeps its pauses: whoever still follows must not spin. */
  const pauseOf = async (milliseconds: number): Promise<boolean> => {
    const breakable = signal?.aborted === true ? undefined : signal;
    try {
      await clock.sleep(milliseconds, breakable);
      return false;
    } catch (error) {
      if (breakable?.aborted === true) return true;
      throw error;
    }
  };

  const startBeat = () => {
    const keys = new Set<string>();
    const pause = typeof interval === 'number' ? interval * (0.9 + 0.2 * random()) : interval(seen);
    const values = pauseOf(pause).then(async broken => {
      beat = undefined;
      seen = broken ? new Map() : await load([...keys]);
      return seen;
    });
    return { keys, values };
  };

  return {
    async next(key) {
      beat ??= startBeat();
      beat.keys.add(key);
      return (await beat.values).get(key);
    },
  };
}

/**
 * Whoever waits for hundreds of rollouts makes a little garbage all the time. V8 would let its young generation grow to 128 MB
 * for it, and gain nothing. Not before the clients are loaded: until then it has to grow.
 */
function settleMemory(): void {
  if (settled) return;
  settled = true;
  setFlagsFromString('--semi-space-growth-factor=1');
}

let settled = false;
