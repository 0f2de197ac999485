import * as cfn from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { failureOf } from '../wire/harness.ts';
import { changeSet, openWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.lab.close());

const app = (code: string, more = '') => `
Transform: AWS::Serverless-2016-10-31
Globals: { Function: { Runtime: nodejs24.x, Environment: { Variables: { A: '1' } } } }
Resources:
  Api: { Type: AWS::Serverless::HttpApi }
  Shop:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      CodeUri: ${code}
      Environment: { Variables: { B: '2' } }
      Events: { Home: { Type: HttpApi, Properties: { ApiId: !Ref Api, Method: get, Path: '/items/{id}' } } }
${more}`;

const create = (name: string, TemplateBody: string, capabilities: cfn.Capability[] = ['CAPABILITY_IAM']) =>
  changeSet(world, {
    ...{ StackName: name, ChangeSetName: name, ChangeSetType: 'CREATE', TemplateBody, Capabilities: capabilities },
  });

test('the change set shows what the transform makes', async () => {
  const { Status, Changes = [] } = await create('shown', app('s3://code/shop'));
  expect(Status).toBe('CREATE_COMPLETE');
  expect(
    Changes.map(({ ResourceChange }) => `${ResourceChange?.LogicalResourceId} ${ResourceChange?.ResourceType}`).sort(),
  ).toEqual([
    'Api AWS::ApiGatewayV2::Api',
    'ApiApiGatewayDefaultStage AWS::ApiGatewayV2::Stage',
    'Shop AWS::Lambda::Function',
    'ShopHomePermission AWS::Lambda::Permission',
    'ShopRole AWS::IAM::Role',
  ]);
});

test('both stages of the template can be read, and what is common is in each function', async () => {
  await create('stages', app('s3://code/shop'));
  const stage = async (TemplateStage: cfn.TemplateStage) => {
    const command = new cfn.GetTemplateCommand({ StackName: 'stages', ChangeSetName: 'stages', TemplateStage });
    return (await world.client.send(command)).TemplateBody ?? '';
  };
  expect(await stage('Original')).toBe(app('s3://code/shop'));
  expect(JSON.parse(await stage('Processed'))).toMatchObject({
    Resources: {
      Shop: {
        Properties: {
          Code: { S3Bucket: 'code', S3Key: 'shop' },
          Runtime: 'nodejs24.x',
          Environment: { Variables: { A: '1', B: '2' } },
        },
      },
    },
  });
});

describe('what is wrong with the outcome fails the change set, not the request', () => {
  test.each([
    ['code', app('src/'), ['CAPABILITY_IAM'], /Resource with id \[Shop\] is invalid. 'CodeUri' is not a valid S3 Uri/],
    ['acknowledged', app('s3://code/shop'), [], /^Requires capabilities : \[CAPABILITY_IAM\]$/],
  ] as const)('%s', async (name, body, capabilities, reason) => {
    const { Status, StatusReason } = await create(name, body, [...capabilities]);
    expect(Status).toBe('FAILED');
    expect(StatusReason).toMatch(reason);
  });
});

test.each([
  ['a type', app('s3://code/shop', '  T: { Type: AWS::Serverless::StateMachine, Properties: {} }'), /StateMachine/],
  [
    'a property',
    app('s3://code/shop').replace('Handler:', 'AutoPublishAlias: live\n      Handler:'),
    /AutoPublishAlias/,
  ],
  ['an event', app('s3://code/shop').replace('Type: HttpApi, Properties', 'Type: Schedule, Properties'), /Schedule/],
  [
    'another transform',
    'Transform: AWS::LanguageExtensions\nResources: { T: { Type: AWS::SNS::Topic } }',
    /LanguageExtensions/,
  ],
])('%s that is not modelled is refused by name', async (_, TemplateBody, name) => {
  const failure = await failureOf(
    world.client.send(
      new cfn.CreateChangeSetCommand({ StackName: 'no', ChangeSetName: 'no', ChangeSetType: 'CREATE', TemplateBody }),
    ),
  );
  expect(failure.message).toMatch(name);
});
