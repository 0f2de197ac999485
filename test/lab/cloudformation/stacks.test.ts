import * as cfn from '@aws-sdk/client-cloudformation';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { failureOf } from '../wire/harness.ts';
import { changeSet, events, lines, openWorld, place, shop, stack, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(async () => {
  expect(world.defects).toEqual([]);
  await world.lab.close();
});

const send = <T>(command: Promise<T>) => command;

describe('a new stack', () => {
  test('is only looked at until its change set is executed, and is followed by operation and token', async () => {
    const made = await changeSet(world, { ChangeSetType: 'CREATE', TemplateBody: shop });
    expect(made).toMatchObject({ Status: 'CREATE_COMPLETE', ExecutionStatus: 'AVAILABLE' });
    expect(
      made.Changes?.map(each => `${each.ResourceChange?.Action} ${each.ResourceChange?.LogicalResourceId}`),
    ).toEqual(['Add Topic', 'Add Table', 'Add Name']);
    expect((await stack(world)).StackStatus).toBe('REVIEW_IN_PROGRESS');
    await world.client.send(
      new cfn.ExecuteChangeSetCommand({ ChangeSetName: made.ChangeSetId, ClientRequestToken: 'token-1' }),
    );
    expect((await stack(world)).StackStatus).toBe('CREATE_IN_PROGRESS');
    await world.pass(60);
    const done = await stack(world);
    expect(done).toMatchObject({ StackStatus: 'CREATE_COMPLETE', ChangeSetId: made.ChangeSetId });
    expect(done.Outputs?.find(each => each.OutputKey === 'TableName')?.OutputValue).toBe('shop-orders');
    expect(done.Parameters).toContainEqual({ ParameterKey: 'Secret', ParameterValue: '****' });
    const own = (await events(world)).filter(event => event.ClientRequestToken === 'token-1');
    expect(new Set(own.map(event => event.OperationId))).toEqual(new Set([done.LastOperations?.[0]?.OperationId]));
    // What needs another waits for it.
    const order = lines(own);
    expect(order.indexOf('Name CREATE_IN_PROGRESS')).toBeGreaterThan(order.indexOf('Table CREATE_COMPLETE'));
    expect(order.at(-1)).toBe('shop CREATE_COMPLETE');
  });

  test('that fails is rolled back: the root cause first, the others cancelled', async () => {
    world.world.behave(place, 'shop', 'Topic', {
      takes: 5_000,
      fails: [{ on: 'create', reason: 'Invalid parameter: Topic Name' }],
    });
    const made = await changeSet(world, { ChangeSetType: 'CREATE', TemplateBody: shop });
    await world.client.send(
      new cfn.ExecuteChangeSetCommand({ ChangeSetName: made.ChangeSetId, ClientRequestToken: 't' }),
    );
    await world.pass(90);
    const failed = (await events(world)).filter(event => event.ResourceStatus === 'CREATE_FAILED');
    expect(failed.map(event => `${event.LogicalResourceId}: ${event.ResourceStatusReason}`)).toEqual([
      'Topic: Invalid parameter: Topic Name',
      'Table: Resource creation cancelled',
    ]);
    const done = await stack(world);
    expect(done.StackStatus).toBe('ROLLBACK_COMPLETE');
    expect(done.LastOperations?.map(each => each.OperationType)).toEqual(['ROLLBACK', 'CREATE_STACK']);
    const refused = await failureOf(send(changeSet(world, { TemplateBody: shop, ChangeSetName: 'next' })));
    expect(refused).toMatchObject({
      name: 'ValidationError',
      message: expect.stringMatching(/is in ROLLBACK_COMPLETE state and can not be updated/),
    });
  });
});

describe('an update', () => {
  beforeEach(() => {
    world.world.putStack(place, { name: 'shop', template: shop });
  });

  test('of nothing is an empty change set', async () => {
    const made = await changeSet(world, { UsePreviousTemplate: true });
    expect(made).toMatchObject({
      Status: 'FAILED',
      ExecutionStatus: 'UNAVAILABLE',
      StatusReason:
        "The submitted information didn't contain changes. Submit different information to create a change set.",
    });
    const refused = await failureOf(
      world.client.send(new cfn.ExecuteChangeSetCommand({ ChangeSetName: made.ChangeSetId })),
    );
    expect(refused.name).toBe('InvalidChangeSetStatusException');
  });

  test('tells replacement from modification, and what depends on it', async () => {
    const template = shop
      .replace("'${AWS::StackName}-orders'", "'${AWS::StackName}-orders-2'")
      .replace('Shop', 'Store');
    const { Changes = [] } = await changeSet(world, { TemplateBody: template });
    expect(
      Changes.map(({ ResourceChange: each }) => [each?.LogicalResourceId, each?.Action, each?.Replacement]),
    ).toEqual([
      ['Topic', 'Modify', 'False'],
      ['Table', 'Modify', 'True'],
      ['Name', 'Modify', 'False'],
    ]);
    expect(Changes[1]?.ResourceChange?.PolicyAction).toBe('ReplaceAndDelete');
    expect(Changes[2]?.ResourceChange?.Details?.[0]).toMatchObject({
      Evaluation: 'Dynamic',
      ChangeSource: 'ResourceAttribute',
    });
    await world.client.send(new cfn.ExecuteChangeSetCommand({ ChangeSetName: 'change', StackName: 'shop' }));
    await world.pass(90);
    expect((await stack(world)).StackStatus).toBe('UPDATE_COMPLETE');
    expect(world.world.stack(place, 'shop')?.resources.get('Table')?.physicalId).toBe('shop-orders-2');
    expect(lines(await events(world))).toContain('shop UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
    // It was executed: only its ARN finds it.
    const gone = await failureOf(
      world.client.send(new cfn.DescribeChangeSetCommand({ ChangeSetName: 'change', StackName: 'shop' })),
    );
    expect(gone.name).toBe('ChangeSetNotFoundException');
  });

  test('that fails goes back, with its own token, as an operation of its own', async () => {
    world.world.behave(place, 'shop', 'Name', { fails: [{ on: 'update', reason: 'no' }] });
    const template = shop
      .replace('Type: String, Value: !GetAtt Table.Arn', 'Type: String, Value: other')
      .replace('Shop', 'Store');
    const { ChangeSetId } = await changeSet(world, { TemplateBody: template });
    await world.client.send(
      new cfn.ExecuteChangeSetCommand({ ChangeSetName: ChangeSetId, ClientRequestToken: 'mine' }),
    );
    await world.pass(60);
    const own = (await events(world)).filter(event => event.ClientRequestToken === 'mine');
    expect(lines(own).filter(line => line.startsWith('shop '))).toEqual([
      'shop UPDATE_IN_PROGRESS',
      'shop UPDATE_ROLLBACK_IN_PROGRESS',
      'shop UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
      'shop UPDATE_ROLLBACK_COMPLETE',
    ]);
    expect(new Set(own.map(event => event.OperationId)).size).toBe(2);
    expect(world.world.stack(place, 'shop')?.resources.get('Topic')?.properties).toEqual({ DisplayName: 'Shop 1' });
    expect((await world.client.send(new cfn.GetTemplateCommand({ StackName: 'shop' }))).TemplateBody).toBe(shop);
  });

  test('whose way back fails is stuck until somebody goes on with it', async () => {
    world.world.behave(place, 'shop', 'Topic', { fails: [{ on: 'rollback', reason: 'gone', times: 1 }] });
    world.world.behave(place, 'shop', 'Name', { takes: 20_000, fails: [{ on: 'update', reason: 'no' }] });
    const template = shop
      .replace('Type: String, Value: !GetAtt Table.Arn', 'Type: String, Value: other')
      .replace('Shop', 'Store');
    const { ChangeSetId } = await changeSet(world, { TemplateBody: template });
    await world.client.send(new cfn.ExecuteChangeSetCommand({ ChangeSetName: ChangeSetId }));
    await world.pass(90);
    expect((await stack(world)).StackStatus).toBe('UPDATE_ROLLBACK_FAILED');
    await world.client.send(new cfn.ContinueUpdateRollbackCommand({ StackName: 'shop' }));
    await world.pass(60);
    expect((await stack(world)).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  });

  test('can be cancelled only while it is under way', async () => {
    const cancel = () => world.client.send(new cfn.CancelUpdateStackCommand({ StackName: 'shop' }));
    expect((await failureOf(cancel())).message).toBe('CancelUpdateStack cannot be called from current stack status');
    const { ChangeSetId } = await changeSet(world, { TemplateBody: shop.replace('Shop', 'Store') });
    await world.client.send(new cfn.ExecuteChangeSetCommand({ ChangeSetName: ChangeSetId }));
    await world.pass(2);
    await cancel();
    await world.pass(40);
    expect((await stack(world)).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  });

  test('makes other change sets obsolete', async () => {
    const one = await changeSet(world, { TemplateBody: shop.replace('Shop', 'Store'), ChangeSetName: 'one' });
    const two = await changeSet(world, { TemplateBody: shop.replace('Shop', 'Stall'), ChangeSetName: 'two' });
    await world.client.send(new cfn.ExecuteChangeSetCommand({ ChangeSetName: two.ChangeSetId }));
    await world.pass(2);
    const refused = await failureOf(
      world.client.send(new cfn.ExecuteChangeSetCommand({ ChangeSetName: one.ChangeSetId })),
    );
    expect(refused).toMatchObject({
      name: 'InvalidChangeSetStatusException',
      message: expect.stringMatching(/OBSOLETE/),
    });
    await world.pass(60);
  });
});

describe('other ends', () => {
  test('termination protection, exports in use, what is retained', async () => {
    world.world.putStack(place, { name: 'shop', template: shop, protected: true });
    const remove = () => world.client.send(new cfn.DeleteStackCommand({ StackName: 'shop' }));
    expect((await failureOf(remove())).message).toBe(
      'Stack [shop] cannot be deleted while TerminationProtection is enabled',
    );
    await world.client.send(
      new cfn.UpdateTerminationProtectionCommand({ StackName: 'shop', EnableTerminationProtection: false }),
    );
    world.world.putStack(place, {
      name: 'other',
      template:
        'Resources: { Alert: { Type: AWS::SNS::Subscription, Properties: { Protocol: email, TopicArn: !ImportValue shop-topic } } }',
    });
    expect((await failureOf(remove())).message).toMatch(/Export shop-topic cannot be deleted as it is in use by other/);
    world.world.remove(place, 'other');
    await remove();
    await world.pass(40);
    expect((await failureOf(stack(world))).message).toBe('Stack with id shop does not exist');
  });

  test('drift is found by looking', async () => {
    world.world.putStack(place, { name: 'shop', template: shop });
    world.world.drift(place, 'shop', 'Topic', { kind: 'modified', properties: { DisplayName: 'by hand' } });
    const { StackDriftDetectionId } = await world.client.send(new cfn.DetectStackDriftCommand({ StackName: 'shop' }));
    const look = () => world.client.send(new cfn.DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId }));
    expect((await look()).DetectionStatus).toBe('DETECTION_IN_PROGRESS');
    await world.pass(10);
    expect(await look()).toMatchObject({
      DetectionStatus: 'DETECTION_COMPLETE',
      StackDriftStatus: 'DRIFTED',
      DriftedStackResourceCount: 1,
    });
    const { StackResourceDrifts } = await world.client.send(
      new cfn.DescribeStackResourceDriftsCommand({
        StackName: 'shop',
        StackResourceDriftStatusFilters: ['MODIFIED', 'DELETED'],
      }),
    );
    expect(StackResourceDrifts?.[0]).toMatchObject({
      LogicalResourceId: 'Topic',
      PropertyDifferences: [{ PropertyPath: '/DisplayName', ExpectedValue: '"Shop 1"', ActualValue: '"by hand"' }],
    });
  });

  test('a resource is brought in by an import', async () => {
    world.world.putStack(place, { name: 'shop', template: shop });
    const template = shop.replace(
      '  Name:\n',
      '  Old:\n    Type: AWS::S3::Bucket\n    DeletionPolicy: Retain\n    Properties: { BucketName: old }\n  Name:\n',
    );
    const made = await changeSet(world, {
      TemplateBody: template,
      ChangeSetType: 'IMPORT',
      ResourcesToImport: [
        { LogicalResourceId: 'Old', ResourceType: 'AWS::S3::Bucket', ResourceIdentifier: { BucketName: 'old' } },
      ],
    });
    expect(made.Changes?.map(each => each.ResourceChange?.Action)).toEqual(['Import']);
    await world.client.send(new cfn.ExecuteChangeSetCommand({ ChangeSetName: made.ChangeSetId }));
    await world.pass(20);
    expect((await stack(world)).StackStatus).toBe('IMPORT_COMPLETE');
  });

  test('a nested stack that fails takes its parent back with it', async () => {
    const url = 'https://templates.s3.ap-southeast-2.amazonaws.com/queue.yml';
    const inner = (name: string) =>
      `Resources: { Queue: { Type: AWS::SNS::Topic, Properties: { DisplayName: ${name} } } }\nOutputs: { Arn: { Value: !Ref Queue } }`;
    world.world.putTemplate(url, inner('one'));
    const outer = (extra: string) =>
      `Resources:\n  Inner: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: '${url}'${extra} } }\n  Copy: { Type: AWS::SSM::Parameter, Properties: { Type: String, Value: !GetAtt Inner.Outputs.Arn } }`;
    const made = await changeSet(world, { ChangeSetType: 'CREATE', TemplateBody: outer('') });
    await world.client.send(new cfn.ExecuteChangeSetCommand({ ChangeSetName: made.ChangeSetId }));
    await world.pass(60);
    expect((await stack(world)).StackStatus).toBe('CREATE_COMPLETE');
    world.world.putTemplate(url, inner('two'));
    world.world.behave(place, 'shop/Inner', 'Queue', { fails: [{ on: 'update', reason: 'not two' }] });
    const next = await changeSet(world, { TemplateBody: outer(', Tags: [{ Key: a, Value: b }]') });
    expect(next.Changes?.map(each => each.ResourceChange?.LogicalResourceId)).toEqual(['Inner', 'Copy']);
    await world.client.send(new cfn.ExecuteChangeSetCommand({ ChangeSetName: next.ChangeSetId }));
    await world.pass(90);
    expect((await stack(world)).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    const failed = (await events(world)).find(event => event.ResourceStatus === 'UPDATE_FAILED');
    expect(failed?.ResourceStatusReason).toMatch(
      /^Embedded stack arn:.* was not successfully updated. Currently in UPDATE_ROLLBACK_COMPLETE/,
    );
    const child = await events(world, failed?.PhysicalResourceId);
    expect(child.find(event => event.ResourceStatus === 'UPDATE_FAILED')?.ResourceStatusReason).toBe('not two');
  });
});
