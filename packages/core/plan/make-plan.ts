import type { Finding } from '../finding.ts';
import type { Environment } from '../flow/environment.ts';
import { asksEarlier, type Resolution, resolveGates, withAlarmsOf, withStacks } from '../flow/gates/registry.ts';
import { stackOf } from '../flow/gates/stack-complete.ts';
import type { Flow } from '../flow/parse.ts';
import type { Problem } from '../flow/problem.ts';
import { componentFor, componentWaves } from '../flow/resolve.ts';
import type { Component } from '../flow/targets/registry.ts';
import type { Artifacts, Release } from '../release.ts';
import { possibleParts } from './parts.ts';
import { type EarlierPlace, type GoesOn, type Plan, type PlannedEnvironment, planSchema } from './plan.ts';

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
  readonly from?: Release;
  readonly runs?: Release;
  readonly ref?: string;
  readonly goesOn?: GoesOn;
  /** Deploy these components only; all when empty. */
  readonly only: readonly string[];
  /** The boxes of the environment’s checklist, where it has one and this is a release. */
  readonly checklist?: Resolution['checklist'];
  /** Over how many jobs the deployment is to be spread, as far as its components let it. */
  readonly parts?: number;
}

export type PlanResult =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly findings: readonly Finding[] };

/** Resolves everything that the flow file leaves to the release: overrides, templates, roles. All mistakes are told at once. */
export function makePlan(facts: PlanFacts): PlanResult {
  const { flow, release } = facts;
  const environment = own(flow.environments, facts.environment);
  const unknown = facts.only.filter(name => own(flow.components, name) === undefined);
  if (environment === undefined || unknown.length > 0) {
    const findings = [
      ...(environment === undefined ? [unknownName('environment', facts.environment, flow.environments)] : []),
      ...(unknown.length > 0 ? [unknownName('component', unknown.join(', '), flow.components)] : []),
    ];
    return { ok: false, findings };
  }
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
    ...(facts.from === undefined ? {} : { from: facts.from }),
    ...(facts.runs === undefined ? {} : { runs: facts.runs }),
    ...(facts.ref === undefined ? {} : { ref: facts.ref }),
    ...(facts.goesOn === undefined ? {} : { goesOn: facts.goesOn }),
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

function planEnvironment(environment: Environment, facts: PlanFacts): PlannedEnvironment {
  const { flow, checklist } = facts;
  const { name, after, url, role, readRole, smoke, watch, approve, queue, onFailure } = environment;
  const vars = { ...facts.vars, ...environment.vars };
  const region = environment.region ?? flow.region;
  const peopleOf = (role: string) => own(flow.roles, role) ?? [role];
  const earlier = after === undefined ? undefined : own(flow.environments, after);
  const resolved = resolveGates(environment.gates, { peopleOf, ...(checklist === undefined ? {} : { checklist }) });
  const gates = withAlarmsOf(resolved, earlier?.watch?.alarms ?? []);
  return {
    name,
    gates,
    queue,
    enforce: flow.enforce,
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
    ...(approve === undefined
      ? {}
      : {
          approve: {
            roles: approve.by,
            by: [...new Set(approve.by.flatMap(peopleOf))],
            count: approve.count,
            ...(approve.within === undefined ? {} : { within: approve.within }),
          },
        }),
  };
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
