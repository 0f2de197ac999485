/** Times are epoch ms of lab time, durations ms. */

export interface Table {
  readonly name: string;
  readonly arn: string;
  readonly id: string;
  readonly createdAt: number;
  /** When it is ACTIVE, or was. */
  readonly activeAt: number;
  readonly items: number;
  readonly bytes: number;
  /** From where it was restored, if it was. */
  readonly restore: Restore | undefined;
  readonly behaviour: TableBehaviour;
  /** Point-in-time recovery; undefined while it is off. */
  recovery: Recovery | undefined;
}

export interface Recovery {
  /** When it was switched on: nothing before can be restored. */
  readonly since: number;
  /** RecoveryPeriodInDays. */
  readonly days: number;
}

export interface Restore {
  readonly sourceArn: string;
  /** The point in time that the data are of. */
  readonly of: number;
}

/** What nobody sets through the API. */
export interface TableBehaviour {
  /** How far the latest restorable time is behind. */
  readonly behind: number;
  /** How long a restore of it takes, from the request until the new table is ACTIVE. */
  readonly restoreTakes: number;
  /** How long a backup of it takes until it is AVAILABLE. */
  readonly backupTakes: number;
}

/**
 * Five minutes: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PointInTimeRecoveryDescription.html . How long the
 * others take is not promised: restores mostly end within an hour, whatever the size of the table, backups “within minutes”.
 */
export const usualBehaviour: TableBehaviour = { behind: 5 * 60_000, restoreTakes: 20 * 60_000, backupTakes: 30_000 };

export interface Backup {
  readonly arn: string;
  readonly name: string;
  /** The table as it was then. */
  readonly table: Table;
  readonly createdAt: number;
  readonly availableAt: number;
  readonly type: 'USER' | 'SYSTEM';
}

/** The tables and backups of one account and region. */
export interface DynamoDbState {
  readonly account: string;
  readonly region: string;
  /** By name. */
  readonly tables: Map<string, Table>;
  /** By ARN. */
  readonly backups: Map<string, Backup>;
}

export function isActive({ activeAt }: Table, now: number): boolean {
  return activeAt <= now;
}

const day = 24 * 3_600_000;

/**
 * Between which times a table can be restored, while recovery is on. Inference: one that was switched on just now can be restored to
 * that moment, and to no other.
 */
export function restorable(
  table: Table,
  now: number,
): { readonly earliest: number; readonly latest: number } | undefined {
  const { recovery, behaviour } = table;
  if (recovery === undefined) return undefined;
  const earliest = Math.max(recovery.since, now - recovery.days * day);
  return { earliest, latest: Math.max(earliest, now - behaviour.behind) };
}
