import type { Queue } from '../flow/environment.ts';
import type { Parked } from '../journal/state.ts';
import { isCalled } from '../release.ts';
import type { GoesOn } from './plan.ts';

/** What waits in an environment, in the order of the flow file. */
export interface Waiting {
  readonly environment: string;
  readonly queue: Queue;
  readonly parked: readonly Parked[];
}

export interface Choice {
  readonly environment: string;
  readonly parked: Parked;
}

export interface Wish {
  readonly by: GoesOn['by'];
  /** Only this version. */
  readonly version?: string;
  /** Epoch milliseconds. */
  readonly now: number;
  /** By the clock, not by a person: only what may pass by now is looked at. */
  readonly scheduled: boolean;
}

const HOUR = 3_600_000;

/** Everything that is meant, what goes first at the front. */
export function chooseParked(waiting: readonly Waiting[], { by, version, now, scheduled }: Wish): readonly Choice[] {
  const meant = waiting
    .flatMap(({ environment, queue, parked }) => inTurn(parked, queue).map(each => ({ environment, parked: each })))
    .filter(({ parked: { release } }) => version === undefined || isCalled(release, version));
  if (by !== 'go') return meant;
  const due = meant.filter(({ parked: { until } }) => until !== undefined && !(Date.parse(until) > now));
  const withoutTime = meant.filter(({ parked: { until } }) => until === undefined);
  if (scheduled) return [...due, ...takingTurns(withoutTime, Math.floor(now / HOUR))];
  const ready = [...due, ...withoutTime];
  return [...ready, ...meant.filter(choice => !ready.includes(choice))];
}

function inTurn(parked: readonly Parked[], queue: Queue): readonly Parked[] {
  const oldestFirst = parked.toSorted((one, other) => Date.parse(one.since) - Date.parse(other.since));
  return queue === 'in-order' ? oldestFirst : oldestFirst.toReversed();
}

/** One run carries one release: what still lacks people must not keep the others from being looked at. */
function takingTurns(choices: readonly Choice[], turn: number): readonly Choice[] {
  const first = choices.length === 0 ? 0 : turn % choices.length;
  return [...choices.slice(first), ...choices.slice(0, first)];
}
