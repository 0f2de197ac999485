import fc from 'fast-check';
import { type Click, type Opinion, type Source, sources } from './history.ts';

/** What people, runs and the world can do. Runs are numbered. */
export type Command =
  | {
      readonly do: 'start';
      readonly run: number;
      readonly commit: number;
      readonly by: string;
      readonly fails: boolean;
      readonly rebuilt: boolean;
    }
  /** About the release that is parked; `clock`: nobody’s, but the schedule’s. It is a run of its own. */
  | {
      readonly do: 'word';
      readonly run: number;
      readonly word: 'go' | 'approve' | 'reject';
      readonly login: string;
      readonly clock: boolean;
    }
  /** The run does what comes next. Somebody may meddle with the commit that it makes to the journal then. */
  | { readonly do: 'step'; readonly run: number; readonly meddling?: Meddling }
  | { readonly do: 'click'; readonly run: number; readonly login: string; readonly says: Click }
  | { readonly do: 'run again'; readonly run: number; readonly jobs: 'all' | 'failed' }
  | { readonly do: 'kill'; readonly run: number }
  | {
      readonly do: 'hold';
      readonly id: string;
      readonly of: 'everything' | 'version' | 'component';
      readonly minutes?: number;
    }
  | { readonly do: 'resume'; readonly id: string }
  | { readonly do: 'stage'; readonly commit: number; readonly becomes: 'verified' | 'built' | 'came back' }
  | { readonly do: 'open issue'; readonly issue: number; readonly label: string }
  | { readonly do: 'close issue'; readonly issue: number }
  | {
      readonly do: 'review';
      readonly commit: number;
      readonly login: string;
      readonly says: Opinion;
      readonly newest: boolean;
    }
  | { readonly do: 'freeze'; readonly inMinutes: number; readonly minutes: number }
  | { readonly do: 'thaw' }
  | { readonly do: 'protect'; readonly on: boolean }
  | { readonly do: 'blind'; readonly source: Source; readonly on: boolean }
  | { readonly do: 'wait'; readonly minutes: number };

/** Something happens right before a commit arrives, or its answer does not come back. */
export interface Meddling {
  readonly first?: Command;
  readonly reply: Reply;
}

/** What becomes of the answer; or of the machine, which is gone before it has sent anything. */
export type Reply = 'answered' | 'lost-before' | 'lost-after' | 'lands-late' | 'machine gone';

const one = fc.constantFrom;
const commit = one(0, 0, 1, 1, 2, 3);
const run = one(0, 1, 2, 3, 10, 11);
const whose = one('lena', 'otto', 'kim', 'lena', 'otto', 'kim', 'eve', 'dana');

const click = fc.record({
  do: one('click' as const),
  run,
  login: whose,
  says: one<Click>('approved', 'approved', 'approved', 'rejected'),
});
const step = fc.record({ do: one('step' as const), run });
const hold = fc.record(
  {
    ...{
      do: one('hold' as const),
      id: one('h1', 'h2'),
      of: one('everything' as const, 'version' as const, 'component' as const),
    },
    minutes: one(5, 90),
  },
  { requiredKeys: ['do', 'id', 'of'] },
);
const outside: readonly fc.Arbitrary<Command>[] = [
  hold,
  fc.record({ do: one('resume' as const), id: one('h1', 'h2', 'rollback-1.1.0', 'rollback-1.2.0') }),
  fc.record({
    do: one('stage' as const),
    commit,
    becomes: one('verified' as const, 'built' as const, 'came back' as const),
  }),
  fc.record({
    do: one('open issue' as const),
    issue: fc.nat(1),
    label: one('critical', 'critical', 'incident', 'question'),
  }),
  fc.record({ do: one('close issue' as const), issue: fc.nat(1) }),
  fc.record({
    ...{ do: one('review' as const), commit, login: one('otto', 'dana', 'lena'), newest: fc.boolean() },
    says: one<Opinion>('approved', 'changes-requested', 'dismissed'),
  }),
  fc.record({ do: one('freeze' as const), inMinutes: one(0, 20, 120), minutes: one(10, 600) }),
  fc.record({ do: one('thaw' as const) }),
  fc.record({ do: one('protect' as const), on: fc.boolean() }),
  fc.record({ do: one('blind' as const), source: one(...sources), on: fc.boolean() }),
];
const wait = fc.record({ do: one('wait' as const), minutes: one(1, 10, 45, 61, 400, 1440) });
const ofRuns: readonly fc.Arbitrary<Command>[] = [
  fc.record({ do: one('run again' as const), run, jobs: one('all' as const, 'failed' as const) }),
  fc.record({ do: one('kill' as const), run }),
  fc.record({
    ...{ do: one('word' as const), run: one(20, 21, 22), login: whose, clock: one(false, false, true) },
    word: one('go' as const, 'approve' as const, 'reject' as const),
  }),
];
const simple: fc.Arbitrary<Command> = fc.oneof(step, step, step, click, wait, ...ofRuns, ...outside);
const meddling: fc.Arbitrary<Meddling> = fc.record(
  {
    first: fc.oneof(step, step, hold, simple),
    reply: one<Reply>('answered', 'answered', 'lost-before', 'lost-after', 'lands-late', 'machine gone'),
  },
  { requiredKeys: ['reply'] },
);

type Line = (run: number) => Command;

/**
 * A release as it is meant to go, and what its run does of itself: most sequences that are only noise come to nothing. Where two have to
 * approve, one says so by a word, in a run of its own that goes on. `quorum`: how many have to.
 */
function storyOf(quorum: 1 | 2): fc.Arbitrary<readonly Line[]> {
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
      const [at, mischief] = meddled ?? [-1];
      const next = (run: number) => (quorum === 1 ? run : run + 10);
      const goesOn: readonly Line[] = [
        run => ({ do: 'click', run: next(run), login: clicks, says: 'approved' }),
        ...[0, 1, 2, 3].map(
          (index): Line =>
            run => ({ do: 'step', run: next(run), ...(index === at && mischief ? { meddling: mischief } : {}) }),
        ),
      ];
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

/** Some releases, and whatever else happens, in any order that keeps the order of each. */
export function commandsFor(quorum: 1 | 2): fc.Arbitrary<readonly Command[]> {
  return fc
    .record({
      stories: fc.array(storyOf(quorum), { minLength: 1, maxLength: 4 }),
      noise: fc.array(simple, { maxLength: 12 }),
      order: fc.array(fc.nat(5), { minLength: 60, maxLength: 60 }),
      // In the morning, shortly before the window closes and after it, on a holiday.
      later: one(0, 0, 0, 0, 0, 0, 0, 425, 480, 1440),
    })
    .map(({ stories, noise, order, later }) => {
      const ofRuns = stories.map((told, run) => told.map(line => line(run)));
      return [{ do: 'wait', minutes: later }, ...woven(ofRuns, noise, order)];
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
