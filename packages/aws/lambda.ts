import {
  type AliasConfiguration,
  CreateAliasCommand,
  DeleteProvisionedConcurrencyConfigCommand,
  type FunctionConfiguration,
  GetAliasCommand,
  GetFunctionCommand,
  type GetFunctionResponse,
  GetProvisionedConcurrencyConfigCommand,
  type GetProvisionedConcurrencyConfigResponse,
  InvokeCommand,
  LambdaClient,
  ListAliasesCommand,
  PublishVersionCommand,
  PutProvisionedConcurrencyConfigCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
  type UpdateFunctionCodeCommandInput,
  UpdateFunctionConfigurationCommand,
  type UpdateFunctionConfigurationCommandInput,
} from '@aws-sdk/client-lambda';
import { AwsCallError } from './errors.ts';
import { unlessMissing } from './missing.ts';
import { type Bucket, paceOf } from './pace.ts';
import { withRetries } from './retry.ts';
import type { AwsSession } from './session.ts';

export type { AliasConfiguration, FunctionConfiguration };
export type FunctionState = Pick<GetFunctionResponse, 'Configuration' | 'Code'>;
export type Provisioned = GetProvisionedConcurrencyConfigResponse;
export type CodeInput = Pick<
  UpdateFunctionCodeCommandInput,
  'ZipFile' | 'S3Bucket' | 'S3Key' | 'S3ObjectVersion' | 'ImageUri'
>;
export type ConfigurationInput = Omit<UpdateFunctionConfigurationCommandInput, 'FunctionName' | 'RevisionId'>;

/** Where an alias sends its requests: its own version, and shares of others from 0 to 1. */
export interface Routing {
  readonly version: string;
  readonly weights: Readonly<Record<string, number>>;
}

export interface Invocation {
  /** Absent when the function answered without an error. */
  readonly error?: string;
  readonly payload: string;
  /** The last 4 KB that it logged. */
  readonly log: readonly string[];
}

/** The calls of Lambda that the suite makes. Every method paces and retries; errors are `AwsCallError`. */
export interface Lambda {
  /** `$LATEST` without a qualifier: a version or an alias. */
  getFunction(name: string, qualifier?: string): Promise<FunctionState>;
  /** CodeSha256 that the function would have with this code; changes nothing. */
  checksumOf(name: string, load: () => CodeInput): Promise<string>;
  /** `load` is called when it is sent. */
  updateCode(name: string, load: () => CodeInput, revision: string): Promise<FunctionConfiguration>;
  updateConfiguration(name: string, input: ConfigurationInput, revision: string): Promise<FunctionConfiguration>;
  /** The newest version when nothing was updated since. */
  publishVersion(name: string, checksum: string, revision: string): Promise<FunctionConfiguration>;
  getAlias(name: string, alias: string): Promise<AliasConfiguration>;
  aliasNames(name: string): Promise<readonly string[]>;
  createAlias(name: string, alias: string, version: string): Promise<AliasConfiguration>;
  /** Weights that are not given are cleared. */
  updateAlias(name: string, alias: string, routing: Routing, revision: string): Promise<AliasConfiguration>;
  /** Undefined when the alias has none. */
  getProvisioned(name: string, alias: string): Promise<Provisioned | undefined>;
  provision(name: string, alias: string, executions: number): Promise<Provisioned>;
  unprovision(name: string, alias: string): Promise<void>;
  invoke(name: string, qualifier: string, event: unknown): Promise<Invocation>;
}

const reads = ['GetFunction'];
const control = [
  'UpdateFunctionCode',
  'UpdateFunctionConfiguration',
  'PublishVersion',
  'GetAlias',
  'ListAliases',
  'CreateAlias',
  'UpdateAlias',
  'GetProvisionedConcurrencyConfig',
  'PutProvisionedConcurrencyConfig',
  'DeleteProvisionedConcurrencyConfig',
];

/**
 * The control plane has 15 requests a second altogether, GetFunction 100 of its own: so whatever waits reads with GetFunction.
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html#api-requests
 */
const buckets: readonly Bucket[] = [
  { operations: control, burst: 15, refill: 15 },
  { operations: reads, burst: 100, refill: 100 },
];

/** Of a bucket: the rest is for others in the account. */
const share = 0.9;

