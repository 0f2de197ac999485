import * as z from 'zod/mini';
import { account, described, expects, text } from '../../schema/words.ts';

/** Topics in a scenario: who hears, and what was said. */

const subscription = z.strictObject({
  protocol: described(z.enum(['email', 'email-json', 'https', 'sms', 'sqs', 'lambda']), 'How it is told.'),
  endpoint: text('An address, a URL, an ARN.'),
  confirmed: z.optional(described(z.boolean(), 'Whether its owner has agreed; yes unless said.')),
});

export const topic = z.strictObject({
  account: account('The AWS account, in quotes.'),
  name: text('The topic.'),
  subscriptions: z.optional(described(z.array(subscription), 'Who hears what is published.')),
});

const named = { account: account('The account.'), topic: text('The topic.') };

export const topicHappenings = {
  'confirm-subscription': z.optional(
    described(
      z.strictObject({ ...named, endpoint: text('Whose.') }),
      'Somebody follows the link that a topic has sent them.',
    ),
  ),
  unsubscribe: z.optional(
    described(z.strictObject({ ...named, endpoint: text('Who.') }), 'Somebody no longer wants to hear of a topic.'),
  ),
  'remove-topic': z.optional(described(z.strictObject(named), 'Somebody has deleted a topic.')),
};

/** What a topic was told. */
export const topicExpectation = z.optional(
  described(
    z
      .strictObject({
        ...named,
        published: z.optional(
          described(
            z.array(z.string()),
            'What each message since the beginning has in its subject or text, the oldest first; `[]` for none at all.',
          ),
        ),
        lacks: z.optional(described(z.array(z.string()), 'What no message has, in its subject, text or attributes.')),
      })
      .check(expects('published', 'lacks')),
    'What a topic of SNS was told.',
  ),
);
