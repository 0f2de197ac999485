import type { ConfigurationInput, FunctionState, Routing } from '#aws/lambda';
import type { LambdaComponent } from '#core/flow/targets/lambda';
import type { ChangeRow } from '#core/target';
import { afterChange, configurationChange, configurationRows } from './configuration.ts';
import type { AliasState, Observed } from './observe.ts';
import { type LambdaSnapshot, routingText } from './snapshot.ts';
import type { Code } from './spec.ts';

/** What has to be done to a function, and nothing more. */
export interface Plan {
  readonly name: string;
  readonly aliasName: string;
  /** As it was observed; undefined: it has to be made. */
  readonly alias: AliasState | undefined;
  /** Of `$LATEST`, when it was observed. */
  readonly revision: string;
  readonly code: Code | undefined;
  readonly configuration: ConfigurationInput | undefined;
  /** The code that `$LATEST` is to have when it is published. */
  readonly isWantedCode: (latest: FunctionState) => boolean;
  /** A version that is there already: that of a run that was killed, or what a snapshot names. */
  readonly version: string | undefined;
  /** Where the alias ends. Undefined: at the version, alone. */
  readonly goal: Routing | undefined;
  /** Provisioned concurrency that the alias gets at the end; undefined: as it is. */
  readonly provisioned: number | undefined;
  readonly before: LambdaSnapshot | null;
  readonly rows: readonly ChangeRow[];
}

/** Versions that the alias sends requests to, as they are. */
export type Versions = ReadonlyMap<string, FunctionState>;

export interface Facts {
  readonly component: LambdaComponent;
  readonly observed: Observed;
  readonly versions: Versions;
  readonly code: Code;
  /** Whether a version has the wanted code. */
  readonly isWanted: (state: FunctionState) => boolean;
}

/**
 * Decides before anything is called: the same code sent again would make another version. Undefined: what is wanted is there. The version
 * that callers reach decides, not `$LATEST`, which may have been changed and never published.
 */
export function planChange(facts: Facts): Plan | undefined {
  const { component, observed, versions, code, isWanted } = facts;
  const { alias, latest, configuration } = observed;
  const fits = (state: FunctionState | undefined) =>
    state !== undefined &&
    isWanted(state) &&
    configurationChange(state.Configuration ?? {}, component.configuration) === undefined;
  const live = alias === undefined ? undefined : versions.get(alias.routing.version);
  const adopted = Object.keys(alias?.routing.weights ?? {}).find(number => fits(versions.get(number)));
  const version = fits(live) ? alias?.routing.version : adopted;
  const provisioned = provisionedChange(alias, component.provisionedConcurrency);
  const settled = alias !== undefined && fits(live) && Object.keys(alias.routing.weights).length === 0;
  if (settled && provisioned === undefined) return undefined;

  const known = version !== undefined;
  const change = known ? undefined : configurationChange(configuration, component.configuration);
  const codeChange = known || isWanted(latest) ? undefined : code;
  const shown = known ? versions.get(version)?.Configuration : afterChange(configuration, change);
  return {
    name: component.function,
    aliasName: component.alias,
    alias,
    revision: configuration.RevisionId ?? '',
    code: codeChange,
    configuration: change,
    isWantedCode: isWanted,
    version,
    goal: undefined,
    provisioned,
    before: beforeOf(component, alias, adopted),
    rows: [
      ...(live !== undefined && fits(live) ? [] : [codeRow(live, code)]),
      ...(live?.Configuration === undefined || shown === undefined ? [] : configurationRows(live.Configuration, shown)),
      ...(settled ? [] : [aliasRow(component.alias, alias, version)]),
      ...provisionedRow(alias, provisioned),
    ],
  };
}

/** What ran before: of a canary to the very version that is wanted, only the version that it comes from. */
function beforeOf(
  { function: name, alias: aliasName }: LambdaComponent,
  alias: AliasState | undefined,
  adopted: string | undefined,
): LambdaSnapshot | null {
  if (alias === undefined) return null;
  const { version, weights } = alias.routing;
  const others = Object.fromEntries(Object.entries(weights).filter(([number]) => number !== adopted));
  return { function: name, alias: aliasName, version, weights: others, provisioned: requestedOf(alias) };
}

export function requestedOf(alias: AliasState | undefined): number | null {
  return alias?.provisioned?.RequestedProvisionedConcurrentExecutions ?? null;
}

/** Undefined: as it is. One that failed is asked for again. */
export function provisionedChange(alias: AliasState | undefined, wanted: number | undefined): number | undefined {
  if (wanted === undefined) return undefined;
  const same = (requestedOf(alias) ?? 0) === wanted && alias?.provisioned?.Status !== 'FAILED';
  return same ? undefined : wanted;
}

function codeRow(live: FunctionState | undefined, code: Code): ChangeRow {
  const { Configuration, Code: held } = live ?? {};
  const before = held?.ResolvedImageUri ?? Configuration?.CodeSha256;
  return { what: 'code', before: before ?? 'nothing', after: code.text };
}

function aliasRow(name: string, alias: AliasState | undefined, version: string | undefined): ChangeRow {
  const before = alias === undefined ? 'nothing' : routingText(alias.routing);
  return { what: `alias ${name}`, before, after: version === undefined ? 'a new version' : `version ${version}` };
}

export function provisionedRow(alias: AliasState | undefined, wanted: number | undefined): readonly ChangeRow[] {
  if (wanted === undefined) return [];
  const before = requestedOf(alias);
  return [
    { what: 'provisioned concurrency', before: before === null ? 'none' : String(before), after: String(wanted) },
  ];
}
