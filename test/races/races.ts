import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { RunReference } from '#core/release';
import type { FaultKind } from '#lab/github/faults/rules';
import { seeded } from '../core/seeded.ts';
import { standBetween } from './between.ts';
import { judgeRace, stateOf, unsound } from './judge-race.ts';
import type { Order, Report } from './racer.ts';
import { openGitHub, type Started } from './racing-github.ts';

export interface Raced {
  readonly races: number;
  /** What should not have happened, with the number of the race. */
  readonly wrong: readonly string[];
  /** How often each thing was in the way. */
  readonly met: Readonly<Record<string, number>>;
}

/** What GitHub does to the commits of a race, the first or the second of them. */
const faults: readonly (FaultKind | undefined)[] = [
  undefined,
  { kind: 'reset-after' },
  { kind: 'error', status: 502, effect: true },
  { kind: 'reset-before' },
];

/**
 * Two processes want the environment at the same time, again and again; what is in their way follows from the seed. The first race is on
 * a branch that neither has seen; the lock of a run that has died is there before some of the others.
 */
export async function race(races: number, seed: number): Promise<Raced> {
  const dice = seeded(seed);
  const gitHub = await openGitHub();
  const between = await standBetween(gitHub.apiUrl);
  const racers = [0, 1].map(() => fork(join(import.meta.dirname, 'racer.ts'), { execArgv: [] }));
  const wrong: string[] = [];
  const met: Record<string, number> = {};
  const count = (what: string) => {
    met[what] = (met[what] ?? 0) + 1;
  };
  let left: RunReference | undefined;
  try {
    for (let number = 1; number <= races; number += 1) {
      const runs = racers.map(() => gitHub.startRun());
      const before = number === 1 ? 0 : stateOf(gitHub.repository).sequence;
      const fault = faults[dice(faults.length)];
      const nth = 1 + dice(2);
      const watch = fault && gitHub.world.addFault({ call: 'graphql createCommitOnBranch', when: { nth }, fault });
      between.showOld(dice(3) === 0 ? 1 : 0);
      const reports = await Promise.all(
        racers.map((racer, index) => tell(racer, orderOf(runs[index], between.apiUrl, dice(6)))),
      );
      watch?.remove();
      if (watch !== undefined && watch.struck > 0) count(fault?.kind ?? '');
      const found = judgeRace(gitHub.repository, { runs: runs.map(({ run }) => run), reports, left, before });
      wrong.push(...found.wrong.map(text => `race ${number}: ${text}`));
      if (left !== undefined) count('lock of a dead run');
      const winner = runs[found.winner];
      const dies = dice(4) === 0;
      if (winner !== undefined && !dies) {
        const racer = racers[found.winner];
        if (racer !== undefined) await tell(racer, { ...orderOf(winner, between.apiUrl, 0), do: 'give back' });
      }
      left = dies ? winner?.run : undefined;
      for (const { run } of runs) gitHub.endRun(run.id);
    }
    wrong.push(...unsound(gitHub.repository, races), ...gitHub.world.violations, ...gitHub.world.unmodelled);
    return { races, wrong, met: { ...met, 'old answer': between.shown } };
  } finally {
    for (const racer of racers) racer.kill();
    await between.close();
    await gitHub.close();
  }
}

function orderOf(started: Started | undefined, apiUrl: string, after: number): Order {
  if (started === undefined) throw new Error('every racer has a run');
  return { ...started, apiUrl, after, do: 'take' };
}

function tell(racer: ChildProcess, order: Order): Promise<Report> {
  return new Promise((resolve, reject) => {
    const gone = () => reject(new Error('a racer is gone'));
    racer.once('exit', gone);
    racer.once('message', report => {
      racer.off('exit', gone);
      resolve(report as Report);
    });
    racer.send(order);
  });
}
