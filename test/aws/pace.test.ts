import { describe, expect, test } from '@jest/globals';
import { paceOf } from '#aws/pace';
import { virtualClock } from './virtual-clock.ts';

/** The buckets of the facts: burst and refill a second, of which four fifths are ours. */
const buckets = [
  ['UpdateService', 50, 5],
  ['RegisterTaskDefinition', 20, 1],
  ['DescribeServiceDeployments', 50, 20],
  ['DescribeServices', 100, 20],
  ['ListTasks', 100, 20],
] as const;

async function momentsOf(operation: string, calls: number): Promise<readonly number[]> {
  const clock = virtualClock(1_000_000);
  const pace = paceOf(clock);
  const moments: number[] = [];
  await clock.run(() =>
    Promise.all(
      Array.from({ length: calls }, async () => {
        await pace(operation);
        moments.push((clock.now() - 1_000_000) / 1000);
      }),
    ),
  );
  return moments.toSorted((one, other) => one - other);
}

describe.each(buckets)('500 × %s', (operation, burst, refill) => {
  test('never faster than the bucket of AWS', async () => {
    const moments = await momentsOf(operation, 500);
    moments.forEach((moment, index) => {
      expect(index + 1).toBeLessThanOrEqual(burst + refill * moment + 1e-6);
    });
  });

  test('no slower than our share of it', async () => {
    const moments = await momentsOf(operation, 500);
    expect(moments.at(-1)).toBeLessThanOrEqual((500 - burst * 0.8) / (refill * 0.8) + 0.01);
  });
});

test('500 services start in two minutes, not in one burst and not one by one', async () => {
  const last = (await momentsOf('UpdateService', 500)).at(-1);
  expect(last).toBeGreaterThanOrEqual(90);
  expect(last).toBeLessThanOrEqual(116);
});

test('operations of one bucket share it, others do not wait', async () => {
  const clock = virtualClock();
  const pace = paceOf(clock);
  await clock.run(async () => {
    await Promise.all(Array.from({ length: 80 }, () => pace('ListTasks')));
    expect(clock.now()).toBe(0);
    await pace('DescribeServices');
    await pace('DescribeTaskDefinition');
    expect(clock.now()).toBe(0);
    await pace('DescribeTasks');
    expect(clock.now()).toBeGreaterThan(0);
  });
});

test('after a rest there is one burst again, not the sum of all that was not used', async () => {
  const clock = virtualClock();
  const pace = paceOf(clock);
  await clock.run(async () => {
    await Promise.all(Array.from({ length: 40 }, () => pace('UpdateService')));
    await clock.sleep(3_600_000);
    await Promise.all(Array.from({ length: 40 }, () => pace('UpdateService')));
    expect(clock.now()).toBe(3_600_000);
    await pace('UpdateService');
    expect(clock.now()).toBe(3_600_250);
  });
});
