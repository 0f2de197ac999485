import type { Finding } from '../finding.ts';
import type { BreakGlass } from '../flow/break-glass.ts';
import { componentOf } from '../flow/component-of.ts';
import type { Environment } from '../flow/environment.ts';
import { asksEarlier, type Resolution, resolveGates, withAlarmsOf, withStacks } from '../flow/gates/registry.ts';
import { withPeople } from '../flow/gates/reviews.ts';
import { stackOf } from '../flow/gates/stack-complete.ts';
import type { Flow } from '../flow/parse.ts';
import { showPolicyReference } from '../flow/policy/reference.ts';
import type { Problem } from '../flow/problem.ts';
import { componentFor, componentWaves } from '../flow/resolve.ts';
import type { Component } from '../flow/targets/registry.ts';
import { isFinal } from '../gate/migrations.ts';
import type { Artifacts, Release } from '../release.ts';
import type { Glass } from './glass.ts';
import { possibleParts } from './parts.ts';
import {
  type EarlierPlace,
  type GoesOn,
  type Plan,
  type PlannedEnvironment,
  type PlannedPublish,
  planSchema,
} from './plan.ts';

export interface PlanFacts {
  readonly flow: Flow;
  /** Path of the flow file. */
  readonly file: string;
  readonly environment: string;
  readonly release: Release;
  readonly artifacts: Readonly<Record<string, Artifacts>>;
  readonly originators: readonly string[];
  readonly now: number;
  readonly vars: Readonly<Record<string, string>>;
  readonly operation: Plan['operation'];
  readonly why?: string;
  readonly request?: Plan['request'];
  readonly from?: Release;
  readonly runs?: Release;
  readonly ref?: string;
  readonly goesOn?: GoesOn;
  readonly glass?: Glass;
  /** Deploy these components only; all when empty. */
  readonly only: readonly string[];
  /** The boxes of the environment’s checklist, where it has one and this is a release. */
  readonly checklist?: Resolution['checklist'];
  /** The migrations that lie between, where the environment asks. */
  readonly migrations?: Resolution['migrations'];
  /** Over how many jobs the deployment is to be spread, as far as its components let it. */
  readonly parts?: number;
}

export type PlanResult =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly findings: readonly Finding[] };

/** Resolves everything that the flow file leaves to the release: overrides, templates, roles. All mistakes are told at once. */
export function makePlan(facts: PlanFacts): PlanResult {
  const { release } = facts;
  const flow = withoutWayBack(facts);
  const environment = own(flow.environments, facts.environment);
  const unknown = facts.only.filter(name => own(flow.components, name) === undefined);
  if (environment === undefined || unknown.length > 0) {
    const findings = [
      ...(environment === undefined ? [unknownName('environment', facts.environment, flow.environments)] : []),
      ...(unknown.length > 0 ? [unknownName('component', unknown.join(', '), flow.components)] : []),
    ];
    return { ok: false, findings };
  }
  const unbreakable = glassFindings(environment, facts.glass);
  if (unbreakable.length > 0) return { ok: false, findings: unbreakable };
  const problems: Problem[] = [];
  const resolveIn = (place: string, name: string): readonly Component[] => {
    const { version, sha } = release;
    const resolved = componentFor(flow, place, name, { version, sha, vars: facts.vars });
    if (resolved.ok) return [resolved.component];
    problems.push(...resolved.problems);
    return [];
  };
  const wanted = (name: string) => facts.only.length === 0 || facts.only.includes(name);
  const waves = componentWaves(flow)
    .map(wave => wave.filter(wanted).flatMap(name => resolveIn(facts.environment, name)))
    .filter(wave => wave.length > 0);
  const stacksIn = (place: string) =>
    waves.flat().flatMap(({ name }) => resolveIn(place, name).flatMap(component => stackOf(component) ?? []));
  const { after } = environment;
  // A mistake of the earlier environment stands in nobody's way back.
  const asks = facts.operation === 'release' && after !== undefined;
  const gates = asks ? withStacks(environment.gates, () => stacksIn(after)) : environment.gates;
  if (problems.length > 0) return { ok: false, findings: problems.map(findingOfProblem) };
  const plan: Plan = {
    schema: planSchema,
    operation: facts.operation,
    service: flow.service,
    flow: facts.file,
    environment: planEnvironment({ ...environment, gates }, facts),
    release,
    waves,
    ...(facts.parts === undefined ? {} : { parts: possibleParts(waves, facts.parts) }),
    artifacts: facts.artifacts,
    originators: [...new Set(facts.originators.filter(login => login !== ''))],
    made: new Date(facts.now).toISOString(),
    ...(facts.why === undefined ? {} : { why: facts.why }),
    ...(facts.request === undefined ? {} : { request: facts.request }),
    ...(facts.from === undefined ? {} : { from: facts.from }),
    ...(facts.runs === undefined ? {} : { runs: facts.runs }),
    ...(facts.ref === undefined ? {} : { ref: facts.ref }),
    ...(facts.goesOn === undefined ? {} : { goesOn: facts.goesOn }),
    ...(facts.glass === undefined ? {} : { glass: facts.glass }),
    ...(facts.operation === 'rollback' && facts.only.length > 0 ? { only: facts.only } : {}),
  };
  return { ok: true, plan };
}

/** A problem of a file as a finding: same words, same place. */
export function findingOfProblem(problem: Problem): Finding {
  const { file, line, column, path, message, hint } = problem;
  return {
    reason: 'input-invalid',
    message: path === '' ? message : `${path}: ${message}`,
    evidence: { path },
    where: { kind: 'file', file, line, column },
    ...(hint === undefined ? {} : { next: hint }),
  };
}

