import type { Alias, LambdaFunction, Version } from './state.ts';

/** Shares of the requests by version, from 0 to 1: the alias's own version gets what the others leave. */
export function shares({ routing }: Pick<Alias, 'routing'>): ReadonlyMap<string, number> {
  const others = Object.entries(routing.weights);
  const rest = 1 - others.reduce((sum, [, weight]) => sum + weight, 0);
  return new Map([[routing.version, rest], ...others]);
}

/** The version that gets the next request: the one that is furthest behind its share. Lambda draws lots; here it is counted. */
export function pickVersion(fn: LambdaFunction, alias: Alias): Version {
  const carrying = [...shares(alias)].filter(([, share]) => share > 0);
  const behind = ([number, share]: readonly [string, number]) => ((alias.turns.get(number) ?? 0) + 1) / share;
  const [number] = carrying.reduce((best, each) => (behind(each) < behind(best) ? each : best));
  alias.turns.set(number, (alias.turns.get(number) ?? 0) + 1);
  const version = fn.versions.get(number);
  if (version === undefined) throw new Error(`${fn.name} has no version ${number}`);
  return version;
}
