import * as cfn from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { failureOf } from '../wire/harness.ts';
import { openWorld, shop, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.lab.close());

const resources = 'Resources: { Topic: { Type: AWS::SNS::Topic } }';
const role = (properties: string) =>
  `Resources: { Role: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: {}${properties} } } }`;

describe('a template is refused in CloudFormation’s words', () => {
  test.each([
    ['{ "Resources": ', /^Template format error: JSON not well-formed/],
    ['Resources:\n  A: [', /^Template format error: YAML not well-formed. \(line \d+, column \d+\)/],
    ['Description: nothing', /At least one Resources member must be defined/],
    [`${resources}\nResource: {}`, /Invalid template property or properties \[Resource\]/],
    ['Resources: { A: {} }', /\[\/Resources\/A\] Every Resources object must contain a Type member/],
    [
      'Resources: { A: { Type: AWS::SNS::Topic, Properties: { DisplayName: !Ref B } } }',
      /Unresolved resource dependencies \[B\] in the Resources block/,
    ],
    [
      'Resources: { A: { Type: AWS::SNS::Topic, Properties: { DisplayName: !GetAtt B.Arn } } }',
      /instance of Fn::GetAtt references undefined resource B/,
    ],
    [
      'Resources: { A: { Type: AWS::SNS::Topic, DependsOn: B }, B: { Type: AWS::SNS::Topic, DependsOn: A } }',
      /Circular dependency between resources: \[A, B\]/,
    ],
  ])('%s', async (TemplateBody, message) => {
    const error = await failureOf(world.client.send(new cfn.ValidateTemplateCommand({ TemplateBody })));
    expect(error).toMatchObject({ name: 'ValidationError', message: expect.stringMatching(message) });
  });

  test('one that is too large for a body', async () => {
    const TemplateBody = `${resources}\n# ${'x'.repeat(51_200)}`;
    const error = await failureOf(world.client.send(new cfn.ValidateTemplateCommand({ TemplateBody })));
    expect(error.message).toMatch(
      /'templateBody' failed to satisfy constraint: Member must have length less than or equal to 51200/,
    );
  });
});

describe('a change set is refused at once', () => {
  const create = (input: Partial<cfn.CreateChangeSetCommandInput>) =>
    failureOf(
      world.client.send(
        new cfn.CreateChangeSetCommand({ StackName: 'new', ChangeSetName: 'one', ChangeSetType: 'CREATE', ...input }),
      ),
    );
  const needs = 'Parameters: { A: { Type: String }, B: { Type: Number }, C: { Type: String, AllowedValues: [x, y] } }';

  test.each<[string, Partial<cfn.CreateChangeSetCommandInput>, RegExp]>([
    ['values are missing', { TemplateBody: `${needs}\n${resources}` }, /^Parameters: \[A, B, C\] must have values$/],
    [
      'values for nothing',
      { TemplateBody: resources, Parameters: [{ ParameterKey: 'Z', ParameterValue: '1' }] },
      /^Parameters: \[Z\] do not exist in the template$/,
    ],
    [
      'a value that is not allowed',
      {
        TemplateBody: `${needs}\n${resources}`,
        Parameters: [
          { ParameterKey: 'A', ParameterValue: 'a' },
          { ParameterKey: 'B', ParameterValue: '1' },
          { ParameterKey: 'C', ParameterValue: 'z' },
        ],
      },
      /^Parameter 'C' must be one of AllowedValues$/,
    ],
    ['no such stack', { TemplateBody: resources, ChangeSetType: 'UPDATE' }, /^Stack \[new\] does not exist$/],
    [
      'a name with spaces',
      { TemplateBody: resources, ChangeSetName: 'a b' },
      /'changeSetName' failed to satisfy constraint/,
    ],
  ])('%s', async (_, input, message) => {
    expect(await create(input)).toMatchObject({ name: 'ValidationError', message: expect.stringMatching(message) });
  });

  test.each([
    ['', 'CAPABILITY_IAM'],
    [', RoleName: mine', 'CAPABILITY_NAMED_IAM'],
  ])('IAM needs to be acknowledged: %s', async (properties, capability) => {
    expect(await create({ TemplateBody: role(properties) })).toMatchObject({
      name: 'InsufficientCapabilitiesException',
      message: `Requires capabilities : [${capability}]`,
    });
  });
});

test('the summary names parameters, capabilities and types', async () => {
  const summary = await world.client.send(new cfn.GetTemplateSummaryCommand({ TemplateBody: shop }));
  expect(
    summary.Parameters?.map(each => [each.ParameterKey, each.ParameterType, each.DefaultValue, each.NoEcho]),
  ).toEqual([
    ['Size', 'Number', '1', false],
    ['Secret', 'String', 'first', true],
  ]);
  expect(summary.ResourceTypes).toEqual(['AWS::SNS::Topic', 'AWS::DynamoDB::Table', 'AWS::SSM::Parameter']);
});
