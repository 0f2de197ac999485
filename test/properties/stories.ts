import fc from 'fast-check';
import type { Command, Meddling } from './command.ts';
import { commit, type Noise, noise, noiseWithRollbacks, one } from './noise.ts';

export type Line = (run: number) => Command;

/**
 * A release as it is meant to go, and what its run does of itself: most sequences that are only noise come to nothing. Where two have to
 * approve, one says so by a word, in a run of its own that goes on. `quorum`: how many have to.
 */
export function releaseStory(quorum: 1 | 2, { meddling }: Noise = noise): fc.Arbitrary<readonly Line[]> {
  return fc
    .record({
      started: fc.record({
        ...{ commit, by: one('dana', 'dana', 'dana', 'lena', 'otto') },
        ...{ fails: one(false, false, false, true), rebuilt: one(false, false, false, false, false, true) },
      }),
      ...{ word: one('lena', 'lena', 'kim', 'eve'), clicks: one('otto', 'otto', 'otto', 'kim', 'lena', 'eve', 'dana') },
      ...{ again: one(false, false, true), rejected: one(false, false, false, false, false, false, true) },
      meddled: fc.option(fc.tuple(fc.nat(3), meddling)),
    })
    .map(({ started, word, clicks, again, rejected, meddled }) => {
      const next = (run: number) => (quorum === 1 ? run : run + 10);
      const goesOn: readonly Line[] = [clickedBy(next, clicks), ...steps(next, meddled)];
      return [
        ...(rejected ? rejectedStory(started) : []),
        run => ({ do: 'start', run, ...started }),
        ...(quorum === 1 ? [] : [agreed(word, next)]),
        ...goesOn,
        ...(again ? [runAgain(next), ...goesOn] : []),
      ];
    });
}

/** An earlier run of the same, and nobody wants it. */
function rejectedStory(started: Omit<Extract<Command, { do: 'start' }>, 'do' | 'run'>): readonly Line[] {
  return [
    run => ({ do: 'start', run: run + 30, ...started }),
    run => ({ do: 'click', run: run + 30, login: 'otto', says: 'rejected' }),
  ];
}

function agreed(login: string, next: (run: number) => number): Line {
  return run => ({ do: 'word', run: next(run), word: 'approve', login, clock: false });
}

function runAgain(next: (run: number) => number): Line {
  return run => ({ do: 'run again', run: next(run), jobs: 'failed' });
}

/**
 * A rollback as it is meant to go: where GitHub asks (`asks`), behind its click; otherwise it waits, and goes on in the run of whoever
 * approves it, or in those of both. A run may be killed on its way, and is run again then; and what ran before may be released again.
 */
export function rollbackStory(asks: boolean): fc.Arbitrary<readonly Line[]> {
  return fc
    .record({
      ...{ by: one('dana', 'dana', 'lena', 'otto'), to: one(undefined, undefined, undefined, 0, 2, 2, 1, 3) },
      ...{ word: one('lena', 'lena', 'otto', 'otto', 'eve'), clicks: one('otto', 'otto', 'lena', 'lena', 'eve') },
      first: one<'approve' | 'reject' | undefined>(undefined, undefined, 'approve', 'reject'),
      ...{ killed: one(-1, -1, -1, 1, 3, 3), again: one(false, false, true) },
      ...{ held: one(false, false, true), released: one(false, false, true) },
      meddled: fc.option(fc.tuple(fc.nat(3), noiseWithRollbacks.meddling), { freq: 2 }),
    })
    .map(({ by, to, word, clicks, first, killed, again, held, released, meddled }) => {
      const next = (run: number) => (asks ? run + 40 : run + 50);
      const begins = asks ? [clickedBy(next, clicks)] : [saidOnIt(next, 'approve', word)];
      const all = steps(next, meddled);
      const goesOn = killed < 0 ? all : [...all.slice(0, killed), killedNow(next), ...all.slice(killed)];
      const early = (run: number) => run + 60;
      return [
        ...(held ? [heldForAWhile] : []),
        run => ({ do: 'roll back', run: run + 40, by, ...(to === undefined ? {} : { to }) }),
        // Where it waits, the run that asked for it has no more to do.
        ...(asks ? [] : steps(run => run + 40, null)),
        ...(first === undefined ? [] : [saidOnIt(early, first, 'kim')]),
        ...begins,
        ...goesOn,
        ...(first === 'approve' && !asks ? steps(early, null) : []),
        ...(again || killed >= 0 ? [runAgain(next), ...(asks ? begins : []), ...all] : []),
        ...(released ? releasedAgain(asks) : []),
      ];
    });
}

function steps(next: (run: number) => number, meddled: readonly [number, Meddling] | null): readonly Line[] {
  const [at, mischief] = meddled ?? [-1];
  return [0, 1, 2, 3].map(
    (index): Line =>
      run => ({ do: 'step', run: next(run), ...(index === at && mischief ? { meddling: mischief } : {}) }),
  );
}

function killedNow(next: (run: number) => number): Line {
  return run => ({ do: 'kill', run: next(run) });
}

/** What ran before the first rollback. */
const ran = 0;

const heldForAWhile: Line = () => ({ do: 'hold', id: 'h2', of: 'version', commit: ran, minutes: 5 });

function releasedAgain(asks: boolean): readonly Line[] {
  const started = (run: number) => run + 70;
  const next = (run: number) => (asks ? run + 70 : run + 80);
  return [
    () => ({ do: 'wait', minutes: 10 }),
    run => ({ do: 'start', run: started(run), commit: ran, by: 'dana', fails: false, rebuilt: false }),
    asks ? clickedBy(next, 'otto') : agreed('lena', next),
    ...steps(next, null),
  ];
}

function saidOnIt(next: (run: number) => number, word: 'approve' | 'reject', login: string): Line {
  return run => ({ do: 'word on the rollback', run: next(run), word, login });
}

function clickedBy(next: (run: number) => number, login: string): Line {
  return run => ({ do: 'click', run: next(run), login, says: 'approved' });
}
