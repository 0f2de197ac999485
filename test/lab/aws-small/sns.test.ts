import * as sns from '@aws-sdk/client-sns';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createSns, type SnsPlace } from '../../../packages/lab/aws/sns/sns.ts';
import { caller, failureOf, keys, manualClock, sendRaw, startLab, type TestLab } from '../wire/harness.ts';

let lab: TestLab;
let place: SnsPlace;
let client: sns.SNSClient;
let TopicArn: string;
let allowed: readonly string[] | undefined;

beforeEach(async () => {
  allowed = undefined;
  const manual = manualClock();
  const world = createSns({ clock: manual });
  place = world.at(caller.account, 'ap-southeast-2');
  TopicArn = place.addTopic('releases', 'Releases');
  const resolve = (key: string) =>
    key === keys.accessKeyId ? { ...caller, ...(allowed === undefined ? {} : { allowed }) } : undefined;
  lab = await startLab({ services: [world.service], manual, credentials: { resolve } });
  client = new sns.SNSClient(lab.client);
});
afterEach(async () => {
  expect(lab.defects).toEqual([]);
  await lab.close();
});

const publish = (input: Partial<sns.PublishCommandInput> = {}) =>
  client.send(new sns.PublishCommand({ TopicArn, Message: 'v1.4.0 is in prod', ...input }));
const attributesOf = async () => (await client.send(new sns.GetTopicAttributesCommand({ TopicArn }))).Attributes;
const subscriptions = (NextToken?: string) =>
  client.send(new sns.ListSubscriptionsByTopicCommand({ TopicArn, ...(NextToken === undefined ? {} : { NextToken }) }));

describe('what is published', () => {
  test('is kept as it was accepted', async () => {
    const { MessageId } = await publish({
      Subject: 'Released',
      MessageAttributes: {
        environment: { DataType: 'String', StringValue: 'prod' },
        minutes: { DataType: 'Number', StringValue: '12.5' },
        digest: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2]) },
      },
    });
    expect(place.topic('releases')?.published).toEqual([
      {
        id: MessageId,
        at: lab.clock.now(),
        by: caller.principal,
        subject: 'Released',
        message: 'v1.4.0 is in prod',
        attributes: { environment: 'prod', minutes: '12.5', digest: 'AQI=' },
      },
    ]);
  });

  test('can differ by protocol', async () => {
    await publish({ MessageStructure: 'json', Message: '{"default":"all","email":"long","sms":7}' });
    expect(place.topic('releases')?.published[0]?.message).toEqual({ default: 'all', email: 'long' });
  });

  test.each([
    ['262144 bytes', 262_144, 0],
    ['attributes that still fit', 262_144 - 18, 8],
  ])('may be long: %s', async (_name, length, value) => {
    const MessageAttributes =
      value === 0 ? undefined : { name: { DataType: 'String', StringValue: 'x'.repeat(value) } };
    await publish({ Message: 'x'.repeat(length), MessageAttributes });
    expect(place.topic('releases')?.published).toHaveLength(1);
  });

  test.each<[string, Partial<sns.PublishCommandInput>, string]>([
    ['too long by a byte, which is not a letter', { Message: `${'x'.repeat(262_143)}é` }, 'InvalidParameterException'],
    [
      'too long by its attributes',
      { Message: 'x'.repeat(262_144), MessageAttributes: { a: { DataType: 'String', StringValue: 'b' } } },
      'InvalidParameterException',
    ],
    ['nothing', { Message: '' }, 'InvalidParameterException'],
    ['a subject of 100 characters', { Subject: 'x'.repeat(100) }, 'InvalidParameterException'],
    ['a subject of two lines', { Subject: 'one\ntwo' }, 'InvalidParameterException'],
    ['another structure', { MessageStructure: 'xml' }, 'InvalidParameterException'],
    ['JSON that is none', { MessageStructure: 'json', Message: '{' }, 'InvalidParameterException'],
    ['JSON without a default', { MessageStructure: 'json', Message: '{"email":"x"}' }, 'InvalidParameterException'],
    ['to an ARN that is none', { TopicArn: 'releases' }, 'InvalidParameterException'],
    ['to another region', { TopicArn: 'arn:aws:sns:us-east-1:111111111111:releases' }, 'InvalidParameterException'],
    ['to nobody', { TopicArn: undefined }, 'InvalidParameterException'],
    ['to a topic that is not there', { TopicArn: 'arn:aws:sns:ap-southeast-2:111111111111:x' }, 'NotFoundException'],
    [
      'to a topic of somebody else',
      { TopicArn: 'arn:aws:sns:ap-southeast-2:222222222222:releases' },
      'AuthorizationErrorException',
    ],
    [
      'an attribute of an unknown type',
      { MessageAttributes: { a: { DataType: 'Text', StringValue: 'b' } } },
      'InvalidParameterValueException',
    ],
    [
      'an attribute without a value',
      { MessageAttributes: { a: { DataType: 'String' } } },
      'InvalidParameterValueException',
    ],
    [
      'a number that is none',
      { MessageAttributes: { a: { DataType: 'Number', StringValue: 'b' } } },
      'InvalidParameterValueException',
    ],
    [
      'an attribute of a name that AWS keeps',
      { MessageAttributes: { 'AWS.x': { DataType: 'String', StringValue: 'b' } } },
      'InvalidParameterValueException',
    ],
  ])('is refused: %s', async (_name, input, name) => {
    expect((await failureOf(publish(input))).name).toBe(name);
    expect(place.topic('releases')?.published).toEqual([]);
  });
});

