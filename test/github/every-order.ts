import type { Fate } from './memory-github.ts';

/** One play of a race: who goes next, and what becomes of a call, is decided by a path of choices. */
export interface Race {
  /** Awaited by a racer before each of its calls. */
  readonly turn: (racer: string, call: string) => Promise<Fate>;
  /** Something that happens at a time of its own, once it has been set off. */
  readonly later: (effect: () => void) => void;
}

export interface Racing {
  readonly racers: Readonly<Record<string, () => Promise<unknown>>>;
  /** Called when all are through. */
  readonly check: (outcomes: Readonly<Record<string, PromiseSettledResult<unknown>>>) => void | Promise<void>;
}

/** What may become of a call of a racer, the first time that it is not simply answered. */
export type Fates = (racer: string, call: string) => readonly Fate[];

/**
 * Plays a race in every order of its calls, and with every fate that one call may have: depth first over all choices, each
 * play from the start. Answers how many plays there were.
 */
export async function inEveryOrder(set: (race: Race) => Racing, fates: Fates = () => []): Promise<number> {
  let path: number[] = [];
  for (let plays = 1; ; plays += 1) {
    const widths = await play(set, fates, path);
    const taken = widths.map((_, index) => path[index] ?? 0);
    const last = taken.findLastIndex((choice, index) => choice + 1 < (widths[index] ?? 0));
    if (last === -1) return plays;
    path = [...taken.slice(0, last), (taken[last] ?? 0) + 1];
  }
}

/** Plays once along the path, then always the first choice. Answers how many choices there were at each fork. */
async function play(set: (race: Race) => Racing, fates: Fates, path: readonly number[]): Promise<readonly number[]> {
  const widths: number[] = [];
  const choose = <T>(options: readonly [T, ...T[]]): T => {
    const option = options[path[widths.length] ?? 0] ?? options[0];
    widths.push(options.length);
    return option;
  };
  const waiting = new Map<string, () => void>();
  let spoilt = false;
  let settle = () => {};

  const race: Race = {
    async turn(racer, call) {
      await new Promise<void>(resolve => {
        waiting.set(racer, resolve);
        settle();
      });
      const possible = spoilt ? [] : fates(racer, call);
      const fate = possible.length === 0 ? 'answered' : choose<Fate>(['answered', ...possible]);
      spoilt ||= fate !== 'answered';
      return fate;
    },
    later(effect) {
      waiting.set('later', () => {
        effect();
        settle();
      });
    },
  };

  const { racers, check } = set(race);
  const outcomes: Record<string, PromiseSettledResult<unknown>> = {};
  const until = async (start: () => void) => {
    const settled = new Promise<void>(resolve => {
      settle = resolve;
    });
    start();
    await settled;
  };
  for (const [name, work] of Object.entries(racers)) {
    await until(() => {
      void Promise.allSettled([work()]).then(([outcome]) => {
        outcomes[name] = outcome;
        settle();
      });
    });
  }
  while (waiting.size > 0) {
    const [first, ...others] = [...waiting.keys()].toSorted();
    if (first === undefined) break;
    const next = others.length === 0 ? first : choose([first, ...others]);
    const go = waiting.get(next);
    waiting.delete(next);
    await until(() => go?.());
  }
  await check(outcomes);
  return widths;
}
