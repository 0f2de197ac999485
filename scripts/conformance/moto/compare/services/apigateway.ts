import * as sdk from '@aws-sdk/client-api-gateway';
import { account, region } from '../../server.ts';
import { comparison } from '../comparison.ts';

const stageName = 'prod';

interface Known {
  readonly api: string;
  readonly deployment: string;
}

/** An API that was deployed to one stage. */
export const apigateway = comparison<Known>({
  service: 'apigateway',
  lab({ aws }) {
    const api = aws.apigateway.createApi({
      account,
      region,
      name: 'conformance',
      stage: stageName,
      integration: { function: { account, region, name: 'conformance-shop' }, alias: 'live' },
    });
    return { api: api.id, deployment: [...api.deployments.keys()][0] ?? '' };
  },
  async moto(client) {
    const gateway = new sdk.APIGatewayClient(client);
    const { id: restApiId } = await gateway.send(
      new sdk.CreateRestApiCommand({ name: 'conformance', endpointConfiguration: { types: ['REGIONAL'] } }),
    );
    const { items } = await gateway.send(new sdk.GetResourcesCommand({ restApiId }));
    const root = { restApiId, resourceId: items?.[0]?.id, httpMethod: 'GET' };
    await gateway.send(new sdk.PutMethodCommand({ ...root, authorizationType: 'NONE' }));
    await gateway.send(
      new sdk.PutIntegrationCommand({
        ...root,
        type: 'HTTP',
        integrationHttpMethod: 'GET',
        uri: 'https://shop.example.com',
      }),
    );
    const deployed = await gateway.send(new sdk.CreateDeploymentCommand({ restApiId, stageName }));
    return { api: restApiId ?? '', deployment: deployed.id ?? '' };
  },
  async play({ client, call }, { api: restApiId, deployment: deploymentId }) {
    const gateway = new sdk.APIGatewayClient(client);
    await call('all of them', () => gateway.send(new sdk.GetRestApisCommand({})));
    await call('an API', () => gateway.send(new sdk.GetRestApiCommand({ restApiId })));
    await call('an API that is not there', () => gateway.send(new sdk.GetRestApiCommand({ restApiId: 'none' })));
    await call('its stages', () => gateway.send(new sdk.GetStagesCommand({ restApiId })));
    await call('a stage', () => gateway.send(new sdk.GetStageCommand({ restApiId, stageName })));
    await call('a stage that is not there', () =>
      gateway.send(new sdk.GetStageCommand({ restApiId, stageName: 'none' })),
    );
    await call('its deployments', () => gateway.send(new sdk.GetDeploymentsCommand({ restApiId })));
    await call('a deployment', () => gateway.send(new sdk.GetDeploymentCommand({ restApiId, deploymentId })));
    await call('a deployment that is not there', () =>
      gateway.send(new sdk.GetDeploymentCommand({ restApiId, deploymentId: 'none' })),
    );
    await call('the stages of nothing', () => gateway.send(new sdk.GetStagesCommand({ restApiId: 'none' })));
  },
});
