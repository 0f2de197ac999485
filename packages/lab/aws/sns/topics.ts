import type * as model from '@aws-sdk/client-sns';
import { cutPage } from '../../wire/paging.ts';
import { type Call, ServiceError } from '../../wire/service.ts';
import { invalid } from './errors.ts';
import type { Subscription, Topic, Topics } from './state.ts';

/** The topic of an ARN, which has to be of the region that is asked. */
export function theTopic(topics: Topics, arn: string, { region, account, principal }: Call): Topic {
  const [, , service, where, owner, name] = arn.split(':');
  const isArn = arn.startsWith('arn:') && service === 'sns' && /^\d{12}$/.test(owner ?? '') && (name ?? '') !== '';
  if (!isArn || where !== region) throw invalid('TopicArn');
  const topic = topics.get(arn);
  if (topic !== undefined) return topic;
  // Of another account nobody says whether it is there: its policy lets only that account in.
  if (owner !== account) {
    const message = `User: ${principal} is not authorized to access ${arn} because no resource-based policy allows it`;
    throw new ServiceError('AuthorizationError', message);
  }
  throw new ServiceError('NotFound', 'Topic does not exist');
}

const actions = [
  'GetTopicAttributes',
  'SetTopicAttributes',
  'AddPermission',
  'RemovePermission',
  'DeleteTopic',
  'Subscribe',
  'ListSubscriptionsByTopic',
  'Publish',
];

/** The policy of a topic that was given none: everything for the owner’s account. */
function usualPolicy({ arn, account }: Topic): string {
  return JSON.stringify({
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: actions.map(action => `SNS:${action}`),
        Resource: arn,
        Condition: { StringEquals: { 'AWS:SourceOwner': account } },
      },
    ],
  });
}

/** https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html : all of them texts; delivery policies are not modelled. */
export function topicAttributes(topic: Topic): model.GetTopicAttributesResponse {
  const confirmed = topic.subscriptions.filter(subscription => subscription.confirmed).length;
  return {
    Attributes: {
      TopicArn: topic.arn,
      Owner: topic.account,
      DisplayName: topic.displayName,
      Policy: usualPolicy(topic),
      SubscriptionsConfirmed: String(confirmed),
      SubscriptionsPending: String(topic.subscriptions.length - confirmed),
      SubscriptionsDeleted: String(topic.deleted),
    },
  };
}

/** https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html : a hundred a page. */
export function listSubscriptions(topic: Topic, token: string | undefined): model.ListSubscriptionsByTopicResponse {
  const page = cutPage(topic.subscriptions, topic.arn, token, 100);
  if (page === undefined) throw invalid('NextToken');
  return { Subscriptions: page.items.map(each => subscriptionView(topic, each)), NextToken: page.next };
}

/**
 * One that nobody has confirmed has no ARN yet, and says so in its place:
 * https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html
 */
function subscriptionView(topic: Topic, { arn, confirmed, protocol, endpoint }: Subscription): model.Subscription {
  return {
    SubscriptionArn: confirmed ? arn : 'PendingConfirmation',
    Owner: topic.account,
    Protocol: protocol,
    Endpoint: endpoint,
    TopicArn: topic.arn,
  };
}
