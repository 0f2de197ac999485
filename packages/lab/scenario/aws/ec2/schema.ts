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

export const instanceHappenings = {
  'set-instance': z.optional(
    described(
      z.strictObject({ account: account('The account.'), id, ...state }),
      'An instance of EC2 changes its state or its status checks.',
    ),
  ),
};
