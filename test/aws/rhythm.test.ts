import { describe, expect, test } from '@jest/globals';
import { batches } from '#aws/batches';
import { createRhythm } from '#aws/rhythm';
import type { Clock } from '#core/clock';
import { virtualClock } from './virtual-clock.ts';

function rhythmOf(load: (keys: readonly string[]) => Promise<ReadonlyMap<string, number>>) {
  const clock = virtualClock();
  return { clock, rhythm: createRhythm({ clock, random: () => 0.5, interval: 12_000, load }) };
}

describe('many who wait for the next beat', () => {
  test('500 rollouts are answered by one load a beat, 25 calls of 20', async () => {
    const loads: (readonly string[])[] = [];
    const { clock, rhythm } = rhythmOf(async keys => {
      loads.push(keys);
      return new Map(keys.map((key, index) => [key, index]));
    });
    const keys = Array.from({ length: 500 }, (_, index) => `arn-${index}`);
    await clock.run(() =>
      Promise.all(
        keys.map(async key => {
          for (let beat = 0; beat < 3; beat += 1) expect(await rhythm.next(key)).toBe(keys.indexOf(key));
        }),
      ),
    );
    expect(loads.map(load => load.length)).toEqual([500, 500, 500]);
    expect(batches(loads[0] ?? [], 20)).toHaveLength(25);
    expect(clock.now()).toBe(36_000);
  });

  test('when the next beat comes may follow from what the last one has shown', async () => {
    const clock = virtualClock();
    const at: number[] = [];
    const load = async () => {
      at.push(clock.now());
      return new Map([['a', at.length]]);
    };
    const interval = (seen: ReadonlyMap<string, number>) => (seen.get('a') === 2 ? 1_000 : 10_000);
    const rhythm = createRhythm({ clock, random: () => 0, interval, load });
    await clock.run(async () => {
      for (let beat = 0; beat < 4; beat += 1) await rhythm.next('a');
    });
    expect(at).toEqual([10_000, 20_000, 21_000, 31_000]);
  });

  test('who asks twice for one key is loaded once', async () => {
    const loads: (readonly string[])[] = [];
    const { clock, rhythm } = rhythmOf(async keys => {
      loads.push(keys);
      return new Map([['a', 1]]);
    });
    expect(await clock.run(() => Promise.all([rhythm.next('a'), rhythm.next('a'), rhythm.next('b')]))).toEqual([
      1,
      1,
      undefined,
    ]);
    expect(loads).toEqual([['a', 'b']]);
  });

  test('who comes while a beat is loading belongs to the next one', async () => {
    const loads: (readonly string[])[] = [];
    const { clock, rhythm } = rhythmOf(async keys => {
      loads.push(keys);
      await clock.sleep(1_000);
      return new Map();
    });
    await clock.run(async () => {
      const first = rhythm.next('a');
      await clock.sleep(12_500);
      await Promise.all([first, rhythm.next('b')]);
    });
    expect(loads).toEqual([['a'], ['b']]);
  });

  test('a load that fails fails everybody who waited, and the next beat starts afresh', async () => {
    let fails = true;
    const { clock, rhythm } = rhythmOf(async () => {
      if (fails) throw new Error('denied');
      return new Map([['a', 1]]);
    });
    const outcomes = await clock.run(() => Promise.allSettled([rhythm.next('a'), rhythm.next('b')]));
    expect(outcomes.map(outcome => outcome.status)).toEqual(['rejected', 'rejected']);
    fails = false;
    expect(await clock.run(() => rhythm.next('a'))).toBe(1);
  });
});

test.each([
  [0, []],
  [1, [1]],
  [20, [20]],
  [21, [20, 1]],
  [45, [20, 20, 5]],
])('%i things are asked for in batches of %j', (count, sizes) => {
  const items = Array.from({ length: count }, (_, index) => index);
  expect(batches(items, 20).map(batch => batch.length)).toEqual(sizes);
  expect(batches(items, 20).flat()).toEqual(items);
});

describe('a cancelled run', () => {
  const cancellable = (loads: { count: number }) => {
    const { promise: slept, resolve: wake } = Promise.withResolvers<void>();
    const controller = new AbortController();
    const clock: Clock = {
      now: () => 0,
      sleep: (_milliseconds, signal) =>
        new Promise((resolve, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason));
          void slept.then(resolve);
        }),
    };
    const load = async () => {
      loads.count += 1;
      return new Map([['a', 1]]);
    };
    const rhythm = createRhythm({ clock, random: () => 0.5, interval: 12_000, load, signal: controller.signal });
    return { rhythm, controller, wake };
  };

  test('is not kept waiting for the beat, and nothing is asked for it', async () => {
    const loads = { count: 0 };
    const { rhythm, controller } = cancellable(loads);
    const next = rhythm.next('a');
    controller.abort();
    expect(await next).toBeUndefined();
    expect(loads.count).toBe(0);
  });

  test('that still follows its rollback keeps the rhythm: it must not spin', async () => {
    const loads = { count: 0 };
    const { rhythm, controller, wake } = cancellable(loads);
    controller.abort();
    const next = rhythm.next('a');
    expect(await Promise.race([next, Promise.resolve('waits')])).toBe('waits');
    wake();
    expect(await next).toBe(1);
  });
});
