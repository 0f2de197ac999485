import { digestOf } from '../release.ts';
import type { Plan } from './plan.ts';

/**
 * What somebody agrees to who approves before the job asks: what is released, from where, where to, and exactly how. Nothing of who wants
 * it and when. To be kept as a digest: with other components, other artifacts or from another release it is another change. A rollback is
 * the one that was asked for then, and why: months later the same one is another.
 */
export function subjectOf(plan: Plan): string {
  const { operation, service, environment, release, runs, waves, artifacts } = plan;
  const { name, role, region, vars } = environment;
  const digests = Object.fromEntries(Object.entries(artifacts).map(([component, each]) => [component, digestOf(each)]));
  return JSON.stringify({
    operation,
    service,
    environment: { name, role, region, vars },
    release,
    runs: runs ?? null,
    waves,
    digests,
    ...(operation === 'rollback' ? askedFor(plan) : {}),
  });
}

function askedFor({ request, why = '', from, only }: Plan) {
  return { request: request?.id ?? null, why, from: from ?? null, only: only ?? null };
}
