import * as z from 'zod/mini';
import { account, count, described, duration, expects, map, text } from '../../schema/words.ts';

const on = z.enum(['create', 'update', 'delete', 'rollback']);
const texts = z.record(z.string(), z.string());

const status = z.enum([
  'CREATE_COMPLETE',
  'CREATE_FAILED',
  'REVIEW_IN_PROGRESS',
  'ROLLBACK_COMPLETE',
  'ROLLBACK_FAILED',
  'UPDATE_COMPLETE',
  'UPDATE_FAILED',
  'UPDATE_ROLLBACK_COMPLETE',
  'UPDATE_ROLLBACK_FAILED',
  'DELETE_FAILED',
]);

const stack = z.strictObject({
  account: account('The AWS account, in quotes.'),
  name: text('The stack; it has been there for a day.'),
  template: text('Its template, as YAML or JSON.'),
  parameters: z.optional(described(texts, 'Values of its parameters, by name.')),
  tags: z.optional(described(texts, 'Its tags.')),
  capabilities: z.optional(
    described(
      z.array(z.enum(['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'])),
      'As acknowledged.',
    ),
  ),
  protected: z.optional(described(z.boolean(), 'Termination protection.')),
  status: z.optional(described(status, 'Its status; CREATE_COMPLETE unless said.')),
  reason: z.optional(text('The reason of its status.')),
});

/** What a resource does when it is worked on. */
const resource = z.strictObject({
  account: account('The AWS account.'),
  stack: text('The stack.'),
  resource: text('The logical id; `Database/Table` is in the nested stack `Database`.'),
  takes: z.optional(duration('How long whatever is done to it takes.')),
  fails: z.optional(
    described(
      z.array(
        z.strictObject({
          on: described(on, 'When.'),
          reason: text('As its service says it.'),
          times: z.optional(count('How often; always unless said.')),
        }),
      ),
      'When it fails, and why.',
    ),
  ),
});

/** `aws.cloudformation`: what is there when a story begins. */
export const cloudformation = z.strictObject({
  stacks: z.optional(described(z.array(stack), 'Stacks that are there.')),
  resources: z.optional(described(z.array(resource), 'What resources do, also those that do not exist yet.')),
  templates: z.optional(described(texts, 'Templates of nested stacks, by their URL.')),
  accounts: z.optional(
    described(z.array(account('An account.')), 'Accounts that have no stack yet, but a release role.'),
  ),
});

/** What people do to stacks meanwhile. */
export const stackHappening = {
  'update-stack': z.optional(
    described(
      z.strictObject({
        account: account('The account.'),
        stack: text('The stack.'),
        template: z.optional(text('Another template; the same unless said.')),
        parameters: z.optional(described(texts, 'Parameters that change.')),
        'when-free': z.optional(
          described(z.boolean(), 'By UpdateStack, in the moment in which the operation under way has ended.'),
        ),
      }),
      'Somebody else updates a stack; it begins seven seconds later.',
    ),
  ),
  'cancel-stack-update': z.optional(
    described(
      z.strictObject({ account: account('The account.'), stack: text('The stack.') }),
      'Somebody cancels the update that is under way.',
    ),
  ),
  'drift-stack': z.optional(
    described(
      z.strictObject({
        account: account('The account.'),
        stack: text('The stack.'),
        resource: text('The logical id.'),
        properties: z.optional(
          described(z.record(z.string(), z.unknown()), 'What it was changed to; deleted unless said.'),
        ),
      }),
      'Somebody changes a resource behind CloudFormation’s back.',
    ),
  ),
  'stack-resource': z.optional(described(resource, 'From now on the resource does this.')),
  'remove-stack': z.optional(
    described(
      z.strictObject({ account: account('The account.'), stack: text('The stack.') }),
      'Somebody has deleted a stack.',
    ),
  ),
};

/** A stack as CloudFormation has it. */
export const stackExpectation = z.optional(
  described(
    z
      .strictObject({
        account: account('The account.'),
        stack: text('The stack.'),
        status: z.optional(described(z.nullable(z.string()), 'Its status; `null` when there is none of that name.')),
        outputs: z.optional(described(map(z.string()), 'Outputs that it has, among others.')),
        parameters: z.optional(described(map(z.string()), 'Parameters that it has, among others, also hidden ones.')),
        resources: z.optional(described(z.array(z.string()), 'The logical ids of all its resources, in any order.')),
        'resource-has': z.optional(described(map(z.unknown()), 'Properties of resources, as `Topic.DisplayName`.')),
        tags: z.optional(described(map(z.string()), 'All of its tags.')),
        'change-sets': z.optional(count('How many change sets wait to be executed.')),
        operations: z.optional(
          described(z.array(z.string()), 'What was done to it, the oldest first, without its creation long ago.'),
        ),
        'followed-within': z.optional(duration('From the end of its last operation to the end of the newest run.')),
      })
      .check(
        expects(
          'status',
          'outputs',
          'parameters',
          'resources',
          'resource-has',
          'tags',
          'change-sets',
          'operations',
          'followed-within',
        ),
      ),
    'A stack as CloudFormation has it.',
  ),
);
