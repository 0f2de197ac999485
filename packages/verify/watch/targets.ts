import type { LoadBalancing, TargetHealthDescription } from '#aws/elbv2';
import type { Limit } from '#core/flow/limit';
import { judgeTargets, noTargets, seeTargets, type TargetFact } from '#core/watch/judge-targets';
import type { Balanced } from '#core/watch/subjects';
import type { Observer } from './observer.ts';

/** Watches the health of the targets themselves, which is known minutes before its metric. */
export function observeTargets(balancing: LoadBalancing, limit: Limit, balanced: Balanced): Observer {
  let seen = noTargets;
  return {
    async look({ now }) {
      const groups = await Promise.all(balanced.targetGroups.map(({ arn }) => balancing.targetHealth(arn)));
      seen = seeTargets(seen, groups.flat().map(factOf), now);
    },
    judge: moment => [judgeTargets(seen, limit, balanced.name, moment)],
  };
}

function factOf({ Target, TargetHealth }: TargetHealthDescription): TargetFact {
  const why = [TargetHealth?.Reason, TargetHealth?.Description].filter(text => text !== undefined).join(': ');
  return { id: `${Target?.Id}:${Target?.Port}`, state: TargetHealth?.State ?? 'unknown', why };
}