export function createLambda(session: AwsSession): Lambda {
  const { region, credentials, retry } = session;
  const client = new LambdaClient({ region, maxAttempts: 1, ...(credentials === undefined ? {} : { credentials }) });
  const pace = paceOf(retry.clock, buckets, share);

  const paced = async <T>(operation: string, effect: 'any-number' | 'once', call: () => Promise<T>) => {
    // The wait for the first token is ours, and must not use up the patience with AWS.
    await pace(operation);
    let tries = 0;
    return withRetries(retry, `lambda:${operation}`, effect, async () => {
      tries += 1;
      if (tries > 1) await pace(operation);
      return call();
    });
  };
  const read = <T>(operation: string, call: () => Promise<T>) => paced(operation, 'any-number', call);
  const write = <T>(operation: string, call: () => Promise<T>) => paced(operation, 'once', call);

  return {
    getFunction: (FunctionName, Qualifier) =>
      read('GetFunction', () => client.send(new GetFunctionCommand({ FunctionName, Qualifier }))),

    async checksumOf(FunctionName, load) {
      const { CodeSha256 } = await read('UpdateFunctionCode', () =>
        client.send(new UpdateFunctionCodeCommand({ FunctionName, ...load(), DryRun: true })),
      );
      return present('UpdateFunctionCode', CodeSha256);
    },

    updateCode(FunctionName, load, RevisionId) {
      return write('UpdateFunctionCode', () =>
        client.send(new UpdateFunctionCodeCommand({ FunctionName, ...load(), RevisionId })),
      );
    },

    async updateConfiguration(FunctionName, input, RevisionId) {
      const command = new UpdateFunctionConfigurationCommand({ FunctionName, ...input, RevisionId });
      try {
        return await write('UpdateFunctionConfiguration', () => client.send(command));
      } catch (error) {
        throw error instanceof AwsCallError ? withoutVariables(error) : error;
      }
    },

    publishVersion(FunctionName, CodeSha256, RevisionId) {
      const command = new PublishVersionCommand({ FunctionName, CodeSha256, RevisionId });
      return read('PublishVersion', () => client.send(command));
    },

    getAlias: (FunctionName, Name) => read('GetAlias', () => client.send(new GetAliasCommand({ FunctionName, Name }))),

    async aliasNames(FunctionName) {
      const names: string[] = [];
      let Marker: string | undefined;
      do {
        const command = new ListAliasesCommand({ FunctionName, Marker });
        const answer = await read('ListAliases', () => client.send(command));
        names.push(...(answer.Aliases ?? []).flatMap(({ Name }) => Name ?? []));
        Marker = answer.NextMarker;
      } while (Marker !== undefined);
      return names;
    },

    createAlias(FunctionName, Name, FunctionVersion) {
      const command = new CreateAliasCommand({ FunctionName, Name, FunctionVersion });
      return write('CreateAlias', () => client.send(command));
    },

    updateAlias(FunctionName, Name, { version, weights }, RevisionId) {
      // Only an empty map clears weights: without it, they would go on with the new version.
      const RoutingConfig = { AdditionalVersionWeights: { ...weights } };
      const input = { FunctionName, Name, FunctionVersion: version, RoutingConfig, RevisionId };
      return write('UpdateAlias', () => client.send(new UpdateAliasCommand(input)));
    },

    async getProvisioned(FunctionName, Qualifier) {
      const command = new GetProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier });
      const asked = read('GetProvisionedConcurrencyConfig', () => client.send(command));
      return unlessMissing('ProvisionedConcurrencyConfigNotFoundException', asked);
    },

    provision(FunctionName, Qualifier, ProvisionedConcurrentExecutions) {
      const input = { FunctionName, Qualifier, ProvisionedConcurrentExecutions };
      return read('PutProvisionedConcurrencyConfig', () =>
        client.send(new PutProvisionedConcurrencyConfigCommand(input)),
      );
    },

    async unprovision(FunctionName, Qualifier) {
      const command = new DeleteProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier });
      await read('DeleteProvisionedConcurrencyConfig', () => client.send(command));
    },

    async invoke(FunctionName, Qualifier, event) {
      const Payload = JSON.stringify(event);
      const command = new InvokeCommand({ FunctionName, Qualifier, Payload, LogType: 'Tail' });
      const answer = await withRetries(retry, 'lambda:InvokeFunction', 'once', () => client.send(command));
      const log = Buffer.from(answer.LogResult ?? '', 'base64')
        .toString()
        .split('\n');
      return {
        payload: answer.Payload?.transformToString() ?? '',
        log: log.map(line => line.trimEnd()).filter(line => line !== ''),
        ...(answer.FunctionError === undefined ? {} : { error: answer.FunctionError }),
      };
    },
  };
}

/** Where variables are too long, Lambda repeats all of them in its refusal: they may be secrets. */
function withoutVariables({ kind, code, action, message }: AwsCallError): AwsCallError {
  return new AwsCallError(kind, code, action, message.replace(/(String measured:).*/s, '$1 (left out)'));
}

function present<T>(operation: string, value: T | undefined): T {
  if (value !== undefined) return value;
  const action = `lambda:${operation}`;
  throw new AwsCallError('unknown-effect', 'EmptyAnswer', action, `${operation} answered without a result.`);
}
