import type * as model from '@aws-sdk/client-lambda';
import { NotModelled } from '../../wire/not-modelled.ts';
import type { Call } from '../../wire/service.ts';
import { describeAlias } from './describe.ts';
import type { Engine } from './engine.ts';
import { conflict, functionNotFound, invalid, validation } from './errors.ts';
import { checkRevision, theAlias, theFunction } from './lookups.ts';
import { allocate } from './provisioned.ts';
import { type Alias, arnOf, type LambdaFunction, type Routing } from './state.ts';
import { pageOf } from './versions.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetAlias.html */
export function getAlias(engine: Engine, input: model.GetAliasCommandInput, call: Call) {
  const fn = theFunction(engine, call, input.FunctionName);
  return describeAlias(fn, theAlias(fn, input.Name));
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListAliases.html */
export function listAliases(engine: Engine, input: model.ListAliasesCommandInput, call: Call) {
  const fn = theFunction(engine, call, input.FunctionName);
  const all = [...fn.aliases.values()].filter(
    ({ routing }) => input.FunctionVersion === undefined || routing.version === input.FunctionVersion,
  );
  const page = pageOf(all, [fn.name, input.FunctionVersion], input.Marker, input.MaxItems);
  const Aliases = page.items.map(alias => describeAlias(fn, alias));
  return { Aliases, ...(page.next === undefined ? {} : { NextMarker: page.next }) };
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html */
export function createAlias(engine: Engine, input: model.CreateAliasCommandInput, call: Call) {
  const { Name = '', FunctionVersion = '', Description = '', RoutingConfig } = input;
  const fn = theFunction(engine, call, input.FunctionName);
  if (/^\d+$/.test(Name) || !/^[\w-]{1,128}$/.test(Name)) {
    throw validation(
      `Value '${Name}' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: (?!^[0-9]+$)([a-zA-Z0-9-_]+)`,
    );
  }
  if (fn.aliases.has(Name)) throw conflict(`Alias already exists: ${arnOf(fn, Name)}`);
  const routing = checkedRouting(fn, {
    version: FunctionVersion,
    weights: RoutingConfig?.AdditionalVersionWeights ?? {},
  });
  return describeAlias(fn, newAlias(engine, fn, Name, routing, Description));
}

export function newAlias(engine: Engine, fn: LambdaFunction, name: string, routing: Routing, description = ''): Alias {
  const alias: Alias = {
    name,
    description,
    routing,
    revision: engine.newRevision(),
    provisioned: undefined,
    history: [{ since: engine.clock.now(), routing }],
    turns: new Map(),
  };
  fn.aliases.set(name, alias);
  return alias;
}

/**
 * https://docs.aws.amazon.com/lambda/latest/api/API_UpdateAlias.html : weights that are not given stay as they are; only an empty map
 * clears them.
 */
export function updateAlias(engine: Engine, input: model.UpdateAliasCommandInput, call: Call) {
  const fn = theFunction(engine, call, input.FunctionName);
  const alias = theAlias(fn, input.Name);
  checkRevision(alias.revision, input.RevisionId);
  const routing = checkedRouting(fn, {
    version: input.FunctionVersion ?? alias.routing.version,
    weights: input.RoutingConfig?.AdditionalVersionWeights ?? alias.routing.weights,
  });
  if (input.Description !== undefined) alias.description = input.Description;
  route(engine, fn, alias, routing);
  return describeAlias(fn, alias);
}

export function route(engine: Engine, fn: LambdaFunction, alias: Alias, routing: Routing): void {
  const moves = alias.routing.version !== routing.version;
  alias.routing = routing;
  alias.revision = engine.newRevision();
  alias.history.push({ since: engine.clock.now(), routing });
  alias.turns.clear();
  // https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html : taken from the old version, then given to the new one.
  if (moves && alias.provisioned !== undefined) allocate(engine, fn, alias, alias.provisioned.requested);
}

/** https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html */
function checkedRouting(fn: LambdaFunction, { version, weights }: Routing): Routing {
  const entries = Object.entries(weights);
  const at = "at 'routingConfig.additionalVersionWeights' failed to satisfy constraint";
  if (entries.length > 1) throw invalid('Number of items in AdditionalVersionWeights cannot be greater than 1');
  for (const [number, weight] of entries) {
    if (weight < 0 || weight > 1) {
      throw validation(
        `Value '{${number}=${weight}}' ${at}: Map value must satisfy constraint: [Member must have value less than or equal to 1.0, Member must have value greater than or equal to 0.0, Member must not be null]`,
      );
    }
    if (number === '$LATEST' || version === '$LATEST') {
      throw invalid('$LATEST is not supported for an alias pointing to more than 1 version');
    }
    if (number === version) {
      throw invalid(
        `Invalid function version ${number}. Function version ${number} is already included in routing configuration.`,
      );
    }
  }
  for (const number of [version, ...entries.map(([number]) => number)]) {
    if (number === '$LATEST') throw new NotModelled('of an alias of $LATEST');
    if (!fn.versions.has(number)) throw functionNotFound(fn.realm, fn.name, number);
  }
  return { version, weights: Object.fromEntries(entries) };
}
