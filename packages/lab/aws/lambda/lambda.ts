import * as model from '@aws-sdk/client-lambda';
import type { LabClock } from '../../clock/clock.ts';
import type { Call, Service } from '../../wire/service.ts';
import { createAlias, getAlias, listAliases, updateAlias } from './aliases.ts';
import { createEngine, type LambdaPorts } from './engine.ts';
import { invoke } from './invoke.ts';
import { createMadeFunctions, type MadeFunctions } from './made-functions.ts';
import { deleteProvisioned, getProvisioned, putProvisioned } from './provisioned.ts';
import { defaultSettings, type LambdaSettings } from './settings.ts';
import { functionArn } from './state.ts';
import { updateFunctionCode, updateFunctionConfiguration } from './update.ts';
import { getFunction, getFunctionConfiguration, listVersions, publishVersion } from './versions.ts';
import { createLambdaWorld, type LambdaWorld } from './world.ts';

export interface LambdaOptions extends LambdaPorts {
  readonly clock: LabClock;
  readonly settings?: Partial<LambdaSettings>;
}

/** Functions, versions, aliases. See README.md for what is modelled and from which source. */
export function createLambda({ clock, settings, ...ports }: LambdaOptions): {
  readonly service: Service;
  readonly world: LambdaWorld;
  readonly made: MadeFunctions;
} {
  const engine = createEngine(clock, { ...defaultSettings(), ...settings }, ports);
  const operations = {
    GetFunctionConfiguration: (input: model.GetFunctionConfigurationCommandInput, call: Call) =>
      getFunctionConfiguration(engine, input, call),
    UpdateFunctionCode: (input: model.UpdateFunctionCodeCommandInput, call: Call) =>
      updateFunctionCode(engine, input, call),
    UpdateFunctionConfiguration: (input: model.UpdateFunctionConfigurationCommandInput, call: Call) =>
      updateFunctionConfiguration(engine, input, call),
    PublishVersion: (input: model.PublishVersionCommandInput, call: Call) => publishVersion(engine, input, call),
    ListVersionsByFunction: (input: model.ListVersionsByFunctionCommandInput, call: Call) =>
      listVersions(engine, input, call),
    GetAlias: (input: model.GetAliasCommandInput, call: Call) => getAlias(engine, input, call),
    ListAliases: (input: model.ListAliasesCommandInput, call: Call) => listAliases(engine, input, call),
    CreateAlias: (input: model.CreateAliasCommandInput, call: Call) => createAlias(engine, input, call),
    UpdateAlias: (input: model.UpdateAliasCommandInput, call: Call) => updateAlias(engine, input, call),
    PutProvisionedConcurrencyConfig: (input: model.PutProvisionedConcurrencyConfigCommandInput, call: Call) =>
      putProvisioned(engine, input, call),
    GetProvisionedConcurrencyConfig: (input: model.GetProvisionedConcurrencyConfigCommandInput, call: Call) =>
      getProvisioned(engine, input, call),
    DeleteProvisionedConcurrencyConfig: (input: model.DeleteProvisionedConcurrencyConfigCommandInput, call: Call) =>
      deleteProvisioned(engine, input, call),
  };
  const service: Service = {
    id: 'lambda',
    model,
    resource: (_operation, input, call) =>
      typeof input.FunctionName === 'string' ? functionArn(call, input.FunctionName) : undefined,
    operations: {
      ...operations,
      GetFunction: (input: model.GetFunctionCommandInput, call: Call) => getFunction(engine, input, call),
      Invoke: (input: model.InvokeCommandInput, call: Call) => invoke(engine, input, call),
    },
    // All of the control plane together, and GetFunction by itself; that the burst is as large is an inference.
    // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html#api-requests
    buckets: [
      { operations: Object.keys(operations), burst: 15, refill: 15 },
      { operations: ['GetFunction'], burst: 100, refill: 100 },
    ],
  };
  return { service, world: createLambdaWorld(engine), made: createMadeFunctions(engine) };
}
