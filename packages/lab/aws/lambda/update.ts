import type * as model from '@aws-sdk/client-lambda';
import { modelOnly, NotModelled } from '../../wire/not-modelled.ts';
import type { Call } from '../../wire/service.ts';
import { readCode } from './code.ts';
import { describeVersion } from './describe.ts';
import { type Engine, revised, successful } from './engine.ts';
import { invalid, validation } from './errors.ts';
import { checkIdle, checkRevision, theFunction } from './lookups.ts';
import type { LambdaFunction, Realm, Settings, Version } from './state.ts';

/**
 * https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionCode.html . The same code again is an update like any other, after
 * which a version can be published. DryRun computes and validates everything, CodeSha256 too, and changes nothing.
 */
export function updateFunctionCode(engine: Engine, input: model.UpdateFunctionCodeCommandInput, call: Call) {
  const { RevisionId, DryRun, Publish } = input;
  modelOnly(
    input,
    'FunctionName',
    'ZipFile',
    'S3Bucket',
    'S3Key',
    'S3ObjectVersion',
    'ImageUri',
    'RevisionId',
    'DryRun',
    'Publish',
  );
  if (Publish === true) throw new NotModelled('with Publish');
  const fn = theFunction(engine, call, input.FunctionName);
  checkIdle(fn);
  checkRevision(fn.latest.revision, RevisionId);
  const code = readCode(engine, fn, input);
  if (DryRun === true) return describeVersion(fn, { ...fn.latest, code });
  const takes = fn.kind === 'Zip' ? engine.settings.zipUpdate : engine.settings.imageUpdate;
  return describeVersion(fn, beginUpdate(engine, fn, { code }, takes));
}

/**
 * https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html : members that are not given stay, but Environment
 * and Layers are replaced as a whole.
 */
export function updateFunctionConfiguration(
  engine: Engine,
  input: model.UpdateFunctionConfigurationCommandInput,
  call: Call,
) {
  const { FunctionName, RevisionId, ...members } = input;
  modelOnly(members, 'Handler', 'Description', 'Timeout', 'MemorySize', 'Environment', 'Runtime', 'Layers');
  const fn = theFunction(engine, call, FunctionName);
  checkIdle(fn);
  checkRevision(fn.latest.revision, RevisionId);
  const settings = { ...fn.latest.settings, ...readSettings(fn, members) };
  return describeVersion(fn, beginUpdate(engine, fn, { settings }, engine.settings.configurationUpdate));
}

/** The change holds at once for whoever reads it, and for good once it is Successful: then the revision is another one again. */
export function beginUpdate(engine: Engine, fn: LambdaFunction, change: Partial<Version>, takes: number): Version {
  const before = fn.latest;
  const reason = 'The function is being created.';
  const lastUpdate = { value: 'InProgress', code: 'Creating', reason };
  fn.latest = revised(engine, before, { ...change, lastUpdate });
  fn.changed = true;
  engine.clock.at(engine.clock.now() + takes, () => {
    const failure = fn.failures.shift();
    // Inference: a failed update leaves the function with what it had.
    fn.latest =
      failure === undefined
        ? revised(engine, fn.latest, { lastUpdate: successful, state: { value: 'Active' } })
        : revised(engine, before, { lastUpdate: { value: 'Failed', ...failure } });
  });
  return fn.latest;
}

type Members = Omit<model.UpdateFunctionConfigurationCommandInput, 'FunctionName' | 'RevisionId'>;

function readSettings(fn: LambdaFunction, members: Members): Partial<Settings> {
  const { Handler, Description, Timeout, MemorySize, Environment, Runtime, Layers } = members;
  if (fn.kind === 'Image' && (Handler ?? Runtime ?? Layers) !== undefined) {
    throw invalid("Please don't provide Handler or Runtime or Layers when the packageType of the function is Image.");
  }
  range('memorySize', MemorySize, 128, 10_240);
  range('timeout', Timeout, 1, 900);
  return {
    ...(Handler === undefined ? {} : { handler: Handler }),
    ...(Description === undefined ? {} : { description: Description }),
    ...(Timeout === undefined ? {} : { timeout: Timeout }),
    ...(MemorySize === undefined ? {} : { memory: MemorySize }),
    ...(Runtime === undefined ? {} : { runtime: Runtime }),
    ...(Layers === undefined ? {} : { layers: Layers.map(layer => existingLayer(fn.realm, layer)) }),
    ...(Environment === undefined ? {} : { variables: checkedVariables(Environment.Variables ?? {}) }),
  };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
function range(name: string, value: number | undefined, least: number, most: number): void {
  if (value === undefined || (value >= least && value <= most)) return;
  const bound = value < least ? `greater than or equal to ${least}` : `less than or equal to ${most}`;
  throw validation(`Value '${value}' at '${name}' failed to satisfy constraint: Member must have value ${bound}`);
}

function existingLayer(realm: Realm, Arn: string): { Arn: string } {
  if (!realm.layers.has(Arn)) throw invalid(`Layer version ${Arn} does not exist.`);
  return { Arn };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html : 4 KB altogether, and names of the runtime are taken. */
function checkedVariables(variables: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const begin =
    'Lambda was unable to configure your environment variables because the environment variables you have provided';
  const reserved = Object.keys(variables).filter(name =>
    /^(AWS_REGION|AWS_LAMBDA_\w+|AWS_ACCESS_KEY_ID|_HANDLER)$/.test(name),
  );
  if (reserved.length > 0) {
    throw invalid(
      `${begin} contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${reserved.join(', ')}`,
    );
  }
  const measured = JSON.stringify(variables);
  if (measured.length > 4096) throw invalid(`${begin} exceeded the 4KB limit. String measured: ${measured}`);
  return { ...variables };
}
