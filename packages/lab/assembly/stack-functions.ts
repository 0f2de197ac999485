import type { MadeResource, ResourceMaker } from '../aws/cloudformation/ports.ts';
import { isRecord } from '../aws/cloudformation/template/parse.ts';
import type { MadeFunctions } from '../aws/lambda/made-functions.ts';
import type { Settings } from '../aws/lambda/state.ts';
import { NotModelled } from '../wire/not-modelled.ts';

/** CloudFormation makes functions whose code is a zip in S3. */
export function stackFunctions(functions: MadeFunctions): ResourceMaker {
  const bring = (resource: MadeResource): void => {
    const { Code: code } = resource.properties;
    const { S3Bucket, S3Key, S3ObjectVersion } = isRecord(code) ? code : {};
    // One that is only a record, as those of stacks without a scenario’s code: nobody asks it anything.
    if (S3Bucket === undefined || S3Key === undefined) return;
    if (S3ObjectVersion !== undefined) throw new NotModelled('with S3ObjectVersion');
    functions.bring(placeOf(resource), { bucket: String(S3Bucket), key: String(S3Key) }, settingsOf(resource));
  };
  return { create: bring, update: bring, remove: resource => functions.remove(placeOf(resource)) };
}

function placeOf({ account, region, physicalId: name }: MadeResource) {
  return { account, region, name };
}

/** Defaults: https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
function settingsOf({ properties }: MadeResource): Settings {
  const {
    Environment,
    MemorySize = 128,
    Timeout = 3,
    Role,
    Runtime,
    Handler,
    Description = '',
    Layers = [],
  } = properties;
  const variables = isRecord(Environment) && isRecord(Environment.Variables) ? Environment.Variables : {};
  return {
    description: String(Description),
    role: String(Role),
    memory: Number(MemorySize),
    timeout: Number(Timeout),
    variables: Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, String(value)])),
    layers: (Array.isArray(Layers) ? Layers : []).map(Arn => ({ Arn: String(Arn) })),
    runtime: String(Runtime),
    handler: String(Handler),
  };
}
