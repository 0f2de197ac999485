import * as sdk from '@aws-sdk/client-sns';
import { account, region } from '../../server.ts';
import { comparison } from '../comparison.ts';

const name = 'conformance-releases';
const TopicArn = `arn:aws:sns:${region}:${account}:${name}`;

/** A topic that one address has subscribed to, without having confirmed it. */
export const sns = comparison({
  service: 'sns',
  lab({ aws }) {
    const place = aws.sns.at(account, region);
    place.addTopic(name, 'Releases');
    place.addSubscription(name, { protocol: 'email', endpoint: 'ops@example.com', confirmed: false });
  },
  async moto(client) {
    const sns = new sdk.SNSClient(client);
    await sns.send(new sdk.CreateTopicCommand({ Name: name, Attributes: { DisplayName: 'Releases' } }));
    await sns.send(new sdk.SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'ops@example.com' }));
  },
  async play({ client, call }) {
    const sns = new sdk.SNSClient(client);
    const none = `${TopicArn}-none`;
    const publish = (input: Partial<sdk.PublishCommandInput>) =>
      sns.send(new sdk.PublishCommand({ TopicArn, Message: 'v1.4.0 is in prod', ...input }));
    const text = (StringValue: string, DataType = 'String') => ({
      MessageAttributes: { a: { DataType, StringValue } },
    });

    await call('a topic', async () => {
      const { Attributes = {} } = await sns.send(new sdk.GetTopicAttributesCommand({ TopicArn }));
      return { ...Attributes, Policy: JSON.parse(Attributes.Policy ?? '') };
    });
    await call('a topic that is not there', () => sns.send(new sdk.GetTopicAttributesCommand({ TopicArn: none })));
    await call('who hears of it', () => sns.send(new sdk.ListSubscriptionsByTopicCommand({ TopicArn })));
    await call('who hears of nothing', () => sns.send(new sdk.ListSubscriptionsByTopicCommand({ TopicArn: none })));
    await call('a message', () => publish({}));
    await call('with a subject', () => publish({ Subject: 'Released' }));
    await call('with an attribute', () => publish(text('prod')));
    await call('for each protocol', () => publish({ MessageStructure: 'json', Message: '{"default":"all"}' }));
    await call('as long as it may be', () => publish({ Message: 'x'.repeat(262_144) }));
    await call('too long', () => publish({ Message: 'x'.repeat(262_145) }));
    await call('nothing', () => publish({ Message: '' }));
    await call('a subject of 99 characters', () => publish({ Subject: 'x'.repeat(99) }));
    await call('a subject of 100 characters', () => publish({ Subject: 'x'.repeat(100) }));
    await call('a subject of 101 characters', () => publish({ Subject: 'x'.repeat(101) }));
    await call('a subject of two lines', () => publish({ Subject: 'one\ntwo' }));
    await call('JSON without a default', () => publish({ MessageStructure: 'json', Message: '{"email":"x"}' }));
    await call('an attribute without a value', () => publish(text('')));
    await call('an attribute of an unknown type', () => publish(text('x', 'Text')));
    await call('a number that is none', () => publish(text('x', 'Number')));
    await call('to a topic that is not there', () => publish({ TopicArn: none }));
    await call('to an ARN that is none', () => publish({ TopicArn: 'releases' }));
  },
});
