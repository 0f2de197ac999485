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
const commit = fc.nat(2);
const run = fc.nat(3);
const whose = one('lena', 'otto', 'lena', 'otto', 'eve', 'dana');

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
];
const simple: fc.Arbitrary<Command> = fc.oneof(step, step, step, click, wait, ...ofRuns, ...outside);
const meddling: fc.Arbitrary<Meddling> = fc.record(
  {
    first: fc.oneof(step, step, hold, simple),
    reply: one<Reply>('answered', 'answered', 'lost-before', 'lost-after', 'lands-late', 'machine gone'),
  },
  { requiredKeys: ['reply'] },
);

/** A release as it is meant to go, and what its run does of itself: most sequences that are only noise come to nothing. */
const story: fc.Arbitrary<readonly ((run: number) => Command)[]> = fc
  .record({
    ...{
      commit,
      by: one('dana', 'dana', 'lena', 'otto'),
      fails: one(false, false, true),
      rebuilt: one(false, false, false, true),
    },
    login: whose,
    says: one('approved', 'approved', 'approved', 'approved', 'approved', 'approved', 'approved', 'rejected'),
    again: one(false, false, true),
    meddled: fc.option(fc.tuple(fc.nat(3), meddling)),
  })
  .map(({ login, says, again, meddled, ...started }) => {
    const [at, mischief] = meddled ?? [-1];
    const rest = (answer: typeof says) => [
      (run: number): Command => ({ do: 'click', run, login, says: answer }),
      ...[0, 1, 2, 3].map(
        index =>
          (run: number): Command => ({ do: 'step', run, ...(index === at && mischief ? { meddling: mischief } : {}) }),
      ),
    ];
    const repeated = again
      ? [(run: number): Command => ({ do: 'run again', run, jobs: 'failed' }), ...rest('approved')]
      : [];
    return [(run: number): Command => ({ do: 'start', run, ...started }), ...rest(says), ...repeated];
  });

/** Some releases, and whatever else happens, in any order that keeps the order of each. */
export const commands: fc.Arbitrary<readonly Command[]> = fc
  .record({
    stories: fc.array(story, { minLength: 1, maxLength: 4 }),
    noise: fc.array(simple, { maxLength: 12 }),
    order: fc.array(fc.nat(5), { minLength: 60, maxLength: 60 }),
    // In the morning, shortly before the window closes and after it, on a holiday.
    later: one(0, 0, 0, 0, 0, 0, 0, 425, 480, 1440),
  })
  .map(({ stories, noise, order, later }) => {
    const ofRuns = stories.map((told, run) => told.map(line => line(run)));
    return [{ do: 'wait', minutes: later }, ...woven(ofRuns, noise, order)];
  });

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
