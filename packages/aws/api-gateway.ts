import { APIGatewayClient, GetRestApisCommand, GetStagesCommand } from '@aws-sdk/client-api-gateway';
import { withRetries } from './retry.ts';
import type { AwsSession } from './session.ts';

/** The calls of API Gateway that the suite makes, for REST APIs. Errors are `AwsCallError`. */
export interface ApiGateway {
  /** The ids of every API of this name: names need not be unique. */
  idsOf(name: string): Promise<readonly string[]>;
  stagesOf(id: string): Promise<readonly string[]>;
}

/** The most that it gives in one page. */
const pageSize = 500;

export function createApiGateway(session: AwsSession): ApiGateway {
  const { region, credentials, retry } = session;
  const client = new APIGatewayClient({
    region,
    maxAttempts: 1,
    ...(credentials === undefined ? {} : { credentials }),
  });
  // IAM knows the verbs of API Gateway, not its operations.
  const read = <T>(call: () => Promise<T>) => withRetries(retry, 'apigateway:GET', 'any-number', call);

  return {
    async idsOf(name) {
      const ids: string[] = [];
      let position: string | undefined;
      do {
        const command = new GetRestApisCommand({ limit: pageSize, position });
        const answer = await read(() => client.send(command));
        for (const api of answer.items ?? []) if (api.name === name && api.id !== undefined) ids.push(api.id);
        position = answer.position;
      } while (position !== undefined);
      return ids;
    },
    async stagesOf(restApiId) {
      const { item = [] } = await read(() => client.send(new GetStagesCommand({ restApiId })));
      return item.flatMap(({ stageName }) => stageName ?? []);
    },
  };
}
