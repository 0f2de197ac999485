import { NotModelled } from '../../../wire/not-modelled.ts';
import type { Json, ResourceDeclaration } from '../template/parse.ts';

/** One event of a function: `get`, `/notes/{id}`, and the logical id of the function. */
export interface ApiRoute {
  readonly method: string;
  readonly path: string;
  readonly function: string;
}

/** https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-httpapi.html : its routes are those of the events. */
export function expandHttpApi(
  id: string,
  { Properties = {}, Condition }: ResourceDeclaration,
  routes: readonly ApiRoute[],
): Readonly<Record<string, ResourceDeclaration>> {
  const [other] = Object.keys(Properties);
  if (other !== undefined) throw new NotModelled(`with ${other} of a serverless HTTP API`);
  if (Condition !== undefined) throw new NotModelled('with a condition on a serverless HTTP API');
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: operationOf(route) };
  }
  return {
    [id]: {
      Type: 'AWS::ApiGatewayV2::Api',
      Properties: {
        Body: {
          openapi: '3.0.1',
          info: { version: '1.0', title: { Ref: 'AWS::StackName' } },
          paths,
          tags: [{ name: 'httpapi:createdBy', 'x-amazon-apigateway-tag-value': 'SAM' }],
        },
      },
    },
    [`${id}ApiGatewayDefaultStage`]: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: {
        ApiId: { Ref: id },
        StageName: '$default',
        AutoDeploy: true,
        Tags: { 'httpapi:createdBy': 'SAM' },
      },
    },
  };
}

function operationOf(route: ApiRoute): Json {
  const parameters = [...route.path.matchAll(/\{([^}+]+)\+?\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
  }));
  const invocation = `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${route.function}.Arn}/invocations`;
  return {
    'x-amazon-apigateway-integration': {
      type: 'aws_proxy',
      httpMethod: 'POST',
      uri: { 'Fn::Sub': invocation },
      payloadFormatVersion: '2.0',
    },
    responses: {},
    ...(parameters.length === 0 ? {} : { parameters }),
  };
}