test('a subscription that nobody has confirmed says so in place of its ARN, and is counted apart', async () => {
  place.addSubscription('releases', { protocol: 'email', endpoint: 'ops@example.com', confirmed: false });
  place.addSubscription('releases', { protocol: 'https', endpoint: 'https://example.com/hook', confirmed: true });
  expect((await subscriptions()).Subscriptions).toEqual([
    {
      SubscriptionArn: 'PendingConfirmation',
      Owner: caller.account,
      Protocol: 'email',
      Endpoint: 'ops@example.com',
      TopicArn,
    },
    expect.objectContaining({
      Protocol: 'https',
      SubscriptionArn: expect.stringMatching(`^${TopicArn}:[0-9a-f-]{36}$`),
    }),
  ]);
  expect(await attributesOf()).toMatchObject({ SubscriptionsPending: '1', SubscriptionsConfirmed: '1' });
  place.confirm('releases', 'ops@example.com');
  place.unsubscribe('releases', 'https://example.com/hook');
  expect(await attributesOf()).toMatchObject({
    TopicArn,
    DisplayName: 'Releases',
    Owner: caller.account,
    SubscriptionsPending: '0',
    SubscriptionsConfirmed: '1',
    SubscriptionsDeleted: '1',
  });
});

test('a hundred subscriptions are a page', async () => {
  for (let count = 0; count < 101; count += 1) {
    place.addSubscription('releases', { protocol: 'email', endpoint: `${count}@example.com`, confirmed: true });
  }
  const first = await subscriptions();
  expect(first.Subscriptions).toHaveLength(100);
  expect((await subscriptions(first.NextToken)).Subscriptions).toHaveLength(1);
  expect(await failureOf(subscriptions('x'))).toBeInstanceOf(sns.InvalidParameterException);
});

test('who may not is told so in its own words', async () => {
  allowed = ['sns:GetTopicAttributes'];
  expect(await failureOf(publish())).toMatchObject({
    name: 'AuthorizationErrorException',
    message: expect.stringContaining(`is not authorized to perform: sns:Publish on resource: ${TopicArn}`),
    $metadata: { httpStatusCode: 403 },
  });
  expect(place.topic('releases')?.published).toEqual([]);
});

test('ListSubscriptionsByTopic may be called thirty times a second', async () => {
  const answers = await Promise.allSettled(Array.from({ length: 31 }, () => subscriptions()));
  expect(answers.filter(answer => answer.status === 'rejected').map(answer => answer.reason.name)).toEqual([
    'Throttling',
  ]);
});

test('refuses parameters that SNS does not have, and says by name what is not modelled', async () => {
  const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const answer = await sendRaw(lab, 'sns', form, 'Action=GetTopicAttributes&Version=2010-03-31&Topic=a');
  expect([answer.status, answer.body]).toEqual([400, expect.stringContaining('<Code>MalformedInput</Code>')]);
  await failureOf(publish({ MessageGroupId: 'one' }));
  await failureOf(client.send(new sns.ListTopicsCommand({})));
  expect(lab.unmodelled).toEqual(['sns.Publish with MessageGroupId', 'sns.ListTopics']);
});
