import type { EnvironmentState, Parked } from '../journal/state.ts';
import { componentsOf, type Plan } from '../plan/plan.ts';
import { isSame, type Release } from '../release.ts';
import { few } from '../report/few.ts';
import type { RuleVerdict } from '../verdict.ts';
import { compare } from '../version/order.ts';
import type { GateFacts } from './facts.ts';
import { rule } from './rule.ts';

/** In an environment that takes all releases in their order, one waits for those before it. */
export function judgeQueue({ plan, state }: GateFacts): readonly RuleVerdict[] {
  if (plan.operation === 'rollback' || plan.environment.queue !== 'in-order') return [];
  const before = parkedBefore(plan, state).map(({ release }) => release.version);
  if (before.length === 0) return [rule('queue', 'pass', 'first-in-order', 'No release waits before this one.')];
  const message = `${few(before)} waits in ${plan.environment.name} and comes first.`;
  const next = `Let ${few(before)} go on, or reject it, with the operation \`go\` or \`reject\`; then this one goes on by the clock, or with \`go\`.`;
  return [{ ...rule('queue', 'wait', 'not-first-in-order', message, { before }, next), missing: before }];
}

/** The parked releases that nobody needs any more once this one is on its way: none where all go on in order. */
export function supersededBy(plan: Plan, state: EnvironmentState): readonly Parked[] {
  if (plan.operation === 'rollback' || plan.environment.queue === 'in-order') return [];
  const components = componentsOf(plan).map(({ name }) => name);
  return parkedBefore(plan, state).filter(({ request }) => request.components.every(each => components.includes(each)));
}

function parkedBefore({ release, goesOn }: Plan, { parked }: EnvironmentState): readonly Parked[] {
  return parked.filter(
    entry =>
      !isSame(entry.release, release) &&
      comesBefore(entry.release, release, goesOn === undefined || entry.since < goesOn.since),
  );
}

/** By their versions where both have one, of the same component or of all; otherwise by the time at which they came. */
function comesBefore(one: Release, other: Release, earlier: boolean): boolean {
  if (one.tag === undefined || other.tag === undefined || one.component !== other.component) return earlier;
  const order = compare(one.version, other.version);
  return order === 0 ? earlier : order < 0;
}
