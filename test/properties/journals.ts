import type { Happening } from '#core/journal/event';
import type { RunReference } from '#core/release';
import { append, type Writer } from '#github/journal/append';
import { type Fate, type MemoryBranch, memoryBranch } from '../github/memory-github.ts';
import type { Command, Meddling } from './command.ts';
import { peopleGitHub } from './people-github.ts';
import type { World } from './world.ts';

/** The journals of both environments, each a branch of its own; somebody can meddle with the next commit to that of prod. */
export interface Journals {
  readonly prod: MemoryBranch;
  readonly stage: MemoryBranch;
  writer(branch: MemoryBranch, run: RunReference): Writer;
  /** With the next commit to prod; undefined: with none. */
  arm(meddling: Meddling | undefined): void;
  /** What was lost on its way arrives after all. */
  land(): void;
}

/** Whoever was at work there does nothing any more. */
export const machineGone = new Error('the machine is gone');

/** Whatever run is asked for. */
const everybodyIsThrough: World['runs'] = new Proxy({}, { get: () => 'completed' });

export function openJournals(world: World, perform: (command: Command) => Promise<void>, lifeless: boolean): Journals {
  let armed: Meddling | undefined;
  let late: (() => void)[] = [];
  let written = 0;
  const turn = async (_writer: string, call: string): Promise<Fate> => {
    if (call !== 'commit' || armed === undefined) return 'answered';
    const { first, reply } = armed;
    armed = undefined;
    if (first !== undefined) await perform(first);
    if (reply === 'machine gone') throw machineGone;
    return reply;
  };
  return {
    prod: memoryBranch({
      runs: lifeless ? everybodyIsThrough : world.runs,
      turn,
      later: effect => void late.push(effect),
    }),
    stage: memoryBranch({ runs: world.runs }),
    writer(branch, run) {
      const newId = () => {
        written += 1;
        return `${run.id}-${written}`;
      };
      return { github: peopleGitHub(world, branch.github(`run${run.id}`)), run, now: () => world.now, newId };
    },
    arm(meddling) {
      armed = meddling;
    },
    land() {
      const landing = late;
      late = [];
      for (const effect of landing) effect();
    },
  };
}

export async function write(writer: Writer, environment: string, happenings: readonly Happening[]): Promise<void> {
  await append(writer, environment, () => happenings);
}
