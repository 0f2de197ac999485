import * as model from '@aws-sdk/client-sns';
import type { LabClock } from '../../clock/clock.ts';
import { modelOnly } from '../../wire/not-modelled.ts';
import { createPlaces } from '../../wire/places.ts';
import type { Call, Service } from '../../wire/service.ts';
import { createIds } from '../ecs/ids.ts';
import { invalid } from './errors.ts';
import { readMessage } from './publish.ts';
import type { Subscription, Topic, Topics } from './state.ts';
import { listSubscriptions, theTopic, topicAttributes } from './topics.ts';

/** The topics of one account and region. */
export interface SnsPlace {
  /** Answers its ARN. */
  addTopic(name: string, displayName?: string): string;
  addSubscription(topic: string, subscription: Omit<Subscription, 'arn'>): void;
  /** Somebody follows the link that was sent to them, or unsubscribes. */
  confirm(topic: string, endpoint: string): void;
  unsubscribe(topic: string, endpoint: string): void;
  removeTopic(name: string): void;
  /** Undefined when there is no such topic. */
  topic(name: string): Topic | undefined;
}

export interface SnsWorld {
  readonly service: Service;
  at(account: string, region: string): SnsPlace;
}

/** Topics as those see them who publish. README.md beside this says where each behaviour is from, and what is not modelled. */
export function createSns({ clock }: { readonly clock: LabClock }): SnsWorld {
  const places = createPlaces((): Topics => new Map());
  const ids = createIds('sns');
  const find = (arn: string, call: Call) => theTopic(places.at(call.account, call.region), arn, call);

  function publish(input: model.PublishCommandInput, call: Call): model.PublishResponse {
    // Phones and applications, and what belongs to FIFO topics, are not modelled.
    modelOnly(input, 'TopicArn', 'TargetArn', 'Message', 'Subject', 'MessageStructure', 'MessageAttributes');
    const { TopicArn, TargetArn } = input;
    const arn = TopicArn ?? TargetArn;
    if (arn === undefined || (TopicArn !== undefined && TargetArn !== undefined)) {
      throw invalid('TopicArn or TargetArn Reason: exactly one of them is required');
    }
    const topic = find(arn, call);
    const id = ids.uuid('message');
    topic.published.push({ id, at: clock.now(), by: call.principal, ...readMessage(input) });
    return { MessageId: id };
  }

  const service: Service = {
    id: 'sns',
    model,
    // Its page says so; Publish has thousands a second, which nobody here comes near.
    buckets: [{ operations: ['ListSubscriptionsByTopic'], burst: 30, refill: 30 }],
    resource: (_operation, input) => {
      const arn = input.TopicArn ?? input.TargetArn;
      return typeof arn === 'string' ? arn : undefined;
    },
    operations: {
      Publish: publish,
      GetTopicAttributes: ({ TopicArn = '' }: model.GetTopicAttributesCommandInput, call: Call) =>
        topicAttributes(find(TopicArn, call)),
      ListSubscriptionsByTopic(input: model.ListSubscriptionsByTopicCommandInput, call: Call) {
        modelOnly(input, 'TopicArn', 'NextToken');
        return listSubscriptions(find(input.TopicArn ?? '', call), input.NextToken);
      },
    },
  };

  function at(account: string, region: string): SnsPlace {
    const topics = places.at(account, region);
    const arnOf = (name: string) => `arn:aws:sns:${region}:${account}:${name}`;
    const own = (name: string): Topic => {
      const topic = topics.get(arnOf(name));
      if (topic === undefined) throw new Error(`There is no topic ${name} in ${account} ${region}`);
      return topic;
    };
    const subscriber = (topic: string, endpoint: string): Subscription => {
      const found = own(topic).subscriptions.find(each => each.endpoint === endpoint);
      if (found === undefined) throw new Error(`${endpoint} has not subscribed to ${topic}`);
      return found;
    };
    return {
      addTopic(name, displayName = '') {
        const arn = arnOf(name);
        if (topics.has(arn)) throw new Error(`There is a topic ${name} already`);
        topics.set(arn, { name, arn, account, displayName, subscriptions: [], deleted: 0, published: [] });
        return arn;
      },
      addSubscription: (topic, subscription) =>
        void own(topic).subscriptions.push({ ...subscription, arn: `${arnOf(topic)}:${ids.uuid('subscription')}` }),
      confirm(topic, endpoint) {
        subscriber(topic, endpoint).confirmed = true;
      },
      unsubscribe(topic, endpoint) {
        const { subscriptions } = own(topic);
        subscriptions.splice(subscriptions.indexOf(subscriber(topic, endpoint)), 1);
        own(topic).deleted += 1;
      },
      removeTopic: name => void topics.delete(own(name).arn),
      topic: name => topics.get(arnOf(name)),
    };
  }

  return { service, at };
}
