import type { WayBackPolicy } from '../flow/gates/way-back.ts';
import type { Standing } from '../journal/state.ts';
import { componentsOf, type Plan } from '../plan/plan.ts';
import { few } from '../report/few.ts';
import type { RuleVerdict } from '../verdict.ts';
import type { GateFacts } from './facts.ts';
import type { WayBackFound } from './lookups.ts';
import { rule } from './rule.ts';
import { judgeSeen } from './seen.ts';

const name = 'what to go back to';

interface Asked {
  readonly policy: WayBackPolicy;
  readonly found: readonly WayBackFound[];
  readonly facts: GateFacts;
}

/** Everything that the last verified release needs is still there, component by component. Those where it is share a row. */
export function judgeWayBackThere({ policy, found, facts }: Asked): readonly RuleVerdict[] {
  const { plan, state } = facts;
  const { verified } = state;
  const components = verified === null ? [] : componentsToGoBack(plan, verified, policy);
  if (verified === null || components.length === 0) {
    const message = 'Nothing that is released here has been verified before, so there is nothing to go back to.';
    return [rule(name, 'pass', 'nothing-deployed-yet', message)];
  }
  const { version } = verified.release;
  const rows = components.flatMap(component => {
    const seen = found.find(entry => entry.component === component)?.seen;
    if (seen === undefined) return [rule(name, 'error', 'gate-not-looked-up', `Nobody looked at ${component}.`)];
    return judgeSeen(name, seen, facts, gone => {
      if (gone === null) return [cannotTell(component, version)];
      return gone.map(message => isGone(component, version, message));
    });
  });
  if (rows.length > 0) return rows;
  const message = `All that ${few(components)} of ${version} needs is there.`;
  return [rule(name, 'pass', 'way-back-there', message, { version, components })];
}

/** Of what is released, what has been verified before. */
export function componentsToGoBack(
  plan: Plan,
  { snapshots }: Standing,
  { components: asked }: WayBackPolicy,
): readonly string[] {
  const released = componentsOf(plan).map(component => component.name);
  return released.filter(own => snapshots[own] !== undefined && (asked.length === 0 || asked.includes(own)));
}

function isGone(component: string, version: string, message: string): RuleVerdict {
  const next = `Nothing brings ${component} back from a release that fails: restore what is missing, or take \`way-back\` out and go forward only.`;
  return rule(
    name,
    'fail',
    'way-back-gone',
    `${component} cannot go back to ${version}: ${message}`,
    { component, version },
    next,
  );
}

function cannotTell(component: string, version: string): RuleVerdict {
  const message = `Whether ${component} can go back to ${version} shows only when it does.`;
  const next = 'Name those that can be looked at: `way-back: [api]`.';
  return rule(name, 'inconclusive', 'way-back-unknown', message, { component, version }, next);
}
