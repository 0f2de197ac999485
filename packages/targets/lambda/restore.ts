import type { Finding } from '#core/finding';
import type { Applied, ChangeRow, Preparation } from '#core/target';
import type { LambdaContext } from './context.ts';
import { type AliasState, readAlias, readVersion } from './observe.ts';
import { type Plan, provisionedChange, provisionedRow } from './plan.ts';
import { type LambdaSnapshot, lambdaSnapshot, routingText, sameRouting } from './snapshot.ts';
import type { Manner } from './work.ts';

type Apply = (context: LambdaContext, plan: Plan, manner: Manner, succeeded: 'restored') => Promise<Applied>;

/** The way back: versions do not change, so moving the alias brings back code and configuration at once. */
export async function prepareRestore(
  context: LambdaContext,
  state: LambdaSnapshot,
  timeout: number,
  apply: Apply,
): Promise<Preparation> {
  const alias = await readAlias(context, state.function, state.alias);
  if (alias === undefined) return { kind: 'refused', findings: [noAlias(state)] };
  const goal = { version: state.version, weights: state.weights };
  const provisioned = provisionedChange(alias, state.provisioned ?? 0);
  if (sameRouting(alias.routing, goal) && provisioned === undefined) return nothingToDo(state);
  const missing = await missingVersions(context, state);
  if (missing.length > 0) return { kind: 'refused', findings: missing.map(version => noVersion(state, version)) };
  const plan: Plan = {
    name: state.function,
    aliasName: state.alias,
    alias,
    revision: '',
    code: undefined,
    configuration: undefined,
    isWantedCode: () => true,
    version: state.version,
    goal,
    provisioned,
    before: snapshotOf(state, alias),
    rows: rowsOf(state, alias, provisioned),
  };
  return {
    kind: 'change',
    before: lambdaSnapshot(snapshotOf(state, alias)),
    changes: plan.rows,
    notes: [],
    apply: () => apply(context, plan, { ...atOnce, timeout }, 'restored'),
  };
}

const atOnce: Omit<Manner, 'timeout'> = {
  strategy: { kind: 'all-at-once' },
  alarms: [],
  configuration: { variables: {}, removeVariables: [], layers: [] },
  invoke: undefined,
};

async function missingVersions(context: LambdaContext, state: LambdaSnapshot): Promise<readonly string[]> {
  const numbers = [state.version, ...Object.keys(state.weights)];
  const found = await Promise.all(numbers.map(number => readVersion(context, state.function, number)));
  return numbers.filter((_, index) => found[index] === undefined);
}

function snapshotOf({ function: name, alias: aliasName }: LambdaSnapshot, alias: AliasState): LambdaSnapshot {
  const provisioned = alias.provisioned?.RequestedProvisionedConcurrentExecutions ?? null;
  return { function: name, alias: aliasName, ...alias.routing, provisioned };
}

function rowsOf(state: LambdaSnapshot, alias: AliasState, provisioned: number | undefined): readonly ChangeRow[] {
  const [before, after] = [routingText(alias.routing), routingText(state)];
  return [
    ...(before === after ? [] : [{ what: `alias ${state.alias} of ${state.function}`, before, after }]),
    ...provisionedRow(alias, provisioned),
  ];
}

function nothingToDo(state: LambdaSnapshot): Preparation {
  const message = `The alias ${state.alias} of ${state.function} points to ${routingText(state)} already.`;
  const evidence = { function: state.function, alias: state.alias, version: state.version };
  return {
    kind: 'no-op',
    snapshot: lambdaSnapshot(state),
    result: { outcome: 'no-op', reason: 'nothing-to-change', message, evidence },
  };
}

function noAlias({ function: name, alias }: LambdaSnapshot): Finding {
  const message = `The function ${name} or its alias ${alias} is not there any more, so nothing can be brought back.`;
  const next = 'Create the alias again, or deploy a good version forward.';
  return { reason: 'not-found', message, evidence: { function: name, alias }, next };
}

export function noVersion({ function: name }: LambdaSnapshot, version: string): Finding {
  const message = `Version ${version} of ${name} was deleted, so the alias cannot go back to it.`;
  const next = 'Deploy a good version forward.';
  return { reason: 'not-found', message, evidence: { function: name, version }, next };
}
