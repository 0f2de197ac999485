import * as z from 'zod/mini';
import { account, count, described, duration, text } from '../../schema/words.ts';

/** Databases in a scenario: whether they are well, and how they can be brought back. */

const state = {
  status: z.optional(text('As RDS says it; available unless said.')),
  storage: z.optional(count('Its storage in GiB; 100 unless said.')),
  'latest-restorable': z.optional(duration('How far its latest restorable time is behind; 5m unless said.')),
  'retention-days': z.optional(
    count('How long automated backups are kept; 7 unless said. With 0 no time can be restored.'),
  ),
};

const snapshot = z.strictObject({
  name: z.optional(text('Its name; that which RDS gives an automated one unless said.')),
  age: duration('How long ago it was taken.'),
  type: z.optional(described(z.enum(['automated', 'manual']), 'automated unless said.')),
});

export const database = z.strictObject({
  account: account('The AWS account, in quotes.'),
  name: text('The instance or cluster, in small letters; it has been there for a hundred days.'),
  cluster: z.optional(described(z.boolean(), 'Whether it is a cluster of Aurora.')),
  engine: z.optional(text('`postgres` unless said; `aurora-postgresql` for a cluster.')),
  ...state,
  snapshots: z.optional(described(z.array(snapshot), 'Its snapshots, available since they were taken.')),
});

const named = { account: account('The account.'), database: text('The instance or cluster.') };

export const databaseHappenings = {
  'set-database': z.optional(
    described(z.strictObject({ ...named, ...state }), 'A database changes, or how it can be brought back.'),
  ),
  'take-snapshot': z.optional(
    described(
      z.strictObject({
        ...named,
        name: text('The name of the snapshot.'),
        takes: z.optional(duration('How long it takes; 10m unless said.')),
        fails: z.optional(described(z.boolean(), 'It comes to nothing.')),
      }),
      'Somebody takes a snapshot of a database.',
    ),
  ),
};
