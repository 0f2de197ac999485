import * as z from 'zod/mini';
import { documented, duration, oneOrMany, parsed, type Reading, text } from '../fields.ts';
import type { Mistake } from '../problem.ts';
import { isRecord, type RawRecord } from '../raw.ts';

/** One way in which data can be brought back, and how new that has to be, in ms. */
export type BackupWanted =
  /** To any moment, up to a recent one. */
  | ({ readonly kind: 'point-in-time' } & OfDatabase)
  /** To a backup or a snapshot. */
  | CopyWanted
  /** The state of Terraform is there, and its bucket keeps earlier versions; written lately, where that is asked for. */
  | { readonly kind: 'terraform-state'; readonly bucket: string; readonly key: string; readonly within?: number };

export type CopyWanted = { readonly kind: 'copy' } & OfDatabase;

export interface OfDatabase {
  readonly of: Database;
  readonly name: string;
  readonly within: number;
}

const databases = ['dynamodb', 'rds', 'rds-cluster'] as const;
export type Database = (typeof databases)[number];

interface StatePlace {
  readonly bucket: string;
  readonly key: string;
}

function readStatePlace(written: string): Reading<StatePlace> {
  const { bucket, key } = /^s3:\/\/(?<bucket>[a-z0-9][a-z0-9.-]+)\/(?<key>.+)$/.exec(written)?.groups ?? {};
  if (bucket !== undefined && key !== undefined) return { ok: true, value: { bucket, key } };
  const hint = 'write the bucket and the key, as in s3://notes-prod-state/notes.tfstate';
  return { ok: false, message: `\`${written}\` is not an object of S3`, hint };
}

export const backup = documented(
  z.strictObject({
    dynamodb: z.optional(text('The name of a DynamoDB table.', { examples: ['notes-prod'] })),
    rds: z.optional(text('The identifier of an RDS instance.', { examples: ['notes-prod-db'] })),
    'rds-cluster': z.optional(text('The identifier of an RDS cluster, Aurora’s for one.')),
    'terraform-state': z.optional(
      parsed(readStatePlace, 'Where Terraform keeps its state: it has to be there, in a bucket that keeps versions.', {
        examples: ['s3://notes-prod-state/notes.tfstate'],
      }),
    ),
    'point-in-time': z.optional(
      duration('It can be restored to any moment, up to one that is not longer ago.', { examples: ['1h'] }),
    ),
    backup: z.optional(duration('A backup of the table is there that is not older.', { examples: ['24h'] })),
    snapshot: z.optional(duration('A snapshot of the database is there that is not older.', { examples: ['24h'] })),
    written: z.optional(duration('The state was written not longer ago.')),
  }),
  'One thing that has to be there to go back to, and how old it may be.',
);

export const backups = oneOrMany(backup, 'What data can be brought back from, looked up right before the change.', {
  examples: [
    [
      { dynamodb: 'notes-prod', 'point-in-time': '1h' },
      { rds: 'notes-prod-db', snapshot: '24h' },
    ],
  ],
});

export function readBackup(given: z.output<typeof backup>): readonly BackupWanted[] {
  const { 'point-in-time': pointInTime, 'terraform-state': state, backup: copied, snapshot = copied, written } = given;
  const ofDatabases = databases.flatMap((of): readonly BackupWanted[] => {
    const name = given[of];
    if (name === undefined) return [];
    return [
      ...(pointInTime === undefined ? [] : [{ kind: 'point-in-time' as const, of, name, within: pointInTime }]),
      ...(snapshot === undefined ? [] : [{ kind: 'copy' as const, of, name, within: snapshot }]),
    ];
  });
  if (state === undefined) return ofDatabases;
  const within = written === undefined ? {} : { within: written };
  return [...ofDatabases, { kind: 'terraform-state', ...state, ...within }];
}

/** What may be asked of each, by its key; of a state, nothing has to. */
const asks: Readonly<Record<string, readonly string[]>> = {
  dynamodb: ['point-in-time', 'backup'],
  rds: ['point-in-time', 'snapshot'],
  'rds-cluster': ['point-in-time', 'snapshot'],
  'terraform-state': ['written'],
};

export function checkBackups(name: string, { backups: given }: RawRecord): readonly Mistake[] {
  const path = ['environments', name, 'backups'];
  const entries = Array.isArray(given)
    ? given.map((entry: unknown, index) => ({ entry, at: [...path, index] }))
    : [{ entry: given, at: path }];
  return entries.flatMap(({ entry, at }) => (isRecord(entry) ? checkBackup(entry, at) : []));
}

function checkBackup(entry: RawRecord, path: Mistake['path']): readonly Mistake[] {
  const keys = Object.keys(entry);
  const [of, ...others] = keys.filter(key => Object.hasOwn(asks, key));
  const known = Object.keys(asks).map(key => `\`${key}\``);
  if (of === undefined) {
    if (keys.some(key => !isAsk(key))) return [];
    return [{ path, message: 'does not say of what', hint: `give one of ${known.join(', ')}` }];
  }
  if (others.length > 0) {
    const hint = 'write an entry for each';
    return [{ path, message: `names several things: ${[of, ...others].join(', ')}`, hint }];
  }
  const may = asks[of] ?? [];
  const wrong = keys.filter(key => isAsk(key) && !may.includes(key));
  const hint = `${of} has ${may.map(key => `\`${key}\``).join(' and ')}`;
  if (wrong.length > 0) {
    return wrong.map(key => ({ path: [...path, key], message: `\`${of}\` has no \`${key}\``, hint, at: 'key' }));
  }
  const asked = keys.some(key => may.includes(key)) || keys.some(key => key !== of);
  if (asked || of === 'terraform-state') return [];
  return [
    {
      path: [...path, of],
      message: 'nothing is asked of it',
      hint: `give ${may.map(key => `\`${key}\``).join(' or ')}`,
    },
  ];
}

function isAsk(key: string): boolean {
  return Object.values(asks).some(keys => keys.includes(key));
}
