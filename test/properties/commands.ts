import fc from 'fast-check';
import type { Command } from './command.ts';
import { type Noise, noise, noiseWithRollbacks, one } from './noise.ts';
import { type Line, releaseStory, rollbackStory } from './stories.ts';

/** Some releases, and whatever else happens, in any order that keeps the order of each. */
export function commandsFor(quorum: 1 | 2): fc.Arbitrary<readonly Command[]> {
  return inAnyOrder(fc.array(releaseStory(quorum), { minLength: 1, maxLength: 4 }), noise, 12, []);
}

/** The same of releases and rollbacks, where some releases have stood in prod before; GitHub asks somebody, or nobody. */
export function commandsWithRollbacks(quorum: 1 | 2): fc.Arbitrary<readonly Command[]> {
  const where = (asks: boolean) => {
    const back = rollbackStory(asks);
    const stories = fc.array(fc.oneof(back, back, releaseStory(asks ? quorum : 2, noiseWithRollbacks)), {
      minLength: 1,
      maxLength: 3,
    });
    return inAnyOrder(stories, noiseWithRollbacks, 5, [
      { do: 'stood', commits: [2, 1, 0] },
      { do: 'protect', on: asks },
    ]);
  };
  return fc.oneof(where(true), where(false));
}

function inAnyOrder(
  stories: fc.Arbitrary<readonly (readonly Line[])[]>,
  { simple }: Noise,
  most: number,
  before: readonly Command[],
): fc.Arbitrary<readonly Command[]> {
  return fc
    .record({
      stories,
      noise: fc.array(simple, { maxLength: most }),
      order: fc.array(fc.nat(5), { minLength: 60, maxLength: 60 }),
      // In the morning, shortly before the window closes and after it, on a holiday.
      later: one(0, 0, 0, 0, 0, 0, 0, 425, 480, 1440),
    })
    .map(({ stories, noise, order, later }) => {
      const ofRuns = stories.map((told, run) => told.map(line => line(run)));
      return [...before, { do: 'wait', minutes: later }, ...woven(ofRuns, noise, order)];
    });
}

function woven(
  stories: readonly (readonly Command[])[],
  noise: readonly Command[],
  order: readonly number[],
): readonly Command[] {
  const queues = [...stories, noise].map(queue => [...queue]);
  const all: Command[] = [];
  for (const choice of order) {
    const left = queues.filter(queue => queue.length > 0);
    const next = left[choice % Math.max(1, left.length)]?.shift();
    if (next === undefined) break;
    all.push(next);
  }
  return [...all, ...queues.flat()];
}
