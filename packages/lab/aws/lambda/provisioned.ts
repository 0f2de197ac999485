import type * as model from '@aws-sdk/client-lambda';
import { NotModelled } from '../../wire/not-modelled.ts';
import type { Call } from '../../wire/service.ts';
import { ServiceError } from '../../wire/service.ts';
import { describeProvisioned } from './describe.ts';
import type { Engine } from './engine.ts';
import { invalid, validation } from './errors.ts';
import { initialise } from './invoke.ts';
import { theAlias, theFunction } from './lookups.ts';
import type { Alias, LambdaFunction, Provisioned } from './state.ts';

/** On aliases only: on a version it is not modelled. https://docs.aws.amazon.com/lambda/latest/api/API_PutProvisionedConcurrencyConfig.html */
export function putProvisioned(engine: Engine, input: model.PutProvisionedConcurrencyConfigCommandInput, call: Call) {
  const { Qualifier = '', ProvisionedConcurrentExecutions: requested = 0 } = input;
  const [fn, alias] = find(engine, input, call);
  if (requested < 1) {
    throw validation(
      `Value '${requested}' at 'provisionedConcurrentExecutions' failed to satisfy constraint: Member must have value greater than or equal to 1`,
    );
  }
  const others = [...fn.realm.functions.values()]
    .flatMap(each => [...each.aliases.values()])
    .filter(each => each !== alias)
    .reduce((sum, each) => sum + (each.provisioned?.requested ?? 0), 0);
  if (requested + others > engine.settings.provisionable) {
    throw invalid(
      `Specified ConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].`,
    );
  }
  if (Qualifier === '') throw invalid('Qualifier is required');
  return describeProvisioned(allocate(engine, fn, alias, requested));
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetProvisionedConcurrencyConfig.html */
export function getProvisioned(engine: Engine, input: model.GetProvisionedConcurrencyConfigCommandInput, call: Call) {
  const [, alias] = find(engine, input, call);
  if (alias.provisioned === undefined) throw none();
  return describeProvisioned(alias.provisioned);
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteProvisionedConcurrencyConfig.html */
export function deleteProvisioned(
  engine: Engine,
  input: model.DeleteProvisionedConcurrencyConfigCommandInput,
  call: Call,
): void {
  const [, alias] = find(engine, input, call);
  alias.provisioned = undefined;
}

function find(
  engine: Engine,
  input: { readonly FunctionName?: string | undefined; readonly Qualifier?: string | undefined },
  call: Call,
): readonly [LambdaFunction, Alias] {
  const fn = theFunction(engine, call, input.FunctionName);
  const { Qualifier = '' } = input;
  if (Qualifier === '$LATEST') {
    throw invalid('Provisioned Concurrency Configs cannot be applied to unpublished function versions.');
  }
  if (/^\d+$/.test(Qualifier)) throw new NotModelled('of a version');
  return [fn, theAlias(fn, Qualifier)];
}

/** Environments are initialised ahead of requests: where that fails, so does the allocation, and the log says why. */
export function allocate(engine: Engine, fn: LambdaFunction, alias: Alias, requested: number): Provisioned {
  const begun: Provisioned = { requested, available: 0, status: 'IN_PROGRESS', modified: engine.clock.now() };
  alias.provisioned = begun;
  engine.clock.at(engine.clock.now() + engine.settings.provision, () => {
    if (alias.provisioned !== begun) return;
    const version = fn.versions.get(alias.routing.version);
    const started = version !== undefined && initialise(engine, fn, version);
    alias.provisioned = started
      ? { ...begun, available: requested, status: 'READY' }
      : { ...begun, status: 'FAILED', reason: 'FUNCTION_ERROR_INIT_FAILURE' };
  });
  return begun;
}

function none(): ServiceError {
  const message = 'No Provisioned Concurrency Config found for this function';
  return new ServiceError('ProvisionedConcurrencyConfigNotFoundException', message, 404, { Type: 'User' });
}
