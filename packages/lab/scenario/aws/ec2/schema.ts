import * as z from 'zod/mini';
import { account, described, form, text } from '../../schema/words.ts';

/** EC2 in a scenario: instances that somebody looks at. */

const checks = ['ok', 'impaired', 'initializing', 'insufficient-data'] as const;
const id = described(
  z.string().check(form(/^i-[0-9a-f]{17}$/, 'is no instance id such as i-0123456789abcdef0')),
  'Its id, such as i-0123456789abcdef0.',
);
const state = {
  state: z.optional(described(z.enum(['pending', 'running', 'stopping', 'stopped']), 'running unless said.')),
  instance: z.optional(described(z.enum(checks), 'Its instance status check; ok unless said.')),
  system: z.optional(described(z.enum(checks), 'Its system status check; ok unless said.')),
};

export const instance = z.strictObject({
  account: account('The AWS account, in quotes.'),
  id,
  zone: z.optional(text('Its availability zone; the first one of the region unless said.')),
  ...state,
});

/** Instances behind a load balancer, which a pipeline deploys to. */
export const website = z.strictObject({
  account: account('The AWS account, in quotes.'),
  host: text('The name under which it answers.'),
  'load-balancer': text('Its load balancer, which is made.'),
  'target-group': text('Its target group, which is made.'),
  'health-check': text('The path that the load balancer asks.'),
  instances: described(z.array(z.string()), 'The ids of its instances.'),
  application: text('Which of `applications` they run.'),
  version: text('The version that runs before the pipeline has ever deployed.'),
  pipeline: text('The pipeline that deploys it.'),
  stage: text('The stage that does; the commit that it ran last is what runs.'),
  file: text('A JSON file of that commit, whose `version` is the version that runs.'),
  environment: z.optional(
    text('The environment of the repository whose jobs alone its account’s release role trusts; any unless said.'),
  ),
});

export const instanceHappenings = {
  'set-instance': z.optional(
    described(
      z.strictObject({ account: account('The account.'), id, ...state }),
      'An instance of EC2 changes its state or its status checks.',
    ),
  ),
};