/** Nothing goes back by itself across a migration that cannot be undone: what would run again does not work with what it leaves. */
function withoutWayBack({ flow, environment: name, migrations: changes, operation }: PlanFacts): Flow {
  const environment = own(flow.environments, name);
  const policy = environment?.gates.migrations;
  if (environment?.onFailure !== 'rollback' || policy === undefined || operation === 'rollback') return flow;
  if (changes === undefined || !isFinal({ ...policy, changes })) return flow;
  return { ...flow, environments: { ...flow.environments, [name]: { ...environment, onFailure: 'leave' } } };
}

function planEnvironment(environment: Environment, facts: PlanFacts): PlannedEnvironment {
  const { flow, checklist, migrations } = facts;
  const { name, after, url, role, readRole, smoke, watch, queue, breakGlass, onFailure } = environment;
  const vars = { ...facts.vars, ...environment.vars };
  const region = environment.region ?? flow.region;
  const peopleOf = (role: string) => own(flow.roles, role) ?? [role];
  const earlier = after === undefined ? undefined : own(flow.environments, after);
  const resolved = resolveGates(environment.gates, {
    peopleOf,
    ...(checklist === undefined ? {} : { checklist }),
    ...(migrations === undefined ? {} : { migrations }),
  });
  const gates = withAlarmsOf(resolved, earlier?.watch?.alarms ?? []);
  return {
    name,
    gates,
    queue,
    enforce: flow.enforce,
    ...(flow.extends === undefined ? {} : { policy: showPolicyReference(flow.extends) }),
    onFailure,
    vars,
    ...(after === undefined ? {} : { after }),
    ...(url === undefined ? {} : { url }),
    ...(role === undefined ? {} : { role }),
    ...(readRole === undefined ? {} : { readRole }),
    ...(earlier === undefined || !asksEarlier(gates) ? {} : { earlier: earlierPlace(flow, earlier) }),
    ...(region === undefined ? {} : { region }),
    ...(smoke === undefined ? {} : { smoke }),
    ...(watch === undefined ? {} : { watch }),
    ...plannedEmergency(breakGlass, facts.glass, peopleOf),
    ...plannedPublish(environment, facts),
    ...plannedApproval(environment, facts.glass, peopleOf),
  };
}

function plannedEmergency(
  breakGlass: BreakGlass | undefined,
  glass: Glass | undefined,
  peopleOf: (role: string) => readonly string[],
): Pick<PlannedEnvironment, 'review' | 'emergencyReviews'> {
  if (glass === undefined || breakGlass === undefined) return {};
  const { review, reviews } = breakGlass;
  const needed = glass.rules.includes('reviews') ? withPeople(reviews, peopleOf) : [];
  return { review, ...(needed.length === 0 ? {} : { emergencyReviews: needed }) };
}

/** In an emergency one of those who are named for it agrees, instead of those who do otherwise. */
function plannedApproval(
  { approve, breakGlass }: Environment,
  glass: Glass | undefined,
  peopleOf: (role: string) => readonly string[],
): Pick<PlannedEnvironment, 'approve'> {
  const { by, count } =
    glass === undefined || breakGlass === undefined
      ? { by: [], count: 1, ...approve }
      : { by: breakGlass.by, count: 1 };
  if (by.length === 0) return {};
  const within = approve?.within === undefined ? {} : { within: approve.within };
  return { approve: { roles: by, by: [...new Set(by.flatMap(peopleOf))], count, ...within } };
}

/** Named rules only: what the flow file does not name for emergencies stops an emergency, too. */
function glassFindings({ name, breakGlass }: Environment, glass: Glass | undefined): readonly Finding[] {
  if (glass === undefined) return [];
  const where = { kind: 'input', input: 'break-glass' } as const;
  if (breakGlass === undefined) {
    const message = `The flow file names no \`break-glass\` for ${name}: no rule of it may be broken.`;
    return [{ reason: 'input-invalid', message, evidence: {}, where }];
  }
  const others = glass.rules.filter(rule => !breakGlass.rules.includes(rule));
  if (others.length === 0) return [];
  const message = `An emergency may not break ${others.join(', ')} of ${name}; it may break ${breakGlass.rules.join(', ')}.`;
  return [{ reason: 'input-invalid', message, evidence: { others }, where }];
}

/** A tag with the name of a component is a version of that one; any other is a version of all of them. */
function plannedPublish({ publish }: Environment, facts: PlanFacts): { readonly publish?: PlannedPublish } {
  const { flow, only, operation, release } = facts;
  if (publish === undefined || operation === 'rollback') return {};
  const made = publish.tag === undefined ? undefined : componentOf(flow, publish.tag);
  const named = release.tag === undefined ? made : release.component;
  const all = named === undefined ? Object.keys(flow.components) : [named];
  const without = only.length === 0 ? [] : all.filter(name => !only.includes(name));
  return { publish: { ...publish, ...(without.length === 0 ? {} : { without }) } };
}

function earlierPlace(flow: Flow, { region = flow.region, readRole }: Environment): EarlierPlace {
  return { ...(region === undefined ? {} : { region }), ...(readRole === undefined ? {} : { readRole }) };
}

export function unknownName(what: string, name: string, known: Readonly<Record<string, unknown>>): Finding {
  const message = `The flow file has no ${what} ${name}; it has ${Object.keys(known).join(', ')}.`;
  return { reason: 'input-invalid', message, evidence: {} };
}

/** Names come from people: `constructor` is no environment. */
function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
