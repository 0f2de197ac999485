import * as z from 'zod/mini';
import { account, count, described, duration, expects, text } from '../../schema/words.ts';

/** Tables in a scenario: whether they can be brought back, and what was. */

const recovery = {
  'point-in-time-recovery': z.optional(
    described(z.boolean(), 'Whether it can be restored to a point in time; yes unless said.'),
  ),
  'latest-restorable': z.optional(duration('How far its latest restorable time is behind; 5m unless said.')),
  'restore-takes': z.optional(duration('How long a restore of it takes; 20m unless said.')),
};

const backup = z.strictObject({
  name: text('Its name.'),
  age: duration('How long ago it was made.'),
  by: z.optional(described(z.enum(['USER', 'SYSTEM']), 'Who made it; a user unless said.')),
});

export const table = z.strictObject({
  account: account('The AWS account, in quotes.'),
  name: text('The table; it has been there for a hundred days.'),
  ...recovery,
  'recoverable-for': z.optional(
    duration('How long ago point-in-time recovery was switched on; a hundred days unless said.'),
  ),
  items: z.optional(count('How many items it has; 1000 unless said.')),
  backups: z.optional(described(z.array(backup), 'Its backups.')),
});

const named = { account: account('The account.'), table: text('The table.') };

export const tableHappenings = {
  'set-table': z.optional(
    described(z.strictObject({ ...named, ...recovery }), 'Somebody changes how a table can be brought back.'),
  ),
  'back-up-table': z.optional(
    described(z.strictObject({ ...named, name: text('The name of the backup.') }), 'Somebody backs up a table.'),
  ),
  'remove-table': z.optional(described(z.strictObject(named), 'Somebody has deleted a table.')),
};

/** A table as DynamoDB has it. */
export const tableExpectation = z.optional(
  described(
    z
      .strictObject({
        ...named,
        status: z.optional(
          described(z.nullable(z.enum(['CREATING', 'ACTIVE'])), 'Its status; `null` when there is none of that name.'),
        ),
        'restored-from': z.optional(
          described(z.nullable(z.string()), 'The table that it was restored from; `null` for one that was not.'),
        ),
        'data-of': z.optional(text('The time that it was restored to, as 2026-11-17T00:00:00Z.')),
        'point-in-time-recovery': z.optional(described(z.boolean(), 'Whether it can be restored to a point in time.')),
        backups: z.optional(described(z.array(z.string()), 'The names of all its backups, the oldest first.')),
      })
      .check(expects('status', 'restored-from', 'data-of', 'point-in-time-recovery', 'backups')),
    'A table as DynamoDB has it.',
  ),
);
