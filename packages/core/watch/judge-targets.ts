import type { Limit } from '../flow/limit.ts';
import type { RuleVerdict } from '../verdict.ts';
import type { CheckView, Moment } from './check.ts';

/** A target as its load balancer sees it now. */
export interface TargetFact {
  readonly id: string;
  readonly state: string;
  readonly why: string;
}

export interface TargetsSeen {
  readonly looks: number;
  /** Since when each target is `initial`, epoch ms. */
  readonly initialSince: ReadonlyMap<string, number>;
  /** Unhealthy targets at each of the last two looks. */
  readonly before: readonly TargetFact[];
  readonly now: readonly TargetFact[];
  readonly most: number;
  /** How many targets were in use at the last look. */
  readonly inUse: number;
}

export const noTargets: TargetsSeen = {
  ...{ looks: 0, initialSince: new Map(), before: [], now: [], most: 0, inUse: 0 },
};

/** `initial` and `draining` are no failures; `initial` with no end is. */
const longestStart = 5 * 60_000;

export function seeTargets(seen: TargetsSeen, targets: readonly TargetFact[], now: number): TargetsSeen {
  const starting = targets.filter(({ state }) => state === 'initial');
  const initialSince = new Map(starting.map(({ id }) => [id, seen.initialSince.get(id) ?? now]));
  const isBad = ({ id, state }: TargetFact) =>
    state === 'unhealthy' || now - (initialSince.get(id) ?? now) >= longestStart;
  const bad = targets.filter(isBad);
  return {
    initialSince,
    looks: seen.looks + 1,
    before: seen.now,
    now: bad,
    most: Math.max(seen.most, bad.length),
    inUse: targets.filter(({ state }) => state === 'healthy' || state === 'unhealthy' || state === 'initial').length,
  };
}

/** As the metric of the same name, but without its lag: beyond the limit at two looks in a row. */
export function judgeTargets(seen: TargetsSeen, limit: Limit, subject: string, moment: Moment): CheckView {
  const rule = `target health (${subject})`;
  const view = (decided: Omit<RuleVerdict, 'rule'>): CheckView => ({
    ...{ rule: { rule, ...decided }, limit: limit.text, samples: seen.looks, worst: `${seen.most} unhealthy` },
  });
  const evidence = { looks: seen.looks, most: seen.most, targets: seen.inUse };
  const isBeyond = (count: number) =>
    limit.comparison === '>=' ? count >= limit.threshold.value : count > limit.threshold.value;
  const [first] = seen.now;

  if (first !== undefined && isBeyond(seen.now.length) && isBeyond(seen.before.length)) {
    const message = `${seen.now.length} of ${seen.inUse} targets of ${subject} are unhealthy: ${first.id} ${first.why}`;
    return view({ verdict: 'fail', reason: 'limit-breached', message, evidence });
  }
  if (!moment.final) {
    const message = `The targets of ${subject} are healthy so far.`;
    return view({ verdict: 'wait', reason: 'watch-goes-on', message, evidence });
  }
  if (seen.inUse === 0) {
    const message = `${subject} has no target behind its load balancer, so nothing is known.`;
    return view({ verdict: 'inconclusive', reason: 'no-data', message, evidence });
  }
  const message = `The targets of ${subject} stayed within the limit.`;
  return view({ verdict: 'pass', reason: 'watch-passed', message, evidence });
}
