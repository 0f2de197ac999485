import { describe, expect, test } from '@jest/globals';
import type { ServiceDeployment } from '#aws/ecs';
import { createBeat } from '#targets/ecs/beat';
import { deploymentOf, MINUTE } from './facts.ts';

/** The times of looks in an hour, when each look shows this; the jitter goes through all that it can be. */
function looksAt(show: (now: number) => ServiceDeployment): readonly number[] {
  let now = 0;
  let turn = 0;
  const clock = { now: () => now, sleep: () => Promise.reject(new Error('nobody sleeps here')) };
  const beat = createBeat(clock, () => (turn++ % 11) / 10);
  const looks: number[] = [];
  let seen = new Map<string, ServiceDeployment>();
  while (now < 60 * MINUTE) {
    now += beat(seen);
    looks.push(now);
    seen = new Map([['a', show(now)]]);
  }
  return looks;
}

const pausesOf = (looks: readonly number[]) => looks.slice(1).map((at, index) => at - (looks[index] ?? 0));
const busiestMinute = (looks: readonly number[]) =>
  Math.max(...looks.map(from => looks.filter(at => at >= from && at < from + MINUTE).length));

const far = deploymentOf('IN_PROGRESS', '1/3', {}, 3);
const near = deploymentOf('IN_PROGRESS', '3/3');

describe('how often service deployments are looked at', () => {
  test.each([
    ['while no end is near', () => far, 4],
    ['while the end is near for an hour', () => near, 5],
    ['while one rollout after the other comes to its end', (now: number) => (now % 90_000 < 20_000 ? near : far), 5],
  ] as const)('%s', (_when, show, most) => {
    const looks = looksAt(show);
    expect(busiestMinute(looks)).toBe(most);
    // Never growing: what is taken earlier is made up for by the steady pause, jitter and all.
    expect(Math.max(...pausesOf(looks))).toBeLessThanOrEqual(17_000);
    // One look at the service in five makes six calls a minute at most.
    expect(Math.min(...looks.slice(5).map((at, index) => at - (looks[index] ?? 0)))).toBeGreaterThanOrEqual(MINUTE);
  });

  test.each([
    ['all new tasks run, no old one', near, true],
    ['successful, while old tasks are still there', deploymentOf('SUCCESSFUL', '3/3', {}, 1), true],
    ['old tasks still run', deploymentOf('IN_PROGRESS', '3/3', {}, 1), false],
    ['a new one is missing', deploymentOf('IN_PROGRESS', '2/3'), false],
    ['it goes back', deploymentOf('ROLLBACK_IN_PROGRESS', '3/3'), false],
  ] as const)('the next look comes soon: %s', (_when, deployment, soon) => {
    const [first = 0, second = 0] = looksAt(() => deployment);
    expect(second - first < 10_000).toBe(soon);
  });
});
