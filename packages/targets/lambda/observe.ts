import { AwsCallError } from '#aws/errors';
import type { AliasConfiguration, FunctionConfiguration, FunctionState, Provisioned, Routing } from '#aws/lambda';
import { unlessMissing } from '#aws/missing';
import type { Finding } from '#core/finding';
import type { LambdaComponent } from '#core/flow/targets/lambda';
import type { LambdaContext } from './context.ts';

/** An alias with everything that is known of it. */
export interface AliasState {
  readonly name: string;
  readonly routing: Routing;
  readonly revision: string;
  readonly provisioned: Provisioned | undefined;
}

export interface Observed {
  readonly latest: FunctionState;
  readonly configuration: FunctionConfiguration;
  /** Undefined: not there. */
  readonly alias: AliasState | undefined;
}

export type Observation =
  | { readonly ok: true; readonly observed: Observed }
  | { readonly ok: false; readonly findings: readonly Finding[] };

/** The function and its alias as they are. Provisioned concurrency goes with an alias wherever it points, so it is always read. */
export async function observe(
  context: Pick<LambdaContext, 'lambda'>,
  name: string,
  alias: string,
): Promise<Observation> {
  const latest = await functionOrMiss(context, name);
  if ('reason' in latest) return { ok: false, findings: [latest] };
  const { Configuration: configuration = {} } = latest;
  return { ok: true, observed: { latest, configuration, alias: await readAlias(context, name, alias) } };
}

async function functionOrMiss(
  { lambda }: Pick<LambdaContext, 'lambda'>,
  name: string,
): Promise<FunctionState | Finding> {
  try {
    return await lambda.getFunction(name);
  } catch (error) {
    if (!isMissing(error)) throw error;
    return {
      reason: 'not-found',
      message: `There is no function ${name}: ${error.message}`,
      evidence: { function: name },
      next: 'Correct the name, or check that account and region are those of the function.',
      where: { kind: 'call', call: error.action },
    };
  }
}

export async function readAlias(
  { lambda }: Pick<LambdaContext, 'lambda'>,
  name: string,
  alias: string,
): Promise<AliasState | undefined> {
  try {
    const found = await lambda.getAlias(name, alias);
    return aliasState(found, await lambda.getProvisioned(name, alias));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** A misspelt alias would be made, and deployed to, and reached by nobody. */
export async function aliasFindings(
  { lambda }: Pick<LambdaContext, 'lambda'>,
  { function: name, alias, createAlias }: LambdaComponent,
  observed: Observed,
): Promise<readonly Finding[]> {
  if (observed.alias !== undefined || createAlias) return [];
  const names = await lambda.aliasNames(name);
  const message = `The function ${name} has no alias ${alias}; it has ${names.join(', ') || 'none'}.`;
  const next = 'Correct `alias`, or set `create-alias: true` for the first release of this function.';
  const where = { kind: 'call', call: 'lambda:GetAlias' } as const;
  return [{ reason: 'not-found', message, evidence: { function: name, alias, aliases: names }, next, where }];
}

export function aliasState(found: AliasConfiguration, provisioned: Provisioned | undefined): AliasState {
  const { Name = '', FunctionVersion = '', RevisionId = '', RoutingConfig } = found;
  const weights = RoutingConfig?.AdditionalVersionWeights ?? {};
  return { name: Name, routing: { version: FunctionVersion, weights }, revision: RevisionId, provisioned };
}

/** Undefined when somebody has deleted the version. */
export function readVersion(
  { lambda }: LambdaContext,
  name: string,
  version: string,
): Promise<FunctionState | undefined> {
  return unlessMissing('ResourceNotFoundException', lambda.getFunction(name, version));
}

export function isMissing(error: unknown): error is AwsCallError {
  return error instanceof AwsCallError && error.code === 'ResourceNotFoundException';
}
