import fc from 'fast-check';
import type { Command, Meddling, Reply } from './command.ts';
import { type Click, type Opinion, sources } from './history.ts';

export const one = fc.constantFrom;
export const commit = one(0, 0, 1, 1, 2, 3);
const whose = one('lena', 'otto', 'kim', 'lena', 'otto', 'kim', 'eve', 'dana');

const aHold = { do: one('hold' as const), id: one('h1', 'h2'), minutes: one(5, 90) };
const held = one('everything' as const, 'version' as const, 'component' as const);
const hold = fc.record({ ...aHold, of: held }, { requiredKeys: ['do', 'id', 'of'] });
const outside: readonly fc.Arbitrary<Command>[] = [
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
/** What happens besides, and what happens to the commits of others meanwhile. */
export interface Noise {
  readonly simple: fc.Arbitrary<Command>;
  readonly meddling: fc.Arbitrary<Meddling>;
}

/** About the runs of those numbers; `more`: what else there is to do where they are. */
function noiseOf(runs: readonly number[], hold: fc.Arbitrary<Command>, more: readonly fc.Arbitrary<Command>[]): Noise {
  const run = one(...runs);
  const click = fc.record({
    ...{ do: one('click' as const), run, login: whose },
    says: one<Click>('approved', 'approved', 'approved', 'rejected'),
  });
  const step = fc.record({ do: one('step' as const), run });
  const ofRuns: readonly fc.Arbitrary<Command>[] = [
    fc.record({ do: one('run again' as const), run, jobs: one('all' as const, 'failed' as const) }),
    fc.record({ do: one('kill' as const), run }),
    fc.record({
      ...{ do: one('word' as const), run: one(20, 21, 22), login: whose, clock: one(false, false, true) },
      word: one('go' as const, 'approve' as const, 'reject' as const),
    }),
  ];
  const simple = fc.oneof(step, step, step, click, wait, ...ofRuns, hold, ...outside, ...more);
  const meddling = fc.record(
    {
      first: fc.oneof(step, step, hold, simple),
      reply: one<Reply>('answered', 'answered', 'lost-before', 'lost-after', 'lands-late', 'machine gone'),
    },
    { requiredKeys: ['reply'] },
  );
  return { simple, meddling };
}

export const noise: Noise = noiseOf([0, 1, 2, 3, 10, 11], hold, []);

/** Where people want to go back, too: somebody else does, or says something about it. */
export const noiseWithRollbacks: Noise = noiseOf(
  [0, 1, 10, 40, 41, 45, 50, 51, 55],
  fc.record({ ...aHold, of: held, commit: one(0, 0, 1) }, { requiredKeys: ['do', 'id', 'of', 'commit'] }),
  [
    fc.record({ do: one('roll back' as const), run: one(45, 46), by: whose }),
    fc.record({
      ...{ do: one('word on the rollback' as const), run: one(55, 56), login: whose },
      word: one('approve' as const, 'approve' as const, 'reject' as const),
    }),
  ],
);
