import type * as model from '@aws-sdk/client-api-gateway';
import { modelOnly, NotModelled } from '../../wire/not-modelled.ts';
import { cutPage } from '../../wire/paging.ts';
import { type Call, ServiceError } from '../../wire/service.ts';
import type { Apis, Deployment, RestApi, Stage } from './state.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_GetRestApis.html */
export function getRestApis(apis: Apis, input: model.GetRestApisCommandInput, call: Call) {
  modelOnly(input, 'position', 'limit');
  const known = [...apis.at(call.account, call.region).values()];
  const page = cut(known.map(apiView), 'restapis', input);
  return { items: page.items, position: page.next };
}

/** https://docs.aws.amazon.com/apigateway/latest/api/API_GetRestApi.html */
export function getRestApi(apis: Apis, input: model.GetRestApiCommandInput, call: Call) {
  modelOnly(input, 'restApiId');
  return apiView(theApi(apis, input.restApiId, call));
}

/** https://docs.aws.amazon.com/apigateway/latest/api/API_GetStages.html : not in pages; `deploymentId` chooses. */
export function getStages(apis: Apis, input: model.GetStagesCommandInput, call: Call) {
  modelOnly(input, 'restApiId', 'deploymentId');
  const { restApiId, deploymentId } = input;
  const stages = [...theApi(apis, restApiId, call).stages.values()];
  return {
    item: stages.filter(stage => deploymentId === undefined || stage.deploymentId === deploymentId).map(stageView),
  };
}

/** https://docs.aws.amazon.com/apigateway/latest/api/API_GetStage.html */
export function getStage(apis: Apis, input: model.GetStageCommandInput, call: Call) {
  modelOnly(input, 'restApiId', 'stageName');
  const stage = theApi(apis, input.restApiId, call).stages.get(input.stageName ?? '');
  if (stage === undefined) throw notFound('Invalid stage identifier specified');
  return stageView(stage);
}

/** https://docs.aws.amazon.com/apigateway/latest/api/API_GetDeployments.html */
export function getDeployments(apis: Apis, input: model.GetDeploymentsCommandInput, call: Call) {
  modelOnly(input, 'restApiId', 'position', 'limit');
  const { deployments } = theApi(apis, input.restApiId, call);
  const page = cut([...deployments.values()].map(deploymentView), input.restApiId, input);
  return { items: page.items, position: page.next };
}

/** https://docs.aws.amazon.com/apigateway/latest/api/API_GetDeployment.html */
export function getDeployment(apis: Apis, input: model.GetDeploymentCommandInput, call: Call) {
  modelOnly(input, 'restApiId', 'deploymentId');
  const deployment = theApi(apis, input.restApiId, call).deployments.get(input.deploymentId ?? '');
  if (deployment === undefined) throw notFound('Invalid Deployment identifier specified');
  return deploymentView(deployment);
}

interface PageInput {
  readonly position?: string | undefined;
  readonly limit?: number | undefined;
}

/** 25 a page unless said, 500 at most; what API Gateway makes of another number is not known. */
function cut<T>(all: readonly T[], query: unknown, { position, limit = 25 }: PageInput) {
  if (limit < 1 || limit > 500) throw new NotModelled(`with a limit of ${limit}`);
  const page = cutPage(all, query, position, limit);
  if (page === undefined) throw new ServiceError('BadRequestException', 'Invalid position parameter specified');
  return page;
}

function theApi(apis: Apis, id: string | undefined, { account, region }: Call): RestApi {
  const found = apis.at(account, region).get(id ?? '');
  if (found === undefined) throw notFound(`Invalid API identifier specified ${account}:${id}`);
  return found;
}

function notFound(message: string): ServiceError {
  return new ServiceError('NotFoundException', message, 404);
}

function apiView({ id, name, createdAt }: RestApi): model.RestApi {
  return {
    id,
    name,
    createdDate: new Date(createdAt),
    apiKeySource: 'HEADER',
    endpointConfiguration: { types: ['REGIONAL'] },
    disableExecuteApiEndpoint: false,
  };
}

function stageView({ name, deploymentId, createdAt, updatedAt }: Stage): model.Stage {
  return {
    stageName: name,
    deploymentId,
    cacheClusterEnabled: false,
    cacheClusterStatus: 'NOT_AVAILABLE',
    methodSettings: {},
    tracingEnabled: false,
    createdDate: new Date(createdAt),
    lastUpdatedDate: new Date(updatedAt),
  };
}

function deploymentView({ id, description, createdAt }: Deployment): model.Deployment {
  return { id, createdDate: new Date(createdAt), ...(description === '' ? {} : { description }) };
}
