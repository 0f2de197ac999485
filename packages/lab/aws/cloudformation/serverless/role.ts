import { NotModelled } from '../../../wire/not-modelled.ts';
import { isRecord, type Json, type ResourceDeclaration } from '../template/parse.ts';

export const createdBySam = { Key: 'lambda:createdBy', Value: 'SAM' } as const;

/** The role of a function that names none: Lambda’s own policy, and a policy for each entry of `Policies`. */
export function roleOf(id: string, policies: unknown): ResourceDeclaration {
  const listed = policies === undefined ? [] : [policies].flat();
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Action: ['sts:AssumeRole'], Effect: 'Allow', Principal: { Service: ['lambda.amazonaws.com'] } }],
      },
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
      ...(listed.length === 0
        ? {}
        : {
            Policies: listed.map((policy, index) => ({
              PolicyName: `${id}RolePolicy${index}`,
              PolicyDocument: documentOf(policy),
            })),
          }),
      Tags: [createdBySam],
    },
  };
}

/** A document as it is, or a template of SAM with its parameters. */
function documentOf(policy: unknown): Json {
  if (!isRecord(policy)) throw new NotModelled('with a managed policy of a serverless function');
  if (policy.Statement !== undefined) return policy;
  const [name = '', parameters] = Object.entries(policy)[0] ?? [];
  const make = templates[name];
  if (make === undefined || !isRecord(parameters)) throw new NotModelled(`with the policy template ${name}`);
  return make(parameters);
}

/** https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-policy-templates.html */
const templates: Readonly<Record<string, (parameters: Json) => Json>> = {
  DynamoDBCrudPolicy: ({ TableName }) =>
    onTable(TableName, [
      'GetItem',
      'DeleteItem',
      'PutItem',
      'Scan',
      'Query',
      'UpdateItem',
      'BatchWriteItem',
      'BatchGetItem',
      'DescribeTable',
      'ConditionCheckItem',
    ]),
  DynamoDBReadPolicy: ({ TableName }) =>
    onTable(TableName, ['GetItem', 'Scan', 'Query', 'BatchGetItem', 'DescribeTable']),
};

function onTable(tableName: unknown, actions: readonly string[]): Json {
  const table = `arn:\${AWS::Partition}:dynamodb:\${AWS::Region}:\${AWS::AccountId}:table/\${tableName}`;
  return {
    Statement: [
      {
        Action: actions.map(action => `dynamodb:${action}`),
        Effect: 'Allow',
        Resource: [table, `${table}/index/*`].map(arn => ({ 'Fn::Sub': [arn, { tableName }] })),
      },
    ],
  };
}
