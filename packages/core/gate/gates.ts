import { type GateName, gateNames } from '../flow/gates/registry.ts';
import { judgeChecks } from '../tags/checks.ts';
import type { RuleVerdict } from '../verdict.ts';
import { judgeAlarms } from './alarms.ts';
import { judgeBackups } from './backups.ts';
import { unlessBroken } from './break-glass.ts';
import { judgeChecklist } from './checklist.ts';
import { judgeEmergencyReviews } from './emergency-reviews.ts';
import type { GateFacts, PolicyOf } from './facts.ts';
import { judgeFreeze } from './freeze.ts';
import type { Lookups } from './lookups.ts';
import { judgeMigrations } from './migrations.ts';
import { judgeOpenIssues } from './open-issues.ts';
import { judgeReviews } from './reviews.ts';
import { notKnown, rule } from './rule.ts';
import { judgeSoak } from './soak.ts';
import { judgeStacks } from './stacks.ts';
import { judgeWayBackThere } from './way-back-there.ts';
import { judgeWindow } from './window.ts';

interface Asked<Name extends GateName> {
  readonly policy: PolicyOf<Name>;
  readonly found: Lookups[Name];
  readonly facts: GateFacts;
}

interface Gate<Name extends GateName> {
  /** As people know the rule. */
  readonly rule: string;
  readonly judge: (asked: Asked<Name>) => readonly RuleVerdict[];
}

/** Every gate that a flow file can set. Each is judged in the plan job, and again right before the change. */
const gates: { readonly [Name in GateName]: Gate<Name> } = {
  window: { rule: 'window', judge: judgeWindow },
  freeze: { rule: 'freeze', judge: judgeFreeze },
  checks: { rule: 'checks', judge: ({ policy, found, facts }) => judgeChecks(policy, facts.plan.release.sha, found) },
  reviews: { rule: 'reviews', judge: judgeReviews },
  'no-open-issues': { rule: 'open issues', judge: judgeOpenIssues },
  soak: { rule: 'soak', judge: judgeSoak },
  'alarms-ok': { rule: 'alarms', judge: judgeAlarms },
  'stack-complete': { rule: 'earlier stacks', judge: judgeStacks },
  backups: { rule: 'backups', judge: judgeBackups },
  'way-back': { rule: 'what to go back to', judge: judgeWayBackThere },
  checklist: { rule: 'checklist', judge: judgeChecklist },
  migrations: { rule: 'migrations', judge: ({ policy, facts }) => judgeMigrations(policy, facts.plan) },
};

/** The gates that the flow file sets for releases. The way back out of trouble passes through none of them, but where it leads nowhere. */
export function judgeGates(facts: GateFacts): readonly RuleVerdict[] {
  const { operation, environment } = facts.plan;
  if (operation === 'release') {
    return [...gateNames.flatMap(name => judgeGate(name, facts)), ...judgeEmergencyReviews(facts)];
  }
  const { migrations } = environment.gates;
  return migrations === undefined ? [] : judgeMigrations(migrations, facts.plan);
}

function judgeGate<Name extends GateName>(name: Name, facts: GateFacts): readonly RuleVerdict[] {
  const policy: PolicyOf<Name> | undefined = facts.plan.environment.gates[name];
  if (policy === undefined) return [];
  const gate: Gate<Name> = gates[name];
  const sought = facts.found[name];
  if (sought === undefined) {
    return [rule(gate.rule, 'error', 'gate-not-looked-up', `Nobody looked up what ${name} asks for.`)];
  }
  const judged = sought.known
    ? gate.judge({ policy, found: sought.value, facts })
    : [notKnown(gate.rule, sought.finding)];
  return unlessBroken(facts.plan, name, judged);
}
