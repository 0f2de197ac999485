import type * as model from '@aws-sdk/client-lambda';
import { type Alias, arnOf, type LambdaFunction, type Provisioned, type Status, type Version } from './state.ts';

/** As every operation shows a version. `qualifier`: as it was asked for. */
export function describeVersion(fn: LambdaFunction, version: Version, qualifier?: string): model.FunctionConfiguration {
  const { code, settings } = version;
  const variables = Object.keys(settings.variables).length > 0;
  return {
    FunctionName: fn.name,
    FunctionArn: arnOf(fn, qualifier ?? (version.number === '$LATEST' ? undefined : version.number)),
    Role: settings.role,
    CodeSize: code.size,
    Description: settings.description,
    Timeout: settings.timeout,
    MemorySize: settings.memory,
    LastModified: new Date(version.modified).toISOString().replace('Z', '+0000'),
    CodeSha256: code.sha256,
    Version: version.number,
    TracingConfig: { Mode: 'PassThrough' },
    RevisionId: version.revision,
    ...states(version.state, version.lastUpdate),
    PackageType: fn.kind,
    Architectures: ['x86_64'],
    EphemeralStorage: { Size: 512 },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    LoggingConfig: { LogFormat: 'Text', LogGroup: `/aws/lambda/${fn.name}` },
    ...(settings.runtime === undefined ? {} : { Runtime: settings.runtime as model.Runtime }),
    ...(settings.handler === undefined ? {} : { Handler: settings.handler }),
    ...(settings.layers.length === 0 ? {} : { Layers: settings.layers.map(layer => ({ ...layer, CodeSize: 1024 })) }),
    ...(variables ? { Environment: environment(fn, version) } : {}),
  };
}

/** Whoever may not decrypt them is told so instead: an update that took this for “none” would wipe them. */
function environment(fn: LambdaFunction, { settings }: Version): model.EnvironmentResponse {
  if (fn.variablesReadable) return { Variables: { ...settings.variables } };
  const Message =
    'Lambda was unable to decrypt your environment variables because the KMS access was denied. Please check your KMS permissions.';
  return { Error: { ErrorCode: 'AccessDeniedException', Message } };
}

function states(state: Status, lastUpdate: Status) {
  return {
    State: state.value as model.State,
    ...(state.reason === undefined ? {} : { StateReason: state.reason }),
    ...(state.code === undefined ? {} : { StateReasonCode: state.code as model.StateReasonCode }),
    LastUpdateStatus: lastUpdate.value as model.LastUpdateStatus,
    ...(lastUpdate.reason === undefined ? {} : { LastUpdateStatusReason: lastUpdate.reason }),
    ...(lastUpdate.code === undefined
      ? {}
      : { LastUpdateStatusReasonCode: lastUpdate.code as model.LastUpdateStatusReasonCode }),
  };
}

export function describeCode(fn: LambdaFunction, { code }: Version): model.FunctionCodeLocation {
  if (code.image !== undefined) {
    return { RepositoryType: 'ECR', ImageUri: code.image.uri, ResolvedImageUri: code.image.resolved };
  }
  const host = `awslambda-${fn.realm.region}-tasks.s3.${fn.realm.region}.amazonaws.com`;
  return { RepositoryType: 'S3', Location: `https://${host}/snapshots/${fn.realm.account}/${fn.name}` };
}

export function describeAlias(fn: LambdaFunction, alias: Alias): model.AliasConfiguration {
  const { version, weights } = alias.routing;
  return {
    AliasArn: arnOf(fn, alias.name),
    Name: alias.name,
    FunctionVersion: version,
    Description: alias.description,
    RevisionId: alias.revision,
    ...(Object.keys(weights).length === 0 ? {} : { RoutingConfig: { AdditionalVersionWeights: { ...weights } } }),
  };
}

export function describeProvisioned({ requested, available, status, reason, modified }: Provisioned) {
  return {
    RequestedProvisionedConcurrentExecutions: requested,
    AvailableProvisionedConcurrentExecutions: available,
    AllocatedProvisionedConcurrentExecutions: available,
    Status: status,
    ...(reason === undefined ? {} : { StatusReason: reason }),
    LastModified: new Date(modified).toISOString().replace('Z', '+0000'),
  };
}
