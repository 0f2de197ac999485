import { describe, expect, test } from '@jest/globals';
import { inWaves } from '#actions/deploy/in-waves';

/** Runs the waves, two at a time; what `fails` says fails, in what it says. */
async function run(waves: readonly (readonly string[])[], fails: Readonly<Record<string, 'prepare' | 'change'>> = {}) {
  const story: string[] = [];
  const ended = await inWaves<string, string, string>(
    waves,
    { looking: 2, changing: 2 },
    {
      async prepare(item) {
        return fails[item] === 'prepare' ? { ended: `${item} wrong` } : { ready: item };
      },
      async change(item) {
        story.push(item);
        await new Promise(resolve => setImmediate(resolve));
        return fails[item] === 'change' ? `${item} failed` : `${item} good`;
      },
      async discard(item) {
        story.push(`discard ${item}`);
      },
      isGood: result => result.endsWith('good'),
    },
  );
  return { story, ended };
}

describe('components in waves', () => {
  test('each wave waits for the one before', async () => {
    expect((await run([['a', 'b'], ['c']])).story).toEqual(['a', 'b', 'c']);
  });

  test('none of a wave is changed where one of it is wrong, and what was prepared is discarded', async () => {
    const { story, ended } = await run([['a', 'b', 'c'], ['d']], { b: 'prepare' });
    expect(story).toEqual(['discard a', 'discard c']);
    expect(ended).toEqual(['b wrong']);
  });

  test('one that fails stops what has not begun, in its own wave and after it; what is under way ends', async () => {
    const { story, ended } = await run([['a', 'b', 'c', 'd'], ['e']], { a: 'change' });
    expect(story).toEqual(['a', 'b', 'discard c', 'discard d']);
    expect(ended).toEqual(['a failed', 'b good']);
  });
});
