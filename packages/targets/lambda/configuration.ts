import { isDeepStrictEqual } from 'node:util';
import type { ConfigurationInput, FunctionConfiguration } from '#aws/lambda';
import type { LambdaConfiguration } from '#core/flow/targets/lambda';
import type { ChangeRow } from '#core/target';

/**
 * What has to be sent so that a function has what is wanted, merged into what it has: variables and layers are replaced as a whole by
 * Lambda, so all those that were not named go along (lambda-action#25). Undefined when there is nothing to send.
 */
export function configurationChange(
  current: FunctionConfiguration,
  wanted: LambdaConfiguration,
): ConfigurationInput | undefined {
  const merged: ConfigurationInput = {
    ...changed('MemorySize', current.MemorySize, wanted.memory),
    ...changed('Timeout', current.Timeout, secondsOf(wanted.timeout)),
    ...changed('Handler', current.Handler, wanted.handler),
    ...changed('Runtime', current.Runtime, wanted.runtime as FunctionConfiguration['Runtime']),
    ...variablesChange(variablesOf(current), wanted),
    ...layersChange(layersOf(current), wanted.layers),
  };
  return Object.keys(merged).length === 0 ? undefined : merged;
}

/** Whether it touches the variables at all: then the present ones have to be readable. */
export function touchesVariables({ variables, removeVariables }: LambdaConfiguration): boolean {
  return Object.keys(variables).length > 0 || removeVariables.length > 0;
}

/** The rows that people read: of variables the names only, their values may be secrets. */
export function configurationRows(before: FunctionConfiguration, after: FunctionConfiguration): readonly ChangeRow[] {
  const row = (what: string, one: unknown, other: unknown): readonly ChangeRow[] =>
    isDeepStrictEqual(one, other) ? [] : [{ what, before: shown(one), after: shown(other) }];
  return [
    ...row('memory (MB)', before.MemorySize, after.MemorySize),
    ...row('timeout (s)', before.Timeout, after.Timeout),
    ...row('handler', before.Handler, after.Handler),
    ...row('runtime', before.Runtime, after.Runtime),
    ...row('layers', layersOf(before).map(shortLayer), layersOf(after).map(shortLayer)),
    ...variableRows(variablesOf(before), variablesOf(after)),
  ];
}

/** The configuration that `$LATEST` has once the change is through. */
export function afterChange(current: FunctionConfiguration, change: ConfigurationInput = {}): FunctionConfiguration {
  const { MemorySize, Timeout, Handler, Runtime, Environment, Layers } = change;
  return {
    ...current,
    ...(MemorySize === undefined ? {} : { MemorySize }),
    ...(Timeout === undefined ? {} : { Timeout }),
    ...(Handler === undefined ? {} : { Handler }),
    ...(Runtime === undefined ? {} : { Runtime }),
    ...(Environment === undefined ? {} : { Environment }),
    ...(Layers === undefined ? {} : { Layers: Layers.map(Arn => ({ Arn })) }),
  };
}

type Variables = Readonly<Record<string, string>>;

export function variablesOf({ Environment }: FunctionConfiguration): Variables {
  return Environment?.Variables ?? {};
}

function layersOf({ Layers = [] }: FunctionConfiguration): readonly string[] {
  return Layers.flatMap(({ Arn }) => Arn ?? []);
}

function changed<K extends keyof ConfigurationInput>(
  key: K,
  current: ConfigurationInput[K],
  wanted: ConfigurationInput[K],
) {
  return wanted === undefined || wanted === current ? {} : { [key]: wanted };
}

function secondsOf(milliseconds: number | undefined): number | undefined {
  return milliseconds === undefined ? undefined : Math.ceil(milliseconds / 1000);
}

function variablesChange(current: Variables, wanted: LambdaConfiguration): Pick<ConfigurationInput, 'Environment'> {
  const kept = Object.entries(current).filter(([name]) => !wanted.removeVariables.includes(name));
  const Variables = { ...Object.fromEntries(kept), ...wanted.variables };
  return isDeepStrictEqual(Variables, current) ? {} : { Environment: { Variables } };
}

/** Each instead of another version of the same layer, in its place; new ones last. */
function layersChange(current: readonly string[], wanted: readonly string[]): Pick<ConfigurationInput, 'Layers'> {
  const named = new Map(wanted.map(arn => [layerName(arn), arn]));
  const kept = current.map(arn => named.get(layerName(arn)) ?? arn);
  const Layers = [...kept, ...wanted.filter(arn => !kept.includes(arn))];
  return isDeepStrictEqual(Layers, current) ? {} : { Layers };
}

/** `arn:…:layer:tracing:7` → `arn:…:layer:tracing` */
function layerName(arn: string): string {
  return arn.replace(/:\d+$/, '');
}

function shortLayer(arn: string): string {
  return arn.split(':').slice(-2).join(':');
}

function variableRows(before: Variables, after: Variables): readonly ChangeRow[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
  return names
    .filter(name => before[name] !== after[name])
    .map(name => ({
      what: `variable ${name}`,
      before: presence(before[name], 'set'),
      after: presence(after[name], before[name] === undefined ? 'set' : 'changed'),
    }));
}

function presence(value: string | undefined, otherwise: string): string {
  return value === undefined ? 'none' : otherwise;
}

function shown(value: unknown): string {
  if (value === undefined) return 'none';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ');
  return String(value);
}
