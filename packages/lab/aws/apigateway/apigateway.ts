import { createHash } from 'node:crypto';
import * as model from '@aws-sdk/client-api-gateway';
import type { LabClock } from '../../clock/clock.ts';
import { createPlaces } from '../../wire/places.ts';
import type { Call, Service } from '../../wire/service.ts';
import { type Asked, type Reply, reply } from '../ecs/traffic.ts';
import { getDeployment, getDeployments, getRestApi, getRestApis, getStage, getStages } from './reads.ts';
import type { Integration, RestApi } from './state.ts';

export interface NewApi {
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly stage: string;
  readonly integration: Integration;
}

export interface ApiGatewayPorts {
  readonly clock: Pick<LabClock, 'now'>;
  /** What the alias of a function answers. */
  readonly invoke: (integration: Integration, path: string, asked?: Asked) => Reply;
}

export interface ApiGatewayWorld {
  readonly service: Service;
  /** An API that was made and deployed to its stage an hour ago. */
  createApi(spec: NewApi): RestApi;
  /** A custom domain name whose only mapping is a stage, without a base path. */
  map(host: string, api: RestApi, stage: string): void;
  /** What is behind a custom domain name now. */
  behind(host: string): Integration | undefined;
  /** Undefined: no API answers there. */
  respond(host: string, path: string, asked?: Asked): Reply | undefined;
}

const hour = 3_600_000;

/** Longest that an integration may take: https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const integrationTimeout = 29_000;

/** REST APIs, whose methods all pass requests on to one function. See README.md for what is modelled and from which source. */
export function createApiGateway({ clock, invoke }: ApiGatewayPorts): ApiGatewayWorld {
  const apis = createPlaces(() => new Map<string, RestApi>());
  const hosts = new Map<string, { readonly api: RestApi; readonly stage: string }>();
  let made = 0;
  const newId = (of: string, length: number) => {
    made += 1;
    const hash = createHash('sha256').update(`${of} ${made}`).digest('hex');
    return BigInt(`0x${hash}`).toString(36).slice(0, length);
  };

  const operations = {
    GetRestApis: (input: model.GetRestApisCommandInput, call: Call) => getRestApis(apis, input, call),
    GetRestApi: (input: model.GetRestApiCommandInput, call: Call) => getRestApi(apis, input, call),
    GetStages: (input: model.GetStagesCommandInput, call: Call) => getStages(apis, input, call),
    GetStage: (input: model.GetStageCommandInput, call: Call) => getStage(apis, input, call),
    GetDeployments: (input: model.GetDeploymentsCommandInput, call: Call) => getDeployments(apis, input, call),
    GetDeployment: (input: model.GetDeploymentCommandInput, call: Call) => getDeployment(apis, input, call),
  };
  const service: Service = {
    id: 'apigateway',
    model,
    operations,
    // All of the control plane together: https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
    buckets: [{ operations: Object.keys(operations), burst: 40, refill: 10 }],
    resource: (operation, input, { region }) => `arn:aws:apigateway:${region}::${pathOf(operation, input)}`,
  };

  function behind(host: string): Integration | undefined {
    const mapped = hosts.get(host);
    const stage = mapped?.api.stages.get(mapped.stage);
    return mapped?.api.deployments.get(stage?.deploymentId ?? '')?.integration;
  }

  return {
    service,
    createApi({ account, region, name, stage, integration }) {
      const createdAt = clock.now() - hour;
      const id = newId(`${account} ${region} ${name}`, 10);
      const deployment = { id: newId(`${id} ${stage}`, 6), description: '', createdAt, integration };
      const api: RestApi = {
        id,
        name,
        createdAt,
        deployments: new Map([[deployment.id, deployment]]),
        stages: new Map([[stage, { name: stage, deploymentId: deployment.id, createdAt, updatedAt: createdAt }]]),
      };
      apis.at(account, region).set(id, api);
      return api;
    },
    map: (host, api, stage) => void hosts.set(host, { api, stage }),
    behind,
    respond(host, path, asked) {
      if (!hosts.has(host)) return undefined;
      const integration = behind(host);
      if (integration === undefined) return reply({ status: 403, body: { message: 'Forbidden' } });
      const answer = invoke(integration, path, asked);
      if (answer.latency <= integrationTimeout) return answer;
      return reply({ status: 504, body: { message: 'Endpoint request timed out' }, latency: integrationTimeout });
    },
  };
}

/** `/restapis/id/stages/name`, as the ARNs of API Gateway are written. */
function pathOf(operation: string, { restApiId, stageName, deploymentId }: Readonly<Record<string, unknown>>): string {
  const api = `/restapis/${String(restApiId)}`;
  switch (operation) {
    case 'GetRestApis':
      return '/restapis';
    case 'GetStages':
      return `${api}/stages`;
    case 'GetStage':
      return `${api}/stages/${String(stageName)}`;
    case 'GetDeployments':
      return `${api}/deployments`;
    case 'GetDeployment':
      return `${api}/deployments/${String(deploymentId)}`;
    default:
      return api;
  }
}
