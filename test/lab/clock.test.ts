import { describe, expect, test } from '@jest/globals';
import { createEventQueue } from '../../packages/lab/clock/event-queue.ts';
import { createLabClock } from '../../packages/lab/clock/lab-clock.ts';
import { HOUR, SECOND, START } from './clock-children.ts';

const jumping = () => createLabClock({ start: START, mode: 'jump' });

describe('the queue', () => {
  test('gives events by time, those of one time as they were added, and no cancelled one', () => {
    const queue = createEventQueue();
    const ran: string[] = [];
    const times = [5, 3, 9, 3, 1, 9, 7, 3, 5, 2];
    const cancels = times.map((time, index) => queue.add(time, () => ran.push(`${time}:${index}`)));
    cancels[3]?.();
    cancels[4]?.();
    while (queue.nextTime() !== undefined) queue.take()?.();
    expect(ran).toEqual(['2:9', '3:1', '3:7', '5:0', '5:8', '7:6', '9:2', '9:5']);
  });

  test('refuses a time that is none', () => {
    expect(() => createEventQueue().add(Number.NaN, () => {})).toThrow('An event needs a time');
  });
});

describe('a lab without child processes', () => {
  test('sleeps for a day at once, and tells the time exactly', async () => {
    const clock = jumping();
    const wall = performance.now();
    await clock.sleep(24 * HOUR);
    expect(clock.now()).toBe(START + 24 * HOUR);
    expect(performance.now() - wall).toBeLessThan(1000);
    await clock.close();
  });

  test('runs an event of the past at once, without turning time back', async () => {
    const clock = jumping();
    await clock.sleep(HOUR);
    const seen = await new Promise(resolve => clock.at(START, () => resolve(clock.now())));
    expect(seen).toBe(START + HOUR);
    await clock.close();
  });

  test('interleaves two sleepers by lab time', async () => {
    const clock = jumping();
    const seen: string[] = [];
    const every = async (name: string, seconds: number) => {
      for (let count = 0; count < 3; count++) {
        await clock.sleep(seconds * SECOND);
        seen.push(`${name}${(clock.now() - START) / SECOND}`);
      }
    };
    await Promise.all([every('a', 2), every('b', 3)]);
    expect(seen).toEqual(['a2', 'b3', 'a4', 'b6', 'a6', 'b9']);
    await clock.close();
  });

  test('a sleep ends with its signal, and its event does not move time', async () => {
    const clock = jumping();
    const controller = new AbortController();
    const release = clock.hold('the test');
    const sleeping = clock.sleep(HOUR, controller.signal);
    controller.abort(new Error('enough'));
    await expect(sleeping).rejects.toThrow('enough');
    release();
    await clock.sleep(SECOND);
    expect(clock.now()).toBe(START + SECOND);
    await expect(clock.sleep(1, controller.signal)).rejects.toThrow('enough');
    await clock.close();
  });

  test('a hold stops time until it is released; releasing twice does nothing', async () => {
    const clock = jumping();
    const [release, other] = [clock.hold('git runs'), clock.hold('npm runs')];
    let reached = false;
    clock.at(START + 1, () => {
      reached = true;
    });
    release();
    release();
    await new Promise(resolve => setTimeout(resolve, 30));
    expect(reached).toBe(false);
    other();
    await clock.sleep(2);
    expect(reached).toBe(true);
    await clock.close();
  });

  test('a hold that lasts is told as slow, by its reason, once', async () => {
    const told: string[] = [];
    const clock = createLabClock({ start: START, mode: 'jump', slowAfter: 20, onSlow: text => told.push(text) });
    const release = clock.hold('git runs');
    await new Promise(resolve => setTimeout(resolve, 80));
    release();
    expect(told).toEqual([expect.stringContaining('hold: git runs')]);
    await clock.close();
  });

  test('with nothing to do and nobody waiting it is at rest, not stuck', async () => {
    const told: string[] = [];
    const clock = createLabClock({ start: START, mode: 'jump', onStuck: text => told.push(text) });
    await clock.sleep(1);
    await new Promise(resolve => setTimeout(resolve, 350));
    expect(told).toEqual([]);
    await clock.close();
  });
});

describe('wall mode', () => {
  test('follows the wall clock, times the speed', async () => {
    const clock = createLabClock({ start: START, mode: 'wall', speed: 1000 });
    const wall = performance.now();
    await clock.sleep(60 * SECOND);
    expect(performance.now() - wall).toBeGreaterThan(55);
    expect(clock.now() - START).toBeGreaterThanOrEqual(59 * SECOND);
    expect(clock.now() - START).toBeLessThan(600 * SECOND);
    expect(await clock.listen()).toEqual({ env: {} });
    await clock.close();
  });

  test('runs events in order and no cancelled one', async () => {
    const clock = createLabClock({ start: START, mode: 'wall', speed: 1000 });
    const ran: number[] = [];
    clock.at(START + 20 * SECOND, () => ran.push(2));
    const cancel = clock.at(START + 15 * SECOND, () => ran.push(0));
    clock.at(START + 10 * SECOND, () => ran.push(1));
    cancel();
    await clock.sleep(30 * SECOND);
    expect(ran).toEqual([1, 2]);
    await clock.close();
  });

  test('refuses a speed that is none', () => {
    expect(() => createLabClock({ start: START, mode: 'wall', speed: 0 })).toThrow('positive number');
  });
});
