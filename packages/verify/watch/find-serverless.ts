import type { ApiGateway } from '#aws/api-gateway';
import { AwsCallError } from '#aws/errors';
import type { Lambda } from '#aws/lambda';
import type { AwsSession } from '#aws/session';
import { type Finding, FindingError } from '#core/finding';
import type { ApiStage, FunctionAlias } from '#core/flow/names';
import type { Subjects } from '#core/watch/subjects';
import type { Named } from './find-subjects.ts';

/** REST APIs and functions that are named, and functions of the release. Their clients are loaded only where somebody names some. */
export async function findServerless(
  session: AwsSession,
  { apis, functions, released }: Named,
): Promise<Pick<Subjects, 'apis' | 'functions'>> {
  const findings = [...(await apiFindings(session, apis)), ...(await functionFindings(session, functions))];
  if (findings.length > 0) throw new FindingError(findings);
  return { apis, functions: functions.length > 0 ? functions : released };
}

async function apiFindings(session: AwsSession, apis: readonly ApiStage[]): Promise<readonly Finding[]> {
  if (apis.length === 0) return [];
  const { createApiGateway } = await import('#aws/api-gateway');
  const gateway = createApiGateway(session);
  return (await Promise.all(apis.map(api => apiFinding(gateway, api)))).flat();
}

async function apiFinding(gateway: ApiGateway, { api, stage }: ApiStage): Promise<readonly Finding[]> {
  const ids = await gateway.idsOf(api);
  const stages = await Promise.all(ids.map(async id => ({ id, names: await gateway.stagesOf(id) })));
  const having = stages.filter(({ names }) => names.includes(stage)).map(({ id }) => id);
  const evidence = { api, stage, ids };
  if (ids.length === 0) return [missing('api', `There is no REST API ${api}.`, evidence)];
  if (having.length === 0) {
    const known = stages.flatMap(({ names }) => names).join(', ') || 'none';
    return [missing('api', `The REST API ${api} has no stage ${stage}; it has ${known}.`, evidence)];
  }
  if (having.length === 1) return [];
  const message = `${having.length} REST APIs are named ${api} and have a stage ${stage} (${having.join(', ')}): their metrics cannot be told apart.`;
  const where = { kind: 'input', input: 'api' } as const;
  return [{ reason: 'input-invalid', message, evidence, where, next: 'Give each of them a name of its own.' }];
}

async function functionFindings(session: AwsSession, functions: readonly FunctionAlias[]): Promise<readonly Finding[]> {
  if (functions.length === 0) return [];
  const { createLambda } = await import('#aws/lambda');
  const lambda = createLambda(session);
  return (await Promise.all(functions.map(fn => functionFinding(lambda, fn)))).flat();
}

async function functionFinding(lambda: Lambda, { name, alias }: FunctionAlias): Promise<readonly Finding[]> {
  try {
    await lambda.getFunction(name, alias);
    return [];
  } catch (error) {
    if (!(error instanceof AwsCallError) || error.code !== 'ResourceNotFoundException') throw error;
    const message =
      alias === undefined ? `There is no function ${name}.` : `There is no function ${name} with an alias ${alias}.`;
    return [missing('function', message, { function: name, alias: alias ?? '' })];
  }
}

function missing(input: string, message: string, evidence: Finding['evidence']): Finding {
  return { reason: 'not-found', message, evidence, where: { kind: 'input', input } };
}
