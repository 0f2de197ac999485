import type { Alarm } from '#aws/cloudwatch';
import { formatDuration } from '#core/duration';
import { judgeAlarms } from './judge.ts';
import { move } from './route.ts';
import { remainingShares } from './steps.ts';
import { failed, givenUp, tell } from './wait.ts';
import type { Stopped, Work } from './work.ts';

/** Gives the version its share step by step, and then everything. What happens when an alarm goes red is the caller’s. */
export async function shift(work: Work, version: string): Promise<Stopped | undefined> {
  const { plan, manner } = work;
  const from = work.alias?.routing;
  const goal = plan.goal ?? { version, weights: {} };
  if (from !== undefined && from.version !== version && plan.goal === undefined) {
    const held = from.weights[version] ?? 0;
    for (const share of remainingShares(manner.strategy, held)) {
      const bad = await oneStep(work, { version: from.version, weights: { [version]: share } }, share > held);
      if (bad !== undefined) return bad;
    }
  }
  return givenUp(work, `before all requests go to version ${version}`) ?? move(work, goal);
}

async function oneStep(
  work: Work,
  routing: { readonly version: string; readonly weights: Readonly<Record<string, number>> },
  moves: boolean,
): Promise<Stopped | undefined> {
  const bad = moves ? await move(work, routing) : undefined;
  return bad ?? watch(work);
}

/** Looks at the alarms for the time of a step. Without alarms time alone passes. */
async function watch(work: Work): Promise<Stopped | undefined> {
  const { context, manner } = work;
  if (manner.strategy.kind === 'all-at-once') return undefined;
  const { interval } = manner.strategy;
  const { clock, signal } = context;
  const end = clock.now() + interval;
  tell(work, `watching for ${formatDuration(interval)}`);
  let phase = 'watching';
  for (;;) {
    const given = givenUp(work, `${phase} between two steps`);
    if (given !== undefined) return given;
    const left = end - clock.now();
    if (manner.alarms.length === 0) {
      if (left <= 0) return undefined;
      await clock.sleep(Math.min(left, work.deadline - clock.now()), signal).catch(() => undefined);
      continue;
    }
    const found = await alarmsNow(work);
    if (signal.aborted) continue;
    const look = judgeAlarms(manner.alarms, found, clock.now() >= end);
    if (look.kind === 'failed') return failed(work, look);
    if (clock.now() >= end) return undefined;
    if (look.kind === 'going' && look.phase !== phase) {
      phase = look.phase;
      tell(work, phase, 'warning');
    }
  }
}

async function alarmsNow({ context, manner }: Work): Promise<ReadonlyMap<string, Alarm | undefined>> {
  const states = manner.alarms.map(async name => [name, await context.alarms.next(name)] as const);
  return new Map(await Promise.all(states));
}
