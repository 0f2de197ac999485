import { speaksAgainst } from '../journal/held.ts';
import { isKnownAs } from '../journal/published.ts';
import { isSame } from '../release.ts';
import { minuteOf } from '../report/minute.ts';
import type { RuleVerdict } from '../verdict.ts';
import type { GateFacts } from './facts.ts';
import { rule } from './rule.ts';

/** Judged in both jobs, and once more under the lock: a hold that was set meanwhile stops the change. */
export function judgeHolds({ plan, state, now }: Pick<GateFacts, 'plan' | 'state' | 'now'>): RuleVerdict {
  const components = plan.waves.flat().map(component => component.name);
  const holds = state.holds.filter(
    hold =>
      // A time that cannot be read ends no hold.
      !(hold.until !== undefined && Date.parse(hold.until) <= now) &&
      (hold.version === undefined || isKnownAs(state, plan.release, hold.version)) &&
      (hold.component === undefined || components.includes(hold.component)),
  );
  // The way back out of trouble stays open: a hold on the environment stops promotions, not a rollback.
  const goal = state.known.find(standing => isSame(standing.release, plan.release));
  const binding =
    plan.operation === 'rollback'
      ? holds.filter(hold => hold.version !== undefined && (goal === undefined || speaksAgainst(state, hold, goal)))
      : holds;
  const [first] = binding;
  if (first === undefined) return rule('holds', 'pass', 'no-hold', 'No hold applies.');
  const what = [first.component ?? [], first.version ?? []].flat().join(' of ') || plan.environment.name;
  const until = first.until === undefined ? '' : ` until ${first.until}`;
  const message = `${what} is held by ${first.owner} since ${minuteOf(first.since)}${until}: ${first.reason}`;
  const evidence = { holds: binding.map(hold => `${hold.id}: ${hold.reason}`) };
  return rule('holds', 'fail', 'held', message, evidence, `Clear it with \`hold\`: operation clear, id ${first.id}.`);
}
