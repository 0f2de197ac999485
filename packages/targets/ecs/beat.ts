import type { ServiceDeployment } from '#aws/ecs';
import type { Clock, Random } from '#core/clock';
import { countsOf } from './judge.ts';

/** Between two looks while a rollout is under way, in ms: four in any minute. */
const steady = 15_400;

/** Jittered by a fiftieth: enough that several runs do not march in step, and four stay four. */
const jitter = 0.02;

/** Until the next look when the end is near, in ms. */
const soon = 7_000;

/** In any minute; the sixth call is the look at the service. */
const most = 5;
const minute = 60_000;

/**
 * When service deployments are looked at: steadily, and sooner when one of them is nearly over, as far as five looks a minute allow. So what
 * is saved while an end cannot be near is there when it is.
 */
export function createBeat(clock: Clock, random: Random): (seen: ReadonlyMap<string, ServiceDeployment>) => number {
  let looks: readonly number[] | undefined;
  return seen => {
    const now = clock.now();
    // What came before the first look was no less: a change begins with calls of its own.
    looks ??= Array.from({ length: most - 1 }, (_, index) => now - steady * (most - 1 - index));
    looks = [...looks, now].slice(-most);
    const [first = now] = looks;
    const near = [...seen.values()].some(isNearlyOver);
    const wanted = near ? soon : Math.round(steady * (1 - jitter + 2 * jitter * random()));
    return Math.max(wanted, first + minute - now);
  };
}

/** All new tasks run, and no old one: what is left is to see them healthy, and the end of the old ones. */
function isNearlyOver(deployment: ServiceDeployment): boolean {
  const { status } = deployment;
  if (status === 'SUCCESSFUL') return true;
  const { requested, running, pending, old } = countsOf(deployment);
  return status === 'IN_PROGRESS' && running >= requested && pending === 0 && old === 0;
}
