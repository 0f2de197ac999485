import { describe, expect, test } from '@jest/globals';
import { describeWorld, type Participant, type World, whatIsBusy } from '../../packages/lab/clock/world.ts';

const SHELL = 50;

/** A participant that has answered the last question, and waits for nothing. */
function participant(change: Partial<Participant> = {}, report: Partial<Participant['report']> = {}): Participant {
  const quiet = { kind: 'quiet', seq: 7, activity: 1, due: null, sockets: 0, children: [], ...report } as const;
  const identity = { pid: 100, ancestors: [SHELL, 1], title: 'deploy', order: 1, seed: 1 };
  return { ...identity, begun: true, asked: 7, report: quiet, busyWith: [], ...change };
}

function world(change: Partial<World>): World {
  return { holds: [], followed: [], participants: [], kept: 0, ...change };
}

const cases: readonly { readonly name: string; readonly world: Partial<World>; readonly busy: string | undefined }[] = [
  { name: 'an empty world is quiet', world: {}, busy: undefined },
  { name: 'a hold keeps it', world: { holds: ['git'] }, busy: 'the lab holds the clock: git' },
  {
    name: 'a process that has not joined keeps it',
    world: { followed: [200], participants: [participant()] },
    busy: 'process 200 runs, and is not on lab time',
  },
  {
    name: 'one that has joined, and a shell above it, do not',
    world: { followed: [SHELL, 100], participants: [participant()] },
    busy: undefined,
  },
  {
    name: 'one that waits for its first turn does not',
    world: { participants: [participant({ begun: false, report: undefined, asked: 0 })] },
    busy: undefined,
  },
  {
    name: 'one that has not answered the last question does',
    world: { participants: [participant({ asked: 8 })] },
    busy: 'deploy (pid 100) is busy',
  },
  {
    name: 'and says with what, when it takes long',
    world: { participants: [participant({ asked: 8, busyWith: ['FSReqCallback'] })] },
    busy: 'deploy (pid 100) is busy with FSReqCallback',
  },
  {
    name: 'one with a child off lab time does',
    world: { participants: [participant({}, { children: [300] })] },
    busy: 'deploy (pid 100) waits for its child process 300, which is not on lab time',
  },
  {
    name: 'one with a child on lab time does not',
    world: { participants: [participant({}, { children: [300] }), participant({ pid: 300, ancestors: [100] })] },
    busy: undefined,
  },
  {
    name: 'a request in flight does',
    world: { participants: [participant({}, { sockets: 2 })], kept: 1 },
    busy: '2 requests are open, and the lab keeps 1 of them waiting',
  },
  {
    name: 'requests that the lab keeps waiting do not',
    world: { participants: [participant({}, { sockets: 2 }), participant({ pid: 101 }, { sockets: 1 })], kept: 3 },
    busy: undefined,
  },
  {
    name: 'one that was given up, and that the lab still keeps, does',
    world: { participants: [participant()], kept: 1 },
    busy: '0 requests are open, and the lab keeps 1 of them waiting',
  },
  { name: 'without participants nobody counts sockets', world: { kept: 1 }, busy: undefined },
];

describe('what keeps time from moving', () => {
  test.each(cases)('$name', ({ world: change, busy }) => {
    expect(whatIsBusy(world(change))).toBe(busy);
  });
});

test('the description names everybody and what each waits for', () => {
  const participants = [
    participant({}, { due: 5, sockets: 1, children: [300] }),
    participant({ pid: 300, ancestors: [100], title: 'smoke', begun: false }),
    participant({ pid: 400, ancestors: [], title: 'monitor', asked: 9, busyWith: ['Timeout'] }),
  ];
  const text = describeWorld(
    world({ holds: ['git'], followed: [100, 500], participants, kept: 2 }),
    time => `+${time}`,
  );
  expect(text.split('\n')).toEqual([
    '  hold: git',
    '  process 500: not on lab time, still runs',
    '  deploy (pid 100): waits with a timer at +5, 1 open requests, 1 child processes',
    '  smoke (pid 300): waits for its first turn',
    '  monitor (pid 400): is busy with Timeout',
    '  2 requests are kept waiting by the lab',
  ]);
});
