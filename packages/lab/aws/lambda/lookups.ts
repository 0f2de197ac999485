import { NotModelled } from '../../wire/not-modelled.ts';
import type { Call } from '../../wire/service.ts';
import type { Engine } from './engine.ts';
import { aliasNotFound, functionNotFound, inState, revisionMismatch, updating } from './errors.ts';
import type { Alias, LambdaFunction, Realm, Version } from './state.ts';

/** A function by its name or its ARN. Qualified names and partial ARNs are not modelled. */
export function theFunction(engine: Engine, { account, region }: Call, reference = ''): LambdaFunction {
  const realm = engine.realms.at(account, region);
  const name = nameOf(realm, reference);
  const found = realm.functions.get(name);
  if (found === undefined) throw functionNotFound(realm, name);
  return found;
}

function nameOf({ account, region }: Realm, reference: string): string {
  const prefix = `arn:aws:lambda:${region}:${account}:function:`;
  const name = reference.startsWith(prefix) ? reference.slice(prefix.length) : reference;
  if (name.includes(':')) throw new NotModelled(`with the function name ${reference}`);
  return name;
}

export function theAlias(fn: LambdaFunction, name = ''): Alias {
  const alias = fn.aliases.get(name);
  if (alias === undefined) throw aliasNotFound(fn, name);
  return alias;
}

/** A published version, `$LATEST`, or what an alias points to. */
export function theVersion(fn: LambdaFunction, qualifier = '$LATEST'): Version {
  const number = fn.aliases.get(qualifier)?.routing.version ?? qualifier;
  const version = number === '$LATEST' ? fn.latest : fn.versions.get(number);
  if (version === undefined) throw functionNotFound(fn.realm, fn.name, qualifier);
  return version;
}

export function checkRevision(held: string, given: string | undefined): void {
  if (given !== undefined && given !== held) throw revisionMismatch();
}

/**
 * While `$LATEST` is being made or updated, nothing else can be done to it. Inactive functions can be updated.
 * https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html
 */
export function checkIdle(fn: LambdaFunction): void {
  const { state, lastUpdate } = fn.latest;
  if (state.value === 'Pending' || state.value === 'Failed') throw inState(state.value);
  if (lastUpdate.value === 'InProgress') throw updating(fn);
}
